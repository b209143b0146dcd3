"""Whether the workers live and their jobs get on, from what each wrote of itself last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

BEATS_EVERY = timedelta(seconds=30)
SILENT_AFTER = 4 * BEATS_EVERY
HANGS_AFTER = timedelta(minutes=15)
"""A job that has not begun another unit of its round for so long."""
FAILS_AFTER = 2
"""So many rounds of a job that ended early, one after the other."""
FORGOTTEN_AFTER = timedelta(days=7)
"""A worker that fell silent so long ago is not missed any more."""


class Trouble(StrEnum):
    """What is wrong with a worker or a job of it."""

    SILENT = "silent"
    HANGS = "hangs"
    FAILS = "fails"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class JobBeat:
    """What a job did last."""

    every_seconds: float
    started_at: datetime | None = None
    ended_at: datetime | None = None
    still_seconds: float = 0.0
    """Within a round: since it began its last unit."""
    waiting_seconds: float = 0.0
    """Between rounds: since the last one ended."""
    done: int = 0
    error: str = ""
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Beat:
    """A worker that is to be running, as it wrote last."""

    worker: str
    seen_at: datetime
    jobs: Mapping[str, JobBeat] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """A trouble of a worker; of one of its jobs where `job` is not empty."""

    trouble: Trouble
    worker: str
    job: str = ""
    error: str = ""


def troubles(beats: Iterable[Beat], now: datetime) -> list[Finding]:
    """What is wrong, in the order of the beats; a beat of later hours was written while the clock was ahead."""
    found: list[Finding] = []
    for beat in beats:
        silent = abs(now - beat.seen_at)
        if silent > FORGOTTEN_AFTER:
            continue
        if silent > SILENT_AFTER:
            found.append(Finding(Trouble.SILENT, beat.worker))
            continue
        found += [
            Finding(wrong, beat.worker, name, job.error)
            for name, job in beat.jobs.items()
            if (wrong := _trouble(job))
        ]
    return found


def _trouble(job: JobBeat) -> Trouble | None:
    if job.still_seconds > HANGS_AFTER.total_seconds():
        return Trouble.HANGS
    if job.failures >= FAILS_AFTER:
        return Trouble.FAILS
    late = job.waiting_seconds > 2 * job.every_seconds + SILENT_AFTER.total_seconds()
    return Trouble.LATE if late else None
