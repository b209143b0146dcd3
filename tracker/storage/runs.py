"""Readings of sources, and how they ended."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import RunState
from tracker.storage.tables import Run


def healthy(session: Session, source_id: int, limit: int = 5) -> list[Run]:
    """The last healthy readings of a source, the oldest first."""
    wanted = (
        select(Run)
        .where(col(Run.source_id) == source_id, col(Run.state) == RunState.HEALTHY)
        .order_by(col(Run.id).desc())
        .limit(limit)
    )
    return list(session.execute(wanted).scalars())[::-1]


def latest_ended(session: Session, source_id: int) -> Run | None:
    """The last reading of a source that came to an end, however it ended."""
    wanted = (
        select(Run)
        .where(col(Run.source_id) == source_id, col(Run.ended_at).is_not(None))
        .order_by(col(Run.id).desc())
        .limit(1)
    )
    return session.execute(wanted).scalar_one_or_none()


def of_source(session: Session, source_id: int, limit: int = 10) -> list[Run]:
    """The last readings of a source, the latest first."""
    wanted = select(Run).where(col(Run.source_id) == source_id).order_by(col(Run.id).desc()).limit(limit)
    return list(session.execute(wanted).scalars())


def give_up_unfinished(session: Session, source_id: int, now: datetime) -> None:
    """Readings that began and never ended, because whoever read was stopped, have failed."""
    wanted = select(Run).where(col(Run.source_id) == source_id, col(Run.state) == RunState.RUNNING)
    for run in session.execute(wanted).scalars():
        run.state, run.ended_at = RunState.FAILED, now
        run.problems = [*run.problems, "This reading was broken off and has been started anew."]
