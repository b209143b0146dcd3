"""The stored standings ahead: replaced only where they change, never overwritten."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlmodel import Session, col

from tracker.domain.words import Standing
from tracker.storage.tables import Obligation, Segment

_COMPARED = (
    "standing",
    "from_at",
    "until_at",
    "begins_on",
    "basis",
    "flagged",
    "stale",
    "due_on",
    "due_source",
    "checked_on",
    "days_overdue",
    "late_days",
    "detail",
)


def current(session: Session, obligation_id: int) -> list[Segment]:
    """The segments that count today, in order of time."""
    wanted = (
        select(Segment)
        .where(col(Segment.obligation_id) == obligation_id, col(Segment.superseded_at).is_(None))
        .order_by(col(Segment.from_at))
    )
    return list(session.execute(wanted).scalars())


def replace(session: Session, obligation_id: int, segments: Sequence[Segment], now: datetime) -> bool:
    """Supersede what changed by the new segments; False where nothing changed."""
    before = current(session, obligation_id)
    if [_compared(row) for row in before] == [_compared(row) for row in segments]:
        return False
    for row in before:
        row.superseded_at = now
    session.add_all(segments)
    session.flush()
    return True


def _compared(row: Segment) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _COMPARED)


def begun_since(session: Session, obligation_id: int, since: datetime | None, now: datetime) -> list[Segment]:
    """The segments that began after an instant (all where there is none), up to now, in order of time."""
    begun = [row for row in current(session, obligation_id) if row.from_at <= now]
    return [row for row in begun if since is None or row.from_at > since] or begun[-1:]


def unannounced(session: Session, now: datetime, after_id: int = 0) -> int | None:
    """The next obligation whose standing now differs from what was announced."""
    wanted = (
        select(col(Obligation.id))
        .join(Segment, col(Segment.obligation_id) == col(Obligation.id))
        .where(
            col(Obligation.id) > after_id,
            col(Obligation.superseded_at).is_(None),
            col(Segment.superseded_at).is_(None),
            col(Segment.from_at) <= now,
            or_(col(Segment.until_at).is_(None), col(Segment.until_at) > now),
            or_(
                col(Obligation.announced_standing).is_(None),
                col(Obligation.announced_standing) != col(Segment.standing),
            ),
            # Announced ahead of now: the clock was set back.
            or_(col(Obligation.announced_from_at).is_(None), col(Obligation.announced_from_at) <= now),
        )
        .order_by(col(Obligation.id))
        .limit(1)
    )
    return session.execute(wanted).scalar_one_or_none()


def hold(session: Session, obligation_id: int) -> None:
    """Wait for whoever settles this obligation, and keep others from it until the transaction ends."""
    wanted = select(col(Obligation.id)).where(col(Obligation.id) == obligation_id)
    session.execute(wanted.with_for_update(key_share=True))


def claim_announcement(
    session: Session, obligation: Obligation, standing: Standing, from_at: datetime
) -> bool:
    """Take the right to announce a standing: False where somebody else announced meanwhile."""
    before = obligation.announced_standing
    unchanged = (
        col(Obligation.announced_standing).is_(None)
        if before is None
        else col(Obligation.announced_standing) == before
    )
    taken = session.execute(
        update(Obligation)
        .where(col(Obligation.id) == obligation.id, unchanged)
        .values(announced_standing=standing, announced_from_at=from_at)
        .execution_options(synchronize_session=False)
    )
    session.refresh(obligation)
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]
