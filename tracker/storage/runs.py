"""Readings of sources, and how they ended."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, func, select
from sqlmodel import Session, col

from tracker.domain.words import RunState
from tracker.storage.tables import Run

_OF_THE_WHOLE = col(Run.rereads).is_not(True)
"""Readings that began at the source's own page; others say nothing of how much the source holds."""


_HEALTHY = (
    select(Run)
    .where(col(Run.source_id) == bindparam("source_id"), col(Run.state) == RunState.HEALTHY, _OF_THE_WHOLE)
    .order_by(col(Run.id).desc())
    .limit(bindparam("most", type_=Integer))
)


def healthy(session: Session, source_id: int, limit: int = 5) -> list[Run]:
    """The last healthy readings of a source, the oldest first."""
    return list(session.execute(_HEALTHY, {"source_id": source_id, "most": limit}).scalars())[::-1]


@dataclass(frozen=True, slots=True)
class Latest:
    """The last reading of a source, as far as the next one rests on it."""

    id: int
    source_id: int
    state: RunState
    fields: Mapping[str, Any]


def latest_ended_of(session: Session, source_ids: Collection[int]) -> dict[int, Latest]:
    """The last reading that came to an end, of each of these sources that has one."""
    newest = (
        select(func.max(col(Run.id)))
        .where(col(Run.source_id).in_(sorted(source_ids)), col(Run.ended_at).is_not(None), _OF_THE_WHOLE)
        .group_by(col(Run.source_id))
    )
    columns = (col(Run.id), col(Run.source_id), col(Run.state), col(Run.fields))
    found = session.execute(select(*columns).where(col(Run.id).in_(newest))).all()
    return {row[1]: Latest(*row) for row in found}


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Run]:
    """The readings of these numbers."""
    found = session.execute(select(Run).where(col(Run.id).in_(sorted(ids)))).scalars()
    return {run.id or 0: run for run in found}


def of_source(session: Session, source_id: int, limit: int = 10) -> list[Run]:
    """The last readings of a source, the latest first."""
    wanted = select(Run).where(col(Run.source_id) == source_id, _OF_THE_WHOLE)
    return list(session.execute(wanted.order_by(col(Run.id).desc()).limit(limit)).scalars())


def broken_off(session: Session, source_id: int, began_at: datetime, now: datetime) -> None:
    """Put on record that a reading began and never ended, because whoever read was stopped."""
    said = "This reading was broken off and has been started anew."
    session.add(
        Run(source_id=source_id, state=RunState.FAILED, started_at=began_at, ended_at=now, problems=[said])
    )
    wanted = select(Run).where(col(Run.source_id) == source_id, col(Run.state) == RunState.RUNNING)
    for run in session.execute(wanted).scalars():
        run.state, run.ended_at, run.problems = RunState.FAILED, now, [*run.problems, said]
