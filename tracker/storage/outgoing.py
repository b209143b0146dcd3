"""What is about to go out: rows of the ledger with whose they are, claimed by the hundred in a few questions."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select, text, update
from sqlmodel import Session, col

from tracker.domain.parcel import QUIET
from tracker.domain.words import DeliveryState
from tracker.storage.deliveries import HELD, SENDING, WAITING
from tracker.storage.tables import Delivery, Subscription

MOST = 500
"""Rows of one message."""
MOST_AT_ONCE = 10_000
"""Rows that one claim looks at."""
LOOKED_AT = 1000
"""Rows among which the addresses of one claim are looked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ledger with whose it is."""

    id: int
    subscription_id: int
    event_id: int | None
    letter: str
    channel: str
    batch: str
    message_id: str
    attempts: int
    lease_until_at: datetime
    """Only where it is claimed."""
    address_hash: str
    ended: bool

    @property
    def is_letter(self) -> bool:
        """Whether it is a message of its own; that a list is quiet is told with the news of the others."""
        return self.letter not in ("", QUIET)

    @property
    def whom(self) -> tuple[str, str]:
        """What travels together: the same channel, the same address."""
        return self.channel, self.address_hash


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that waits, and the message it is to travel in."""

    id: int
    batch: str
    message_id: str


_ROW: tuple[Any, ...] = (
    col(Delivery.id),
    col(Delivery.subscription_id),
    col(Delivery.event_id),
    col(Delivery.letter),
    col(Delivery.channel),
    col(Delivery.batch),
    col(Delivery.message_id),
    col(Delivery.attempts),
    col(Delivery.lease_until_at),
    col(Subscription.address_hash),
    col(Subscription.ended_at).is_not(None),
)
_OWNED = (Delivery, col(Subscription.id) == col(Delivery.subscription_id))


def _rows(session: Session, conditions: Iterable[ColumnElement[bool]], *order: Any, most: int) -> list[Row]:
    wanted: Any = select(*_ROW).select_from(Subscription).join(*_OWNED).where(*conditions)
    return [Row(*row) for row in session.execute(wanted.order_by(*order).limit(most)).all()]


def left_behind(session: Session, now: datetime, channels: Collection[str], most: int) -> list[str]:
    """Batches whose sender died, then those of which nobody knows whether they were taken, due again as they are."""
    died = select(col(Delivery.batch)).where(
        *SENDING, col(Delivery.lease_until_at) < now, col(Delivery.channel).in_(channels)
    )
    held = select(col(Delivery.batch)).where(
        *HELD, col(Delivery.next_at) <= now, col(Delivery.channel).in_(channels)
    )
    found = [session.execute(one.distinct().limit(most)).scalars() for one in (died, held)]
    return list(dict.fromkeys(batch for batches in found for batch in batches))[:most]


def waiting(session: Session, now: datetime, channels: Collection[str], most: int) -> list[Row]:
    """What waits for the addresses that have waited longest: letters first, then all news of each address."""
    if most <= 0:
        return []
    due = [*WAITING, col(Delivery.next_at) <= now, col(Delivery.channel).in_(channels)]
    longest = _rows(session, due, col(Delivery.next_at), col(Delivery.id), most=LOOKED_AT)
    chosen = list(dict.fromkeys((row.id,) if row.is_letter else row.whom for row in longest))[:most]
    letters = [row for row in longest if (row.id,) in chosen]
    hashes = {whom[1] for whom in chosen if len(whom) == 2}
    news = [*due, col(Subscription.address_hash).in_(hashes), text(f"delivery.letter IN ('', '{QUIET}')")]
    order = (col(Delivery.channel), col(Subscription.address_hash), col(Delivery.event_id), col(Delivery.id))
    found = _rows(session, news, *order, most=MOST_AT_ONCE) if hashes else []
    return letters + _in_messages(found)


def _in_messages(rows: Sequence[Row]) -> list[Row]:
    """As many of each address as one message holds; without the last address where it may be cut off."""
    messages = [list(group) for _, group in groupby(rows, key=lambda row: row.whom)]
    if len(rows) == MOST_AT_ONCE and len(messages) > 1:
        messages.pop()
    return [row for message in messages for row in message[:MOST]]


def of_subscriptions(session: Session, subscription_ids: Collection[int | None]) -> list[Delivery]:
    """Every row of these subscriptions, in the order they were queued."""
    wanted = select(Delivery).where(col(Delivery.subscription_id).in_(subscription_ids))
    return list(session.execute(wanted.order_by(col(Delivery.id))).scalars())


def told_already(session: Session, rows: Sequence[Row]) -> set[tuple[tuple[str, str], int | None]]:
    """(whom, event) of what reached, or is on its way to, the addresses of the rows by another row."""
    news = [row for row in rows if row.event_id is not None]
    wanted = (
        select(col(Delivery.channel), col(Subscription.address_hash), col(Delivery.event_id))
        .select_from(Subscription)
        .join(*_OWNED)
        .where(
            col(Subscription.address_hash).in_({row.address_hash for row in news}),
            col(Delivery.event_id).in_({row.event_id for row in news}),
            text("delivery.state IN ('sending', 'sent')"),
        )
    )
    if not news:
        return set()
    return {((channel, whose), event_id) for channel, whose, event_id in session.execute(wanted).all()}


def claim_rows(session: Session, claims: Sequence[Claim], until: datetime) -> None:
    """Rows that wait are under a lease from now on; what was dropped meanwhile stays dropped."""
    if not claims:
        return
    change = (
        update(Delivery)
        .where(col(Delivery.id) == bindparam("row"), *WAITING)
        .values(
            state=DeliveryState.SENDING,
            batch=bindparam("new_batch"),
            message_id=bindparam("new_id"),
            lease_until_at=until,
            attempts=col(Delivery.attempts) + 1,
        )
    )
    rows = [{"row": one.id, "new_batch": one.batch, "new_id": one.message_id} for one in claims]
    session.connection().execute(change, rows)


def in_batches(session: Session, batches: Sequence[str], until: datetime) -> list[Row]:
    """The rows of batches that are under this lease, batch by batch as they are named."""
    if not batches:
        return []
    leased = [*SENDING, col(Delivery.batch).in_(batches), col(Delivery.lease_until_at) == until]
    found = _rows(session, leased, col(Delivery.event_id), col(Delivery.id), most=len(batches) * MOST)
    place = {batch: number for number, batch in enumerate(batches)}
    return sorted(found, key=lambda row: place[row.batch])
