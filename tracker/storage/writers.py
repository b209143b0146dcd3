"""One writer at a time within a process, in the order they came.

SQLite has one writer at a time, and whoever waits for it asks again and again without a place in the line: of many
threads, one may ask in vain for ever. Other processes still wait for each other as SQLite has them do.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, get_ident

LONGEST_WAIT_SECONDS = 60.0


class StillWriting(TimeoutError):  # noqa: N818
    """Others have been writing to the database for so long that we gave up; nothing of ours was kept."""


class Writers:
    """The line of those who want to write to one database."""

    def __init__(self, seconds: float = LONGEST_WAIT_SECONDS) -> None:
        """`seconds` is how long anybody waits at most."""
        self._seconds = seconds
        self._book = Lock()
        self._line: deque[Event] = deque()
        self._writing: int | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Ours once all who came before are through; StillWriting where that takes too long."""
        if self._writing == get_ident():
            # It would wait for itself: what belongs together is one transaction.
            raise RuntimeError("A transaction was begun within a transaction of the same thread.")
        ours = self._lined_up()
        try:
            if not ours.wait(self._seconds):
                raise StillWriting(
                    f"The database has been busy with other changes for {self._seconds:.0f} seconds; "
                    "nothing of this one was kept. Try again in a moment."
                )
            self._writing = get_ident()
            yield
        finally:
            self._leave(ours)

    @property
    def waiting(self) -> int:
        """How many wait, without the one who writes."""
        return max(len(self._line) - 1, 0)

    def _lined_up(self) -> Event:
        ours = Event()
        with self._book:
            self._line.append(ours)
            if len(self._line) == 1:
                ours.set()
        return ours

    def _leave(self, ours: Event) -> None:
        with self._book:
            if self._writing == get_ident():
                self._writing = None
            was_first = self._line[0] is ours
            self._line.remove(ours)
            if was_first and self._line:
                self._line[0].set()
