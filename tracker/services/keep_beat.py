"""Writes down that a worker lives, what its jobs did, and that its clock was set."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from tracker.domain.heartbeat import JobBeat
from tracker.services.clock_watch import Step
from tracker.storage import beats


def keep(session: Session, worker: str, jobs: Mapping[str, JobBeat], now: datetime) -> None:
    """A worker lives."""
    beats.keep(session, worker, jobs, now)


def stop(session: Session, worker: str, now: datetime) -> None:
    """A worker ended as it was told to."""
    beats.stop(session, worker, now)


def step(session: Session, worker: str, seen: Step) -> None:
    """The clock of a worker's machine was set."""
    beats.add_step(session, worker, seen.from_at, seen.to_at)
