"""What goes to one subscriber in one message, before it is worded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from tracker.domain.listing import ListQuery
from tracker.domain.words import Basis, EventKind, Frequency


class News(Protocol):
    """An event as a message tells it."""

    @property
    def id(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> EventKind: ...
    @property
    def happened_on(self) -> date: ...
    @property
    def announced_at(self) -> datetime: ...
    @property
    def detail(self) -> Mapping[str, Any]: ...
    @property
    def obligation_id(self) -> int | None: ...
    @property
    def basis(self) -> Basis | None: ...
    @property
    def item_key(self) -> str: ...
    @property
    def item_title(self) -> str: ...
    @property
    def item_ref(self) -> str: ...
    @property
    def body_key(self) -> str: ...
    @property
    def body_name(self) -> str: ...
    @property
    def process_key(self) -> str: ...
    @property
    def process_name(self) -> str: ...
    @property
    def source_key(self) -> str: ...
    @property
    def source_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """One subscription whose list the message serves."""

    id: int
    query: ListQuery
    frequency: Frequency
    weekday: int = 0
    """From Monday = 0; of weekly digests only."""
    quiet_from_at: datetime | None = None
    """Where the time begins that brought it no news; None where it has news, or is not told of quiet days."""


QUIET = "quiet"
"""The letter that says that a digest has nothing new."""
MISSED = 2
"""A source is read in time until it has missed so many of its readings."""


@dataclass(frozen=True, slots=True)
class FeedingSource:
    """A source on whose pages what a list tells would appear."""

    key: str
    name: str
    every: timedelta
    broken_since_at: datetime | None = None
    last_success_at: datetime | None = None

    def is_read(self, now: datetime) -> bool:
        """Whether its readings succeed and are in time, so that nothing new there is nothing new."""
        read_at = self.last_success_at
        return self.broken_since_at is None and read_at is not None and now - read_at <= self.every * MISSED


@dataclass(frozen=True, slots=True)
class Tokens:
    """The secrets the message's links carry; empty where it has no such link."""

    confirm: str = ""
    manage: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest signed head of the public log."""

    size: int
    hash: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed batch: who gets what, under which Message-ID, and until when the claim holds."""

    batch: str
    message_id: str
    lease_until_at: datetime
    rows: int
    attempts: int
    channel: str
    address: str
    address_hash: str
    language: str
    wanted: Sequence[Wanted]
    tokens: Tokens
    zone: str = "UTC"
    """By whose clocks its times are given."""
    letter: str = ""
    news: Sequence[News] = field(default_factory=tuple)
    head: Head | None = None
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What the things are called that its lists are narrowed to, by filter and key."""
    sources: Sequence[FeedingSource] = field(default_factory=tuple)
    """Those that feed its lists: with news only the broken ones, on a quiet day all."""
    told_for: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """By event: the subscriptions that asked for it."""

    @property
    def since_at(self) -> datetime | None:
        """When the oldest of its news was announced."""
        return min((event.announced_at for event in self.news), default=None)

    @property
    def until_at(self) -> datetime | None:
        """When the newest of its news was announced."""
        return max((event.announced_at for event in self.news), default=None)
