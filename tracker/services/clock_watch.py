"""Watches the clock of the machine: it may be set, and what it then shows is not believed at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

STEP = timedelta(minutes=5)
"""More than that between two looks, against a clock that only goes on, and it was set."""
LEAP = timedelta(hours=1)
"""Ahead by more than that: nothing is said by it until it has stood for a while."""
BELIEVED_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Step:
    """The clock was set: what it would have shown, and what it showed."""

    from_at: datetime
    to_at: datetime

    @property
    def by(self) -> timedelta:
        """How far it was set, ahead or back."""
        return self.to_at - self.from_at


class ClockWatch:
    """Compares the clock (UTC) with seconds that only go on; asked from several threads."""

    def __init__(self, now: Callable[[], datetime], seconds: Callable[[], float]) -> None:
        """Takes the clock as right when it begins."""
        self._now, self._seconds = now, seconds
        self._lock = Lock()
        self._last = now(), seconds()
        self._began = self._last[1]
        self._leapt_at: float | None = None
        self._set_at = self._began

    def look(self) -> Step | None:
        """What was done to the clock since the last look; None where it only went on."""
        with self._lock:
            (before, seconds), (now, passed) = self._last, (self._now(), self._seconds())
            self._last = now, passed
            step = Step(before + timedelta(seconds=passed - seconds), now)
            if abs(step.by) <= STEP:
                return None
            self._set_at = passed
            # Set back again, and what was ahead is over.
            self._leapt_at = passed if step.by > LEAP else None
            return step

    def believed(self) -> bool:
        """Whether things may be said by what the clock shows."""
        leapt = self._leapt_at
        return leapt is None or self._seconds() - leapt >= BELIEVED_AFTER.total_seconds()

    def steady_for(self) -> timedelta:
        """How long the clock has only gone on."""
        return timedelta(seconds=self._seconds() - self._set_at)
