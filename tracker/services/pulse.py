"""A job's pulse: it beats each time the job asks whether it is to stop, which it does before every unit."""

from collections.abc import Callable
from datetime import datetime
from threading import Event

from tracker.domain.heartbeat import HANGS_AFTER, JobBeat


class Pulse(Event):
    """The sign to stop, as one job asks for it, and what that job did last."""

    def __init__(self, stopping: Event, seconds: Callable[[], float], every_seconds: float) -> None:
        """`stopping` is the sign for all jobs; `seconds` only go on."""
        super().__init__()
        self._stopping, self._seconds, self._every = stopping, seconds, every_seconds
        self._started_at: datetime | None = None
        self._ended_at: datetime | None = None
        self._runs, self._done, self._failures, self._error = False, 0, 0, ""
        self._moved = seconds()

    def is_set(self) -> bool:
        """Whether to stop."""
        self._moved = self._seconds()
        return self._stopping.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the sign to stop, at most so many seconds."""
        self._moved = self._seconds()
        return self._stopping.wait(timeout)

    def begins(self, now: datetime) -> None:
        """A round begins."""
        self._started_at, self._moved, self._runs = now, self._seconds(), True

    def ended(self, now: datetime, done: int) -> None:
        """A round ended well."""
        self._end(now)
        self._done, self._failures, self._error = done, 0, ""

    def failed(self, now: datetime, error: str) -> None:
        """A round ended early."""
        self._end(now)
        self._failures, self._error = self._failures + 1, error

    def rests(self) -> None:
        """A round was left out on purpose."""
        self._moved = self._seconds()

    def hangs(self) -> bool:
        """Whether the round under way has not got on for too long."""
        return self.beat().still_seconds > HANGS_AFTER.total_seconds()

    def beat(self) -> JobBeat:
        """What is written of it now."""
        passed = max(0.0, self._seconds() - self._moved)
        return JobBeat(
            every_seconds=self._every,
            started_at=self._started_at,
            ended_at=self._ended_at,
            still_seconds=passed if self._runs else 0.0,
            waiting_seconds=0.0 if self._runs else passed,
            done=self._done,
            error=self._error,
            failures=self._failures,
        )

    def _end(self, now: datetime) -> None:
        self._ended_at, self._moved, self._runs = now, self._seconds(), False
