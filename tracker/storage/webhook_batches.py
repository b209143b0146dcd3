"""What waits for webhooks in the ledger: due, claimed in batches under a lease, settled."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain.webhook import TEST, WEBHOOK
from tracker.domain.words import DeliveryState
from tracker.storage.tables import Delivery, Subscription, Webhook

_LIVE = [col(Subscription.confirmed_at).is_not(None), col(Subscription.ended_at).is_(None)]
_ACTIVE = [col(Webhook.paused_at).is_(None), col(Webhook.disabled_at).is_(None)]


def due(session: Session, now: datetime) -> int | None:
    """The subscription whose webhook has waited longest for a post; none at a host that one is on its way to.

    Those whose last post failed come after the others: many that hang hold up none that answers.
    The leases say where posts are on their way, so that this holds for all processes together. A test goes out
    also while its webhook rests or is switched off.
    """
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
            col(Webhook.host).not_in(_hosts_posted_to(now)),
        )
    )
    order = (col(Webhook.failures) > 0, col(Delivery.queued_at), col(Delivery.id))
    return session.execute(wanted.order_by(*order).limit(1)).scalar()


def _hosts_posted_to(now: datetime) -> Select[str]:
    hook, sending = aliased(Webhook), aliased(Delivery)
    return (
        select(col(hook.host))
        .join(sending, col(sending.subscription_id) == col(hook.subscription_id))
        .where(col(sending.state) == DeliveryState.SENDING, col(sending.lease_until_at) >= now)
    )


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
    _change(session, _news_waiting(subscription_id), next_at=next_at)


def drop_waiting(session: Session, subscription_id: int, why: str) -> None:
    """What waits for a webhook is not posted any more; tests are left as they are."""
    _change(
        session, _news_waiting(subscription_id), state=DeliveryState.DROPPED, lease_until_at=None, error=why
    )


def _news_waiting(subscription_id: int) -> list[ColumnElement[bool]]:
    return [
        col(Delivery.subscription_id) == subscription_id,
        col(Delivery.letter) == "",
        col(Delivery.state) == DeliveryState.QUEUED,
    ]


def tests_waiting(session: Session, subscription_id: int) -> bool:
    """Whether a test was asked for that has not gone out."""
    wanted = select(col(Delivery.id)).where(
        col(Delivery.subscription_id) == subscription_id,
        col(Delivery.letter) == TEST,
        col(Delivery.state).in_([DeliveryState.QUEUED, DeliveryState.SENDING]),
    )
    return session.execute(wanted.limit(1)).first() is not None


def queue_test(session: Session, subscription_id: int, now: datetime) -> None:
    """Queue a post that is no news."""
    row = Delivery(subscription_id=subscription_id, letter=TEST, channel=WEBHOOK, queued_at=now, next_at=now)
    session.add(row)
    session.flush()


def claim(session: Session, ids: Collection[int], batch: str, until: datetime) -> int:
    """Rows that wait become a batch under a lease; how many did."""
    waiting_rows = [col(Delivery.id).in_(ids), col(Delivery.state) == DeliveryState.QUEUED]
    values = {"batch": batch, "lease_until_at": until, "attempts": col(Delivery.attempts) + 1}
    return _change(session, waiting_rows, state=DeliveryState.SENDING, **values)


def reclaim(session: Session, batch: str, now: datetime, until: datetime) -> int:
    """A batch that is due again, or whose lease has passed, gets a new lease; how many rows did."""
    values = {"lease_until_at": until, "attempts": col(Delivery.attempts) + 1}
    return _change(
        session, [col(Delivery.batch) == batch, _ready(now)], state=DeliveryState.SENDING, **values
    )


def in_batch(session: Session, batch: str) -> list[Delivery]:
    """The rows of a batch on their way."""
    wanted = select(Delivery).where(
        col(Delivery.batch) == batch, col(Delivery.state) == DeliveryState.SENDING
    )
    ordered = wanted.order_by(col(Delivery.event_id), col(Delivery.id))
    return list(session.execute(ordered.execution_options(populate_existing=True)).scalars())


def rows_held(session: Session, batch: str, lease_until_at: datetime) -> int:
    """How many rows of a batch are still under this very lease."""
    wanted = select(func.count(col(Delivery.id))).where(*_leased(batch, lease_until_at))
    return int(session.execute(wanted).scalar_one())


def settle(session: Session, batch: str, lease_until_at: datetime, /, **values: Any) -> int:
    """Close the lease on a batch with these values; how many rows it still held."""
    return _change(session, _leased(batch, lease_until_at), lease_until_at=None, **values)


def _leased(batch: str, lease_until_at: datetime) -> list[ColumnElement[bool]]:
    return [
        col(Delivery.batch) == batch,
        col(Delivery.state) == DeliveryState.SENDING,
        col(Delivery.lease_until_at) == lease_until_at,
    ]


def _change(session: Session, conditions: Iterable[ColumnElement[bool]], **values: Any) -> int:
    done = session.execute(
        update(Delivery).where(*conditions).values(**values).execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
