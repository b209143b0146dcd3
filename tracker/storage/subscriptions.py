"""Subscriptions: pending until confirmed, live until ended, without an address afterwards."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.storage.tables import Subscription

LIVE = [col(Subscription.confirmed_at).is_not(None), col(Subscription.ended_at).is_(None)]
"""Confirmed and not ended."""
_PENDING = [col(Subscription.confirmed_at).is_(None), col(Subscription.ended_at).is_(None)]


def get(session: Session, subscription_id: int) -> Subscription | None:
    """The subscription of that id."""
    return session.get(Subscription, subscription_id)


def by_ids(session: Session, ids: Iterable[int]) -> dict[int, Subscription]:
    """Those subscriptions as they are now, by id."""
    wanted = select(Subscription).where(col(Subscription.id).in_(list(ids)))
    found = session.execute(wanted.execution_options(populate_existing=True)).scalars()
    return {row.id: row for row in found if row.id is not None}


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
    wanted = select(Subscription).where(col(Subscription.address_hash) == address_hash, *LIVE)
    return list(session.execute(wanted.order_by(col(Subscription.id))).scalars())


def ever(session: Session, channel: str, address_hash: str) -> bool:
    """Whether an address was ever asked for, or to be, told something."""
    wanted = select(col(Subscription.id)).where(
        col(Subscription.channel) == channel, col(Subscription.address_hash) == address_hash
    )
    return session.execute(wanted.limit(1)).first() is not None


def live(session: Session, channel: str, address_hash: str) -> list[Subscription]:
    """What an address gets."""
    return _of_address(session, channel, address_hash, LIVE)


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
