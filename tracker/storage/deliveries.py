"""The ledger of what was sent: rows are queued, claimed in batches under a lease, and settled."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, literal, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from tracker.domain.parcel import QUIET
from tracker.domain.words import DeliveryState
from tracker.storage.columns import UtcDateTime
from tracker.storage.engine import Prompt
from tracker.storage.tables import Delivery, Event, Subscription

WAITING: list[Any] = [text("delivery.state = 'queued'"), text("delivery.batch = ''")]
"""Written out, as in the indexes over what is open: a value that is bound later would not be known to be theirs."""
HELD: list[Any] = [text("delivery.state = 'queued'"), text("delivery.batch <> ''")]
SENDING: list[Any] = [text("delivery.state = 'sending'"), text("delivery.batch <> ''")]
_CONSTANT = {
    "letter": "",
    "state": DeliveryState.QUEUED,
    "batch": "",
    "message_id": "",
    "attempts": 0,
    "error": "",
}
_OPEN = (DeliveryState.QUEUED, DeliveryState.SENDING)


def add(session: Session, rows: Iterable[Delivery]) -> None:
    """Queue rows; a second row for the same event fails."""
    session.add_all(rows)
    session.flush()


def letter_since(session: Session, channel: str, address_hash: str, since: datetime) -> bool:
    """Whether a letter that somebody asked for was queued to an address after an instant."""
    wanted = (
        select(col(Delivery.id))
        .join(Subscription, col(Subscription.id) == col(Delivery.subscription_id))
        .where(
            col(Subscription.address_hash) == address_hash,
            col(Delivery.channel) == channel,
            col(Delivery.letter).not_in(("", QUIET)),
            col(Delivery.queued_at) > since,
        )
        .limit(1)
    )
    return session.execute(wanted).first() is not None


_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_QUEUED = ("subscription_id", "event_id", "channel", "next_at", *_CONSTANT, "queued_at")


_AT_ONCE = {"sqlite": 5_000}
_AT_ONCE_ELSE = 50_000


def rows_at_once(session: Session) -> int:
    """Rows queued in one transaction, about: few where every other writer waits for its end."""
    return _AT_ONCE.get(session.connection().dialect.name, _AT_ONCE_ELSE)


def queue(session: Session, subscription_ids: Sequence[int], event_ids: Sequence[int], now: datetime) -> int:
    """One row for each of these subscriptions and events, none twice; how many. All in one statement.

    They wait as long as what waits for the same subscription because earlier attempts failed.
    """
    connection = session.connection()
    rows = _queued(subscription_ids, event_ids, now)
    insert = _INSERTS[connection.dialect.name](Delivery).from_select(_QUEUED, rows, include_defaults=False)
    counting = insert.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return int(connection.execute(counting).rowcount)


def _queued(subscription_ids: Sequence[int], event_ids: Sequence[int], now: datetime) -> Any:
    asked = col(Subscription.id).in_(subscription_ids)
    failed = (
        select(col(Delivery.subscription_id), func.max(col(Delivery.next_at)).label("next_at"))
        .where(col(Delivery.subscription_id).in_(subscription_ids), text("delivery.state = 'queued'"))
        .where(col(Delivery.attempts) > 0)
        .group_by(col(Delivery.subscription_id))
        .subquery()
    )
    at = literal(now, UtcDateTime)
    next_at = case((failed.c.next_at > at, failed.c.next_at), else_=at)
    constants = [literal(value, getattr(Delivery, name).type) for name, value in _CONSTANT.items()]
    return (
        select(col(Subscription.id), col(Event.id), col(Subscription.channel), next_at, *constants, at)
        .select_from(Subscription)
        .join(Event, and_(col(Event.id).in_(event_ids), col(Event.announced_at) >= Subscription.confirmed_at))
        .outerjoin(failed, failed.c.subscription_id == col(Subscription.id))
        .where(asked)
        .order_by(col(Subscription.id), col(Event.id))
    )


def given_again(now: datetime) -> ColumnElement[bool]:
    """Rows whose lease has passed, or that were held back until now."""
    passed = and_(*SENDING, col(Delivery.lease_until_at) < now)
    return or_(passed, and_(*HELD, col(Delivery.next_at) <= now))


_BEGIN = (
    update(Delivery)
    .where(*SENDING, col(Delivery.batch).in_(bindparam("batches", expanding=True)))
    .where(col(Delivery.lease_until_at) == bindparam("held_until"))
    .values(attempts=col(Delivery.attempts) + 1)
)
_SENT = (
    update(Delivery)
    .where(*SENDING, col(Delivery.batch) == bindparam("one"))
    .where(col(Delivery.lease_until_at) == bindparam("held_until"))
    .values(state=DeliveryState.SENT, sent_at=bindparam("now"), next_at=None, error="", lease_until_at=None)
)


def begin_some(change: Prompt, batches: Sequence[str], lease_until_at: datetime) -> int:
    """One more attempt at each batch that is still under this very lease; how many rows they hold together."""
    return change(_BEGIN, {"batches": list(batches), "held_until": lease_until_at})


def settle_sent(change: Prompt, batch: str, lease_until_at: datetime, now: datetime) -> int:
    """A batch was taken: written down by itself, so that what is sent and not yet known as sent is soon over."""
    return change(_SENT, {"one": batch, "held_until": lease_until_at, "now": now})


def rows_held(session: Session, batch: str, lease_until_at: datetime) -> int:
    """How many rows of a batch, at most so many, are still under this very lease."""
    wanted = select(func.count(col(Delivery.id))).where(*_leased(batch, lease_until_at))
    return int(session.execute(wanted).scalar_one())


def settle(session: Session, batch: str, lease_until_at: datetime, /, **values: Any) -> int:
    """Close the lease on a batch with these values; how many rows it still held."""
    return _change(session, _leased(batch, lease_until_at), lease_until_at=None, **values)


def drop(session: Session, ids: Collection[int | None], why: str) -> None:
    """These rows are not sent, on purpose."""
    _change(session, [col(Delivery.id).in_(ids)], **_dropped(why))


def drop_for(session: Session, subscription_ids: Collection[int | None], why: str) -> None:
    """Nothing more is sent for these subscriptions, whether it waits or is claimed."""
    open_rows = [col(Delivery.subscription_id).in_(subscription_ids), col(Delivery.state).in_(_OPEN)]
    _change(session, open_rows, **_dropped(why))


def _dropped(why: str) -> dict[str, Any]:
    return {"state": DeliveryState.DROPPED, "lease_until_at": None, "error": why}


def _leased(batch: str, lease_until_at: datetime) -> list[ColumnElement[bool]]:
    return [*SENDING, col(Delivery.batch) == batch, col(Delivery.lease_until_at) == lease_until_at]


def _change(session: Session, conditions: Iterable[ColumnElement[bool]], **values: Any) -> int:
    done = session.execute(
        update(Delivery).where(*conditions).values(**values).execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
