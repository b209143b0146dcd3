"""What is about to go out: rows of the ledger with whose they are, claimed by the hundred in a few questions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, text, update
from sqlmodel import Session, col

from tracker.domain.parcel import QUIET
from tracker.domain.words import DeliveryState
from tracker.storage.deliveries import HELD, SENDING, WAITING, given_again
from tracker.storage.subscriptions import LIVE
from tracker.storage.tables import Delivery, Subscription

MOST_AT_ONCE = 10_000
"""Rows of one claim, unless a single message has more."""
MOST_OF_ONE = 30_000
"""Rows of one message: a backlog is one digest. SQLite takes no statement that names many more."""
PATIENCE = timedelta(hours=1)
"""So long news waits for what else is to travel with it, even where that cannot be planned."""
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
    queued_at: datetime
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
    col(Delivery.queued_at),
)
_Owner = tuple[str, bool]
"""Whose a subscription is, and whether it has ended."""


def _rows(session: Session, conditions: Iterable[ColumnElement[bool]], *order: Any, most: int) -> list[Any]:
    wanted = select(*_ROW).where(*conditions).order_by(*order).limit(most)
    return list(session.execute(wanted).all())


def _owners(session: Session, condition: ColumnElement[bool]) -> dict[int, _Owner]:
    ended = col(Subscription.ended_at).is_not(None)
    wanted = select(col(Subscription.id), col(Subscription.address_hash), ended).where(condition)
    return {id_: (address_hash, over) for id_, address_hash, over in session.execute(wanted).all()}


def _owned(rows: Iterable[Any], owners: Mapping[int, _Owner]) -> list[Row]:
    found: Iterable[Any] = (
        (*row, *owners[row.subscription_id]) for row in rows if row.subscription_id in owners
    )
    return [Row(*values) for values in found]


def left_behind(session: Session, now: datetime, channels: Collection[str], most: int) -> list[str]:
    """Batches whose sender died, then those of which nobody knows whether they were taken, due again as they are."""
    ways = ([*SENDING, col(Delivery.lease_until_at) < now], [*HELD, col(Delivery.next_at) <= now])
    of_channels = col(Delivery.channel).in_(channels)
    found: dict[str, int] = {}
    for conditions in ways:
        wanted = select(col(Delivery.batch), func.count(col(Delivery.id))).where(*conditions, of_channels)
        for batch, rows in session.execute(wanted.group_by(col(Delivery.batch)).limit(most)).all():
            found[batch] = found.get(batch, 0) + rows
    return _in_one_claim(found)[:most]


def _in_one_claim(sizes: Mapping[str, int]) -> list[str]:
    """The first batches that are together no more than one claim, and the first in any case."""
    before = accumulate(sizes.values(), initial=0)
    sums = zip(sizes, before, sizes.values(), strict=False)
    return [batch for batch, rows, own in sums if rows == 0 or rows + own <= MOST_AT_ONCE]


def waiting(session: Session, now: datetime, channels: Collection[str], most: int) -> list[Row]:
    """What waits for the addresses that have waited longest: letters first, then all news of each address."""
    if most <= 0:
        return []
    due = [col(Delivery.next_at) <= now, col(Delivery.channel).in_(channels)]
    longest = _rows(session, [*WAITING, *due], col(Delivery.next_at), col(Delivery.id), most=LOOKED_AT)
    ids = {row.subscription_id for row in longest}
    owned = _owned(longest, _owners(session, col(Subscription.id).in_(ids)) if ids else {})
    chosen = set(list(dict.fromkeys((row.id,) if row.letter else row.whom for row in owned))[:most])
    hashes = {row.address_hash for row in owned if not row.letter and row.whom in chosen}
    news = _news(session, hashes, due) if hashes else []
    found = [row for row in owned if (row.id,) in chosen] + [row for row in news if row.whom in chosen]
    return _planned(session, found, now)


def _planned(session: Session, rows: Sequence[Row], now: datetime) -> list[Row]:
    """Without what is told to an address of which another digest is still being planned: it is to be one message."""
    told = {row.address_hash for row in rows if not row.is_letter}
    late = {row.address_hash for row in rows if row.queued_at <= now - PATIENCE}
    wanted = select(col(Subscription.address_hash)).where(
        col(Subscription.address_hash).in_(told - late), *LIVE, col(Subscription.next_due_at) <= now
    )
    held = set(session.execute(wanted.distinct()).scalars()) if told - late else set()
    return [row for row in rows if row.is_letter or row.address_hash not in held]


def _news(session: Session, hashes: Collection[str], due: Sequence[ColumnElement[bool]]) -> list[Row]:
    """All news that waits for these addresses, or for as many of them as one claim holds."""
    owners = _owners(session, col(Subscription.address_hash).in_(hashes))
    found = _news_of(session, owners, due, MOST_AT_ONCE)
    if len(found) == MOST_AT_ONCE:
        first = {id_: owner for id_, owner in owners.items() if owner[0] == found[0].address_hash}
        found = _whole(found, owners) or _news_of(session, first, due, MOST_OF_ONE)
    return sorted(found, key=lambda row: (row.whom, row.event_id or 0, row.id))


def _news_of(
    session: Session, owners: Mapping[int, _Owner], due: Sequence[ColumnElement[bool]], most: int
) -> list[Row]:
    # By the index of what is queued for a subscription: the one of all that waits is as long as the backlog.
    asked = [
        text("delivery.state = 'queued'"),
        text("length(delivery.batch) = 0"),
        text("delivery.letter = ''"),
    ]
    conditions: list[Any] = [*asked, *due, col(Delivery.subscription_id).in_(owners)]
    order = (col(Delivery.subscription_id), col(Delivery.event_id))
    return _owned(_rows(session, conditions, *order, most=most), owners)


def _whole(found: Sequence[Row], owners: Mapping[int, _Owner]) -> list[Row]:
    """Without the addresses of which not all may have been found."""
    last = found[-1].subscription_id
    cut = {address_hash for id_, (address_hash, _) in owners.items() if id_ >= last}
    return [row for row in found if row.address_hash not in cut]


def told_already(session: Session, rows: Sequence[Row]) -> set[tuple[tuple[str, str], int | None]]:
    """(whom, event) of what reached, or is on its way to, the addresses of the rows by another row."""
    news = [row for row in rows if row.event_id is not None]
    wanted = (
        select(col(Delivery.channel), col(Subscription.address_hash), col(Delivery.event_id))
        .join(Subscription, col(Subscription.id) == col(Delivery.subscription_id))
        .where(
            col(Subscription.address_hash).in_({row.address_hash for row in news}),
            col(Delivery.event_id).in_({row.event_id for row in news}),
            text("delivery.state IN ('sending', 'sent')"),
        )
    )
    if not news:
        return set()
    return {((channel, whose), event_id) for channel, whose, event_id in session.execute(wanted).all()}


_STILL_WAITING: list[Any] = [
    text("delivery.state NOT IN ('sending', 'sent', 'failed', 'dropped')"),
    text("length(delivery.batch) = 0"),
]
"""The same said in a way that no index over what waits answers: each row is found by its id."""


def claim_rows(session: Session, claims: Sequence[Claim], until: datetime) -> None:
    """Rows that wait are under a lease from now on; what was dropped meanwhile stays dropped."""
    if not claims:
        return
    change = (
        update(Delivery)
        .where(col(Delivery.id) == bindparam("row"), *_STILL_WAITING)
        .values(
            state=DeliveryState.SENDING,
            batch=bindparam("new_batch"),
            message_id=bindparam("new_id"),
            lease_until_at=until,
        )
    )
    rows = [{"row": one.id, "new_batch": one.batch, "new_id": one.message_id} for one in claims]
    session.connection().execute(change, rows)


def reclaim(session: Session, batches: Collection[str], now: datetime, until: datetime) -> None:
    """Batches whose lease has passed, or that were held back until now, get a new lease."""
    session.execute(
        update(Delivery)
        .where(col(Delivery.batch).in_(batches), given_again(now))
        .values(state=DeliveryState.SENDING, lease_until_at=until)
        .execution_options(synchronize_session=False)
    )


def in_batches(session: Session, batches: Sequence[str], until: datetime) -> list[Row]:
    """The rows of batches that are under this lease, batch by batch as they are named."""
    if not batches:
        return []
    leased = [*SENDING, col(Delivery.batch).in_(batches), col(Delivery.lease_until_at) == until]
    found = _rows(session, leased, col(Delivery.event_id), col(Delivery.id), most=2 * MOST_OF_ONE)
    owned = _owned(found, _owners(session, col(Subscription.id).in_({row.subscription_id for row in found})))
    place = {batch: number for number, batch in enumerate(batches)}
    return sorted(owned, key=lambda row: place[row.batch])
