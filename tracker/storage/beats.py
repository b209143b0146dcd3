"""What workers wrote of themselves, and the steps of their clocks."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session, col

from tracker.domain.heartbeat import FORGOTTEN_AFTER, Beat, JobBeat
from tracker.storage.tables import ClockStep, WorkerBeat

_INSTANTS = ("started_at", "ended_at")


def keep(session: Session, worker: str, jobs: Mapping[str, JobBeat], now: datetime) -> None:
    """Write a worker's beat; those of workers that fell silent long ago go."""
    row = session.get(WorkerBeat, worker)
    if row is None:
        session.execute(
            delete(WorkerBeat).where(
                (col(WorkerBeat.seen_at) < now - FORGOTTEN_AFTER)
                | (col(WorkerBeat.stopped_at).is_not(None) & (col(WorkerBeat.seen_at) <= now))
            )
        )
        row = WorkerBeat(worker=worker, started_at=now, seen_at=now)
    row.seen_at, row.jobs = now, {name: _plain(job) for name, job in jobs.items()}
    session.add(row)


def stop(session: Session, worker: str, now: datetime) -> None:
    """A worker ended as it was told to."""
    row = session.get(WorkerBeat, worker)
    if row is not None:
        row.stopped_at = now


def working(session: Session) -> list[Beat]:
    """The workers that were not told to stop, the first to start first."""
    wanted = select(WorkerBeat).where(col(WorkerBeat.stopped_at).is_(None))
    rows = session.execute(wanted.order_by(col(WorkerBeat.started_at), col(WorkerBeat.worker))).scalars()
    return [
        Beat(row.worker, row.started_at, row.seen_at, {name: _read(said) for name, said in row.jobs.items()})
        for row in rows
    ]


def add_step(session: Session, worker: str, from_at: datetime, to_at: datetime) -> None:
    """Keep that a worker's clock was set."""
    session.add(ClockStep(worker=worker, from_at=from_at, to_at=to_at))


def last_step(session: Session) -> ClockStep | None:
    """The step that was seen last."""
    return session.execute(select(ClockStep).order_by(col(ClockStep.id).desc()).limit(1)).scalar_one_or_none()


def _plain(job: JobBeat) -> dict[str, Any]:
    said = asdict(job)
    return said | {name: said[name].isoformat() if said[name] else None for name in _INSTANTS}


def _read(said: Any) -> JobBeat:
    known = {one.name: said[one.name] for one in fields(JobBeat) if one.name in said}
    known |= {name: datetime.fromisoformat(known[name]) for name in _INSTANTS if known.get(name)}
    return JobBeat(**known)
