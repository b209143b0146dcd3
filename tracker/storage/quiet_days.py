"""Digests without news: who wants to be told of them, and the letters that say so."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import case, exists, literal, select, update
from sqlmodel import Session, col

from tracker.domain.words import DeliveryState
from tracker.storage.columns import UtcDateTime
from tracker.storage.tables import Delivery, Subscription


def without_news(session: Session, subscription_ids: Sequence[int]) -> dict[int, datetime]:
    """Of these, those that want to be told of quiet days and have no news waiting: since when each is followed."""
    waits = exists().where(
        col(Delivery.subscription_id) == col(Subscription.id),
        col(Delivery.state) == DeliveryState.QUEUED,
    )
    wanted = select(col(Subscription.id), col(Subscription.confirmed_at)).where(
        col(Subscription.id).in_(subscription_ids),
        col(Subscription.tells_quiet).is_(True),
        col(Subscription.confirmed_at).is_not(None),
        ~waits,
    )
    rows = session.execute(wanted.order_by(col(Subscription.id))).all()
    return {row[0]: row[1] for row in rows}


def mark(session: Session, since: Mapping[datetime, Sequence[int]]) -> None:
    """Keep from when on each of these has brought no news."""
    begins = [(col(Subscription.id).in_(ids), literal(at, UtcDateTime)) for at, ids in since.items()]
    session.execute(
        update(Subscription)
        .where(col(Subscription.id).in_([id_ for ids in since.values() for id_ in ids]))
        .values(quiet_from_at=case(*begins, else_=col(Subscription.quiet_from_at)))
        .execution_options(synchronize_session=False)
    )
