"""All that is kept about one address: what it asked for and what was sent to it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.storage.tables import Delivery, Subscription


def subscriptions_ever(session: Session, address_hash: str) -> list[Subscription]:
    """Every subscription an address ever had, by whatever channel: pending, live and ended ones."""
    wanted = select(Subscription).where(col(Subscription.address_hash) == address_hash)
    return list(session.execute(wanted.order_by(col(Subscription.id))).scalars())


def deliveries_ever(session: Session, subscription_ids: Collection[int | None]) -> list[Delivery]:
    """Every row of the ledger for these subscriptions, in the order they were queued."""
    wanted = select(Delivery).where(col(Delivery.subscription_id).in_(subscription_ids))
    return list(session.execute(wanted.order_by(col(Delivery.id))).scalars())
