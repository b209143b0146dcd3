"""Reads everything that is due, several sources at a time: one that hangs holds up nobody else."""

import logging
from collections.abc import Callable
from threading import Condition, Event, Thread

log = logging.getLogger(__name__)

MOST_FAILURES = 20
"""Of one round: more than that and something is wrong with us, not with a source."""
LOOK_AGAIN_SECONDS = 5.0


class Round:
    """Readers that share a round; it is over when none of them reads and none finds anything to read."""

    def __init__(self, read_next: Callable[[], int], stopping: Event) -> None:
        """`read_next` reads some sources and says how many there were; it may raise, and then counts as a failure."""
        self.done = 0
        self._read_next = read_next
        self._stopping = stopping
        self._reading = 0
        self._finds = 0
        self._failures = 0
        self._changed = Condition()

    def go(self) -> None:
        """Read until the round is over."""
        while not self._over():
            seen = self._begin()
            found = self._read()
            self._end(found)
            if not found and not self._worth_waiting(seen):
                return

    def _over(self) -> bool:
        return self._stopping.is_set() or self._failures >= MOST_FAILURES

    def _begin(self) -> int:
        with self._changed:
            self._reading += 1
            return self._finds

    def _read(self) -> int:
        try:
            return self._read_next()
        except Exception:
            log.exception("reading a source failed; the next ones go on")
            with self._changed:
                self._failures += 1
                self.done -= 1
            return True

    def _end(self, found: int) -> None:
        with self._changed:
            self._reading -= 1
            self._finds += bool(found)
            self.done += found
            if found or not self._reading:
                self._changed.notify_all()

    def _worth_waiting(self, seen: int) -> bool:
        """Wait while others read: the host they read from may have more for us once they are through.

        Whoever looked and found nothing wakes nobody: readers that only look would keep each other looking for ever.
        """
        with self._changed:
            if self._reading and self._finds == seen:
                self._changed.wait(LOOK_AGAIN_SECONDS)
                return bool(self._reading) or self._finds != seen
            return self._finds != seen


def collect_all(read_next: Callable[[], int], readers: int, stopping: Event) -> int:
    """Read everything that is due with so many readers; how many sources were read without failure of our own."""
    round_ = Round(read_next, stopping)
    beside = [Thread(target=round_.go, name=f"reader-{number}") for number in range(2, readers + 1)]
    for thread in beside:
        thread.start()
    round_.go()
    for thread in beside:
        thread.join()
    return round_.done
