"""The digests a wish would have brought: what came when, in the past weeks."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from tracker.domain.telling import DIGEST_TIME, FLAGS, Told, last_of_each, next_digest_at
from tracker.domain.words import Frequency

WEEKS = 4


class Announced(Told, Protocol):
    """What must be known of an event to say when it would have been told."""

    @property
    def announced_at(self) -> datetime: ...


Event_ = TypeVar("Event_", bound=Announced)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often somebody wants to be told, and by whose clock."""

    frequency: Frequency
    weekday: int = 0
    """From Monday = 0; of weekly digests only."""
    zone: str = "UTC"

    def next_at(self, now: datetime) -> datetime | None:
        """When the next digest is due (UTC); None where news goes out at once."""
        return next_digest_at(self.frequency, self.weekday, self.zone, now)

    def after(self, day: date) -> datetime:
        """The first digest on a day or after it; of news that goes out at once, that morning (UTC)."""
        morning = datetime.combine(day, DIGEST_TIME, ZoneInfo(self.zone)).astimezone(UTC)
        return self.next_at(morning - timedelta(seconds=1)) or morning

    def before(self, at: datetime) -> datetime:
        """Where the time begins that a digest due then covers: a day or a week earlier by the clock of its zone."""
        days = 7 if self.frequency is Frequency.WEEKLY else 1
        local = at.astimezone(ZoneInfo(self.zone))
        return datetime.combine(local.date() - timedelta(days=days), local.time(), local.tzinfo).astimezone(
            UTC
        )


@dataclass(frozen=True, slots=True)
class Digest(Generic[Event_]):
    """One message: when it goes out, the time it covers, and its news."""

    due_at: datetime
    since_at: datetime
    news: Sequence[Event_]


def begins_at(rhythm: Rhythm, now: datetime) -> datetime:
    """From when on events must be known to show the past weeks."""
    return _dues(rhythm, now)[0][0] if rhythm.next_at(now) else now - timedelta(weeks=WEEKS)


Lifted = Callable[[set[int], datetime], Container[int | None]]
"""Which of some obligations no flag stood at, at an instant."""


def past_digests(
    events: Iterable[Event_], rhythm: Rhythm, now: datetime, lifted: Lifted = lambda _ids, _at: ()
) -> list[Digest[Event_]]:
    """The messages of the past four weeks, the newest first; days and weeks without news are among them, empty."""
    known = sorted(events, key=lambda event: event.announced_at)
    if rhythm.next_at(now) is None:
        return _at_once(known, lifted)
    digests = [
        Digest(due, since, _news([one for one in known if since < one.announced_at <= due], due, lifted))
        for since, due in _dues(rhythm, now)
    ]
    return digests[::-1]


def _news(events: Sequence[Event_], at: datetime, lifted: Lifted) -> list[Event_]:
    """What a message of that instant tells; only a flag that something came after can have been lifted."""
    newest = {event.obligation_id: event.id for event in sorted(events, key=lambda event: event.id)}
    asked = {
        event.obligation_id
        for event in events
        if event.kind in FLAGS and event.obligation_id is not None and event.id < newest[event.obligation_id]
    }
    return last_of_each(events, lifted(asked, at) if asked else ())


def _dues(rhythm: Rhythm, now: datetime) -> list[tuple[datetime, datetime]]:
    """Since when and until when each digest of the past weeks covers, the oldest first."""
    found: list[tuple[datetime, datetime]] = []
    at = now - timedelta(weeks=WEEKS)
    while (due := rhythm.next_at(at)) is not None and due <= now:
        found.append((rhythm.before(due), due))
        at = due
    return found


def _at_once(known: Sequence[Event_], lifted: Lifted) -> list[Digest[Event_]]:
    """News that goes out at once: what was announced at one instant travels in one message."""
    together: dict[datetime, list[Event_]] = {}
    for event in known:
        together.setdefault(event.announced_at, []).append(event)
    return [Digest(at, at, _news(events, at, lifted)) for at, events in reversed(together.items())]
