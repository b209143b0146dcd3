"""Readings of sources, and how they ended."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.domain.words import RunState
from tracker.storage.tables import Finding, Run


def healthy(session: Session, source_id: int, limit: int = 5) -> list[Run]:
    """The last healthy readings of a source, the oldest first."""
    wanted = (
        select(Run)
        .where(col(Run.source_id) == source_id, col(Run.state) == RunState.HEALTHY)
        .order_by(col(Run.id).desc())
        .limit(limit)
    )
    return list(session.execute(wanted).scalars())[::-1]


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


def findings_by_run(session: Session, run_ids: list[int]) -> Mapping[int, int]:
    """How many findings each reading brought that it was the first to bring."""
    counted = select(col(Finding.run_id), func.count()).where(col(Finding.run_id).in_(run_ids))
    rows = session.execute(counted.group_by(col(Finding.run_id))).all()
    return {int(run_id): int(number) for run_id, number in rows}
