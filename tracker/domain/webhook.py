"""Webhooks: how a post is signed, what became of it, and when an address that fails is given up.

Signatures follow the convention of standardwebhooks.com: three headers, HMAC-SHA256 over `id.timestamp.body`.
"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from tracker.domain.listing import ListQuery
from tracker.domain.parcel import News
from tracker.domain.post import MAX_ATTEMPTS, Outcome, wait_after
from tracker.domain.words import Frequency

WEBHOOK = "webhook"
"""The channel's name."""
TEST = "test"
"""What stands in the ledger for a post that is no news."""
SECRET_PREFIX = "whsec_"  # noqa: S105 - how a secret begins, not one
OLD_SECRET_SIGNS = timedelta(hours=24)
"""How long both secrets sign after a new one was made."""
LASTING = timedelta(days=5)
LEAST_FAILURES = 8
"""An address is given up when so many posts in a row failed over `LASTING`, or one of them was given up."""
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""When something that rests is due."""
MOST_EVENTS = 100
"""Events of one post."""
KEPT = timedelta(days=30)
"""How long the log of posts goes back."""


def secret_of(site_secret: str, nonce: str, turn: int) -> bytes:
    """The signing secret: HKDF-SHA256 (RFC 5869) of the site's own, so that no table holds it."""
    key = hmac.digest(b"answerby webhook", site_secret.encode(), "sha256")
    return hmac.digest(key, f"{nonce}|{turn}".encode() + b"\x01", "sha256")


def written(secret: bytes) -> str:
    """A signing secret as people copy it."""
    return SECRET_PREFIX + b64encode(secret).decode()


def fingerprint(secret: bytes) -> str:
    """Tells one secret from another without giving it away."""
    return hashlib.sha256(b"fingerprint|" + secret).hexdigest()[:32]


def post_id(batch: str) -> str:
    """The `webhook-id` of a batch: the same however often it is posted."""
    return f"msg_{batch}"


def signed(post: str, at: datetime, body: bytes, secrets: Sequence[bytes]) -> dict[str, str]:
    """The headers that sign a body: one signature for each secret that is valid."""
    seconds = str(int(at.timestamp()))
    content = f"{post}.{seconds}.".encode() + body
    made = (b64encode(hmac.digest(secret, content, "sha256")).decode() for secret in secrets)
    return {
        "webhook-id": post,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(f"v1,{one}" for one in made),
    }


@dataclass(frozen=True, slots=True)
class Hook:
    """What wording and posting need to know of a webhook."""

    subscription_id: int
    url: str
    host: str
    template: str
    query: ListQuery
    frequency: Frequency
    language: str
    secrets: tuple[bytes, ...] = field(repr=False)
    """The valid one first."""


class Change(News, Protocol):
    """An event as a webhook tells it: everything the public log says of it."""

    @property
    def recorded_at(self) -> datetime: ...
    @property
    def backfill(self) -> bool: ...
    @property
    def actor(self) -> str: ...
    @property
    def response_key(self) -> str: ...
    @property
    def response_title(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Posting:
    """A claimed batch of one webhook; without news it is a test."""

    batch: str
    lease_until_at: datetime
    rows: int
    attempts: int
    hook: Hook
    news: Sequence[Change] = ()
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By filter and key: the public names of what its list is narrowed to."""
    lifted: frozenset[int] = frozenset()
    """The obligations that are flagged no longer."""

    @property
    def id(self) -> str:
        """Its `webhook-id`."""
        return post_id(self.batch)


@dataclass(frozen=True, slots=True)
class Body:
    """What is posted."""

    content_type: str
    text: bytes


@dataclass(frozen=True, slots=True)
class Posted(Outcome):
    """What became of a post, with what the receiver answered."""

    status: int | None = None
    answer: str = ""
    """The beginning of the answer, as text."""
    wait: timedelta = timedelta()
    """How long the receiver asked to be left alone."""
    gone: bool = False
    """It said that it is gone for good."""


def again_at(attempts: int, wait: timedelta, now: datetime) -> datetime | None:
    """When a post is tried again after so many attempts; None where it is given up."""
    return None if attempts >= MAX_ATTEMPTS else now + max(wait_after(attempts), wait)


def lasts(failing_since_at: datetime | None, failures: int, now: datetime) -> bool:
    """Whether an address has failed for so long that it is given up."""
    long = failing_since_at is not None and now - failing_since_at >= LASTING
    return long and failures >= LEAST_FAILURES
