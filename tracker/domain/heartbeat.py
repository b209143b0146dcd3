"""Whether the workers live and their jobs get on, from what each wrote of itself last."""

from collections.abc import Iterable, Iterator, Mapping
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
"""A worker that fell silent so long ago is not missed any more where others work."""


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
    started_at: datetime
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
    known = list(beats)
    living = [beat for beat in known if abs(now - beat.seen_at) <= SILENT_AFTER]
    found: list[Finding] = []
    for beat in known:
        if beat in living:
            found += _of_jobs(beat)
        elif _missed(beat, living, now):
            found.append(Finding(Trouble.SILENT, beat.worker))
    return found


def _missed(beat: Beat, living: Iterable[Beat], now: datetime) -> bool:
    """Whether nobody took the place of a worker that fell silent."""
    others = list(living)
    replaced = any(other.started_at > beat.seen_at for other in others)
    return not others or (not replaced and abs(now - beat.seen_at) <= FORGOTTEN_AFTER)


def _of_jobs(beat: Beat) -> Iterator[Finding]:
    for name, job in beat.jobs.items():
        wrong = _trouble(job)
        if wrong is not None:
            yield Finding(wrong, beat.worker, name, job.error)


def _trouble(job: JobBeat) -> Trouble | None:
    if job.still_seconds > HANGS_AFTER.total_seconds():
        return Trouble.HANGS
    if job.failures >= FAILS_AFTER:
        return Trouble.FAILS
    late = job.waiting_seconds > 2 * job.every_seconds + SILENT_AFTER.total_seconds()
    return Trouble.LATE if late else None
