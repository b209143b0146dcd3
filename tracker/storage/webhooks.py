"""Webhooks with their subscriptions, what is due for them, and the log of their posts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain.webhook import TEST, WEBHOOK
from tracker.domain.words import DeliveryState
from tracker.storage import deliveries
from tracker.storage.tables import Delivery, Subscription, Webhook, WebhookAttempt

Owned = tuple[Webhook, Subscription]
_LIVE = [col(Subscription.confirmed_at).is_not(None), col(Subscription.ended_at).is_(None)]
_PENDING = [col(Subscription.confirmed_at).is_(None), col(Subscription.ended_at).is_(None)]
_ACTIVE = [col(Webhook.paused_at).is_(None), col(Webhook.disabled_at).is_(None)]


def add(session: Session, subscription: Subscription, webhook: Webhook) -> Webhook:
    """Keep a new subscription and what its webhook needs."""
    session.add(subscription)
    session.flush()
    webhook.subscription_id = subscription.id or 0
    session.add(webhook)
    session.flush()
    return webhook


def find(session: Session, subscription_id: int) -> Owned | None:
    """The webhook of a subscription, with it."""
    found = session.execute(_owned().where(col(Webhook.subscription_id) == subscription_id)).first()
    return (found[0], found[1]) if found else None


def live_of(session: Session, owner_hash: str) -> list[Owned]:
    """An owner's confirmed webhooks."""
    return _of(session, owner_hash, _LIVE)


def pending_of(session: Session, owner_hash: str) -> list[Owned]:
    """Those that wait to be confirmed by the owner."""
    return _of(session, owner_hash, _PENDING)


def _of(session: Session, owner_hash: str, conditions: Collection[ColumnElement[bool]]) -> list[Owned]:
    wanted = _owned().where(col(Webhook.owner_hash) == owner_hash, *conditions)
    return [(one[0], one[1]) for one in session.execute(wanted.order_by(col(Webhook.subscription_id)))]


def _owned() -> Any:
    return select(Webhook, Subscription).join(
        Subscription, col(Subscription.id) == col(Webhook.subscription_id)
    )


def due(session: Session, now: datetime, busy: Collection[str]) -> int | None:
    """The subscription whose webhook has waited longest for a post; none at a host that is busy.

    One post of a webhook is on its way at a time. A test goes out also while it rests or is switched off.
    """
    other = aliased(Delivery)
    on_its_way = exists().where(
        col(other.subscription_id) == col(Delivery.subscription_id),
        col(other.state) == DeliveryState.SENDING,
        col(other.lease_until_at) >= now,
    )
    may_go = and_(*_ACTIVE, or_(col(Webhook.again_at).is_(None), col(Webhook.again_at) <= now))
    wanted = (
        select(col(Delivery.subscription_id))
        .join(Webhook, col(Webhook.subscription_id) == col(Delivery.subscription_id))
        .join(Subscription, col(Subscription.id) == col(Delivery.subscription_id))
        .where(
            *_LIVE,
            col(Delivery.channel) == WEBHOOK,
            _ready(now),
            or_(col(Delivery.letter) == TEST, may_go),
            col(Webhook.host).not_in(busy),
            ~on_its_way,
        )
    )
    return session.execute(wanted.order_by(col(Delivery.queued_at), col(Delivery.id)).limit(1)).scalar()


def _ready(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(col(Delivery.state) == DeliveryState.QUEUED, col(Delivery.next_at) <= now),
        and_(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.lease_until_at) < now),
    )


def next_test(session: Session, subscription_id: int, now: datetime) -> Delivery | None:
    """The test that is due."""
    wanted = select(Delivery).where(
        col(Delivery.subscription_id) == subscription_id, col(Delivery.letter) == TEST, _ready(now)
    )
    return session.execute(wanted.order_by(col(Delivery.id)).limit(1)).scalar_one_or_none()


def begun(session: Session, subscription_id: int, now: datetime) -> str | None:
    """A batch of news that was posted before, due again under its own id."""
    wanted = select(col(Delivery.batch)).where(
        col(Delivery.subscription_id) == subscription_id,
        col(Delivery.letter) == "",
        col(Delivery.batch) != "",
        _ready(now),
    )
    return session.execute(wanted.order_by(col(Delivery.id)).limit(1)).scalar()


def waiting(session: Session, subscription_id: int, now: datetime, most: int) -> list[Delivery]:
    """News that was never posted, in the order of the log."""
    wanted = select(Delivery).where(
        col(Delivery.subscription_id) == subscription_id,
        col(Delivery.letter) == "",
        col(Delivery.batch) == "",
        col(Delivery.state) == DeliveryState.QUEUED,
        col(Delivery.next_at) <= now,
    )
    return list(session.execute(wanted.order_by(col(Delivery.event_id)).limit(most)).scalars())


def move_waiting(session: Session, subscription_id: int, next_at: datetime) -> None:
    """When what waits for a webhook is due; tests are left as they are."""
    session.execute(
        update(Delivery)
        .where(
            col(Delivery.subscription_id) == subscription_id,
            col(Delivery.letter) == "",
            col(Delivery.state) == DeliveryState.QUEUED,
        )
        .values(next_at=next_at)
        .execution_options(synchronize_session=False)
    )


def drop_waiting(session: Session, subscription_id: int, why: str) -> None:
    """What waits for a webhook is not posted any more; tests are left as they are."""
    wanted = select(col(Delivery.id)).where(
        col(Delivery.subscription_id) == subscription_id,
        col(Delivery.letter) == "",
        col(Delivery.state) == DeliveryState.QUEUED,
    )
    deliveries.drop(session, list(session.execute(wanted).scalars()), why)


def tests_waiting(session: Session, subscription_id: int) -> bool:
    """Whether a test was asked for that has not gone out."""
    wanted = select(col(Delivery.id)).where(
        col(Delivery.subscription_id) == subscription_id,
        col(Delivery.letter) == TEST,
        col(Delivery.state).in_([DeliveryState.QUEUED, DeliveryState.SENDING]),
    )
    return session.execute(wanted.limit(1)).first() is not None


def keep_attempt(session: Session, attempt: WebhookAttempt) -> None:
    """Write down how a post went."""
    session.add(attempt)
    session.flush()


def attempts(session: Session, subscription_id: int, most: int) -> list[WebhookAttempt]:
    """How a webhook's last posts went, the newest first."""
    wanted = select(WebhookAttempt).where(col(WebhookAttempt.subscription_id) == subscription_id)
    newest = wanted.order_by(col(WebhookAttempt.at).desc(), col(WebhookAttempt.id).desc())
    return list(session.execute(newest.limit(most)).scalars())


def count_attempts(session: Session, subscription_id: int) -> int:
    """How many posts of a webhook the log has."""
    wanted = select(func.count(col(WebhookAttempt.id)))
    return int(
        session.execute(wanted.where(col(WebhookAttempt.subscription_id) == subscription_id)).scalar_one()
    )


def forget_attempts(session: Session, before: datetime) -> int:
    """Forget how posts went before an instant; how many."""
    done = session.execute(
        delete(WebhookAttempt)
        .where(col(WebhookAttempt.at) < before)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def forget_owners(session: Session, subscription_ids: Collection[int | None]) -> None:
    """The owner's address goes with the subscription, and with it what its receiver answered."""
    session.execute(
        update(Webhook)
        .where(col(Webhook.subscription_id).in_(subscription_ids))
        .values(owner="", host="")
        .execution_options(synchronize_session="fetch")
    )
    session.execute(
        delete(WebhookAttempt)
        .where(col(WebhookAttempt.subscription_id).in_(subscription_ids))
        .execution_options(synchronize_session=False)
    )
