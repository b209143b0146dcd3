"""Webhooks with their subscriptions, and the log of their posts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlmodel import Session, col

from tracker.storage.tables import Subscription, Webhook, WebhookAttempt

Owned = tuple[Webhook, Subscription]
_LIVE = [col(Subscription.confirmed_at).is_not(None), col(Subscription.ended_at).is_(None)]
_PENDING = [col(Subscription.confirmed_at).is_(None), col(Subscription.ended_at).is_(None)]


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


def owned(session: Session, owner_hash: str) -> list[Owned]:
    """All of an owner's webhooks that have not ended."""
    return _of(session, owner_hash, [col(Subscription.ended_at).is_(None)])


def _of(session: Session, owner_hash: str, conditions: Collection[ColumnElement[bool]]) -> list[Owned]:
    wanted = _owned().where(col(Webhook.owner_hash) == owner_hash, *conditions)
    return [(one[0], one[1]) for one in session.execute(wanted.order_by(col(Webhook.subscription_id)))]


def _owned() -> Any:
    return select(Webhook, Subscription).join(
        Subscription, col(Subscription.id) == col(Webhook.subscription_id)
    )


def keep_attempt(session: Session, attempt: WebhookAttempt) -> None:
    """Write down how a post went."""
    session.add(attempt)
    session.flush()


def attempts(session: Session, subscription_id: int, most: int) -> list[WebhookAttempt]:
    """How a webhook's last posts went, the newest first."""
    wanted = select(WebhookAttempt).where(col(WebhookAttempt.subscription_id) == subscription_id)
    newest = wanted.order_by(col(WebhookAttempt.at).desc(), col(WebhookAttempt.id).desc())
    return list(session.execute(newest.limit(most)).scalars())


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
