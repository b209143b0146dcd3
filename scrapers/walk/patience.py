"""What we remember of a host for a while: that it asked for patience, and that it used ours up.

A host that let a whole deadline pass gets half of it next time, and half again, so that one host that hangs cannot
hold up everything else that is read from it. One good answer, or ten quiet minutes, and it has all of it again.
"""

import threading
import time
from collections.abc import Callable

from scrapers.walk.errors import Backoff

SHORTEST_DEADLINE = 3.0
REMEMBERED_SECONDS = 600.0
_MOST_HALVINGS = 8


class Patience:
    """How long each host may take, and until when it is left alone."""

    def __init__(self, deadline_seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._usual = deadline_seconds
        self._monotonic = monotonic
        self._hung: dict[str, tuple[int, float]] = {}
        self._left_alone_until: dict[str, float] = {}
        self._book = threading.Lock()

    def seconds(self, host_and_port: str) -> float:
        """The deadline for one exchange with a host."""
        with self._book:
            times, at = self._hung.get(host_and_port, (0, 0.0))
        if not times or self._monotonic() - at > REMEMBERED_SECONDS:
            return self._usual
        return max(self._usual / (1 << min(times, _MOST_HALVINGS)), min(self._usual, SHORTEST_DEADLINE))

    def insist_free(self, host_and_port: str) -> None:
        """Raise Backoff while a host wants to be left alone."""
        with self._book:
            left = self._left_alone_until.get(host_and_port, 0.0) - self._monotonic()
            if left <= 0:
                self._left_alone_until.pop(host_and_port, None)
                return
        raise Backoff(f"{host_and_port} asked not to be read for another {round(left)} seconds.", left)

    def note_hung(self, host_and_port: str) -> None:
        """It let a whole deadline pass."""
        with self._book:
            times, at = self._hung.get(host_and_port, (0, 0.0))
            forgotten = self._monotonic() - at > REMEMBERED_SECONDS
            self._hung[host_and_port] = (1 if forgotten else times + 1, self._monotonic())

    def note_answer(self, host_and_port: str) -> None:
        """It answered in time."""
        with self._book:
            self._hung.pop(host_and_port, None)

    def leave_alone(self, host_and_port: str, seconds: float) -> None:
        """It asked for so many seconds without us."""
        with self._book:
            self._left_alone_until[host_and_port] = self._monotonic() + seconds
