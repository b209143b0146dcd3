"""What was written while the clock was ahead: since when that was, and what waits for an instant of that time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlmodel import Session, col

from tracker.domain.words import DeliveryState, Frequency
from tracker.storage.tables import ClockStep, Delivery, Letter, Source, Subscription, WorkerBeat

LEAP = timedelta(hours=1)
WITHIN = timedelta(days=40)
"""What is planned is planned for that much later, at most; what lies further ahead was put there on purpose."""
_LONGEST = {Frequency.DAILY: timedelta(days=2), Frequency.WEEKLY: timedelta(days=8)}
"""The longest a digest is planned ahead; a day more than the period, for those who move."""


def ahead_since(session: Session, now: datetime) -> datetime | None:
    """The instant the clock showed when it leapt ahead of what it shows now; None where it is not known to have.

    Known from a leap that a worker saw and that is undone, or from a worker that was started later than now.
    """
    leapt = [
        step.to_at for step in session.execute(_leaps(now)).scalars() if not _goes_back_first(session, step)
    ]
    started = select(func.min(col(WorkerBeat.started_at))).where(col(WorkerBeat.started_at) > now + LEAP)
    known = session.execute(started).scalar_one()
    return min([*leapt, *([known] if known else [])], default=None)


def _leaps(now: datetime) -> Select[Any]:
    return select(ClockStep).where(
        col(ClockStep.to_at) > now + LEAP,
        col(ClockStep.from_at) <= now + LEAP,
        col(ClockStep.to_at) > col(ClockStep.from_at),
    )


def _goes_back_first(session: Session, step: ClockStep) -> bool:
    """A clock that was set back before it leapt ahead only came right by that."""
    before = select(ClockStep).where(col(ClockStep.id) < step.id).order_by(col(ClockStep.id).desc()).limit(1)
    found = session.execute(before).scalar_one_or_none()
    return found is not None and found.to_at < found.from_at and found.from_at >= step.to_at - LEAP


def digests(session: Session, since: datetime, now: datetime, limit: int) -> list[Subscription]:
    """Subscriptions whose next digest lies further ahead than its period, planned while the clock was ahead."""
    longer = [
        and_(col(Subscription.frequency) == rhythm, col(Subscription.next_due_at) > now + longest)
        for rhythm, longest in _LONGEST.items()
    ]
    found = select(Subscription).where(
        col(Subscription.ended_at).is_(None), or_(*longer), *_of(since, col(Subscription.next_due_at))
    )
    return list(session.execute(found.order_by(col(Subscription.id)).limit(limit)).scalars())


def bring_back(session: Session, since: datetime, now: datetime) -> int:
    """What waits for an instant of that time is due now, and claims of that time have passed; how many rows."""
    waits = (
        (Delivery, "next_at"),
        (Letter, "next_at"),
        (Source, "next_due_at"),
        (Source, "claimed_until_at"),
    )
    moved = sum(_bring(session, table, name, since, now) for table, name in waits)
    sending = col(Delivery.state) == DeliveryState.SENDING
    return moved + _bring(session, Delivery, "lease_until_at", since, now, sending)


def _bring(
    session: Session, table: Any, name: str, since: datetime, now: datetime, *more: ColumnElement[bool]
) -> int:
    waiting = _of(since, col(getattr(table, name)))
    moved = update(table).where(*waiting, *more).values({name: now})
    return int(session.execute(moved.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]


def _of(since: datetime, at: Any) -> Iterable[ColumnElement[bool]]:
    return at >= since, at < since + WITHIN
