"""One clock for a whole exchange: resolving, dialling, every read and every write share it."""

import time
from collections.abc import Callable

from scrapers.walk.errors import TooSlow

Monotonic = Callable[[], float]


class Deadline:
    """The moment by which an exchange must be over, however many small steps it takes."""

    def __init__(self, seconds: float, monotonic: Monotonic = time.monotonic) -> None:
        self.seconds = seconds
        self._monotonic = monotonic
        self._end = monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left, always above zero; raises TooSlow when none are."""
        left = self._end - self._monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> TooSlow:
        """The error to raise when time is up."""
        return TooSlow(f"The page was not complete after {self.seconds:g} seconds, so we stopped reading it.")

    def extend(self, seconds: float) -> None:
        """Waiting for our turn is not the other side's fault: it does not count."""
        self._end += seconds
