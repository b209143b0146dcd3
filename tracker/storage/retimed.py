"""Events that were announced while the clock was ahead, and when they count as announced since it is right."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, literal, select
from sqlmodel import Session, col

from tracker.storage.columns import UtcDateTime
from tracker.storage.prepared import run
from tracker.storage.tables import Event, EventRetimed, Obligation

_ANY = select(col(EventRetimed.event_id)).limit(1)


def announced(session: Session) -> ColumnElement[datetime]:
    """When an event counts as announced: its own column where the clock was never ahead."""
    own: ColumnElement[datetime] = col(Event.announced_at)  # type: ignore[assignment]
    if run(session, _ANY).first() is None:
        return own
    since: Any = select(col(EventRetimed.announced_at)).where(col(EventRetimed.event_id) == col(Event.id))
    return func.coalesce(since.scalar_subquery(), own, type_=UtcDateTime())


def ways(session: Session) -> list[tuple[ColumnElement[datetime], list[ColumnElement[bool]]]]:
    """When events count as announced, and which of them that holds for: the many, then the few put right.

    Each way is asked for by itself, so that the many are found by the index of their own column.
    """
    own: ColumnElement[datetime] = col(Event.announced_at)  # type: ignore[assignment]
    if run(session, _ANY).first() is None:
        return [(own, [])]
    known = select(col(EventRetimed.event_id)).where(col(EventRetimed.event_id) == col(Event.id)).exists()
    among = col(Event.id).in_(select(col(EventRetimed.event_id)))
    return [(own, [~known]), (announced(session), [among])]


def retime(session: Session, since: datetime, now: datetime) -> int:
    """What was announced from an instant ahead on counts as announced now; how many events."""
    known = select(col(EventRetimed.event_id)).where(col(EventRetimed.event_id) == col(Event.id))
    ahead = select(col(Event.id), literal(now, UtcDateTime)).where(
        col(Event.announced_at) >= since, ~known.exists()
    )
    added = insert(EventRetimed).from_select(["event_id", "announced_at"], ahead)
    return len(session.execute(added.returning(col(EventRetimed.event_id))).all())


def announced_ahead(session: Session, now: datetime, after_id: int) -> int | None:
    """The next obligation, by id, of which was announced what lies ahead of now."""
    wanted = select(col(Obligation.id)).where(
        col(Obligation.id) > after_id, col(Obligation.announced_from_at) > now
    )
    return session.execute(wanted.order_by(col(Obligation.id)).limit(1)).scalar_one_or_none()


def said_of(session: Session, obligation_id: int, since: datetime) -> list[Event]:
    """What was said of an obligation while the clock was ahead, the last first."""
    wanted = select(Event).where(col(Event.obligation_id) == obligation_id, col(Event.recorded_at) >= since)
    return list(session.execute(wanted.order_by(col(Event.id).desc())).scalars())
