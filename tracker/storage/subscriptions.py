"""Subscriptions: pending until confirmed, live until ended, without an address afterwards."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.storage.tables import Subscription

_LIVE = [col(Subscription.confirmed_at).is_not(None), col(Subscription.ended_at).is_(None)]
_PENDING = [col(Subscription.confirmed_at).is_(None), col(Subscription.ended_at).is_(None)]


def get(session: Session, subscription_id: int) -> Subscription | None:
    """The subscription of that id."""
    return session.get(Subscription, subscription_id)


def add(session: Session, subscription: Subscription) -> None:
    """Keep a new subscription."""
    session.add(subscription)
    session.flush()


def query_of(subscription: Subscription) -> ListQuery:
    """The list a subscription follows."""
    filters = {str(name): str(value) for name, value in subscription.filters.items()}
    return ListQuery(ListName(subscription.list_name), Filters(**filters))


def live_of_address(session: Session, address_hash: str) -> list[Subscription]:
    """What an address gets, by whatever channel."""
    wanted = select(Subscription).where(col(Subscription.address_hash) == address_hash, *_LIVE)
    return list(session.execute(wanted.order_by(col(Subscription.id))).scalars())


def live(session: Session, channel: str, address_hash: str) -> list[Subscription]:
    """What an address gets."""
    return _of_address(session, channel, address_hash, _LIVE)


def pending(session: Session, channel: str, address_hash: str) -> list[Subscription]:
    """What an address was asked for and has not confirmed."""
    return _of_address(session, channel, address_hash, _PENDING)


def _of_address(
    session: Session, channel: str, address_hash: str, conditions: Iterable[ColumnElement[bool]]
) -> list[Subscription]:
    wanted = (
        select(Subscription)
        .where(
            col(Subscription.channel) == channel, col(Subscription.address_hash) == address_hash, *conditions
        )
        .order_by(col(Subscription.id))
    )
    return list(session.execute(wanted).scalars())


def never_confirmed(session: Session, before: datetime, limit: int) -> list[Subscription]:
    """Pending subscriptions asked for before an instant."""
    wanted = (
        select(Subscription)
        .where(*_PENDING, col(Subscription.created_at) < before)
        .order_by(col(Subscription.id))
        .limit(limit)
    )
    return list(session.execute(wanted).scalars())


def due(session: Session, now: datetime, log_size: int, after_id: int) -> int | None:
    """The next live subscription, by id, that must be looked through: news for it at once, or its digest is due."""
    at_once = and_(col(Subscription.next_due_at).is_(None), col(Subscription.queued_to_seq) < log_size)
    wanted = (
        select(col(Subscription.id))
        .where(
            *_LIVE,
            col(Subscription.id) > after_id,
            or_(at_once, col(Subscription.next_due_at) <= now),
        )
        .order_by(col(Subscription.id))
        .limit(1)
    )
    return session.execute(wanted).scalar_one_or_none()


def advance(session: Session, subscription: Subscription, to_seq: int, next_due_at: datetime | None) -> bool:
    """Take the right to queue what came up to a place of the log; False where another worker did."""
    taken = session.execute(
        update(Subscription)
        .where(
            col(Subscription.id) == subscription.id,
            col(Subscription.queued_to_seq) == subscription.queued_to_seq,
            col(Subscription.next_due_at).is_not_distinct_from(subscription.next_due_at),
            *_LIVE,
        )
        .values(queued_to_seq=to_seq, next_due_at=next_due_at)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]
