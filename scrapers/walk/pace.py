"""Keeps us polite: one connection to a host at a time, and a pause after each."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scrapers.walk.errors import Backoff

LONGEST_PAUSE = 60.0


class _Turn:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.free_at = float("-inf")


class Pace:
    """Gives out turns at a host; `pause_seconds` lie between the end of one and the start of the next."""

    def __init__(
        self,
        pause_seconds: float,
        longest_wait_seconds: float = 300.0,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._pause = pause_seconds
        self._longest_wait = longest_wait_seconds
        self._monotonic = monotonic
        self._sleep = sleep
        self._turns: defaultdict[str, _Turn] = defaultdict(_Turn)
        self._book = threading.Lock()

    @contextmanager
    def turn(self, host_and_port: str, asked_pause: float = 0.0) -> Iterator[None]:
        """The host is ours until the block ends; Backoff where others do not let go of it."""
        with self._book:
            turn = self._turns[host_and_port]
        if not turn.lock.acquire(timeout=self._longest_wait):
            raise Backoff(f"Other readings of {host_and_port} took too long; ours waits.", self._longest_wait)
        try:
            self._wait_until(turn.free_at)
            yield
        finally:
            pause = max(self._pause, min(asked_pause, LONGEST_PAUSE))
            turn.free_at = self._monotonic() + pause
            turn.lock.release()

    def _wait_until(self, moment: float) -> None:
        wait = moment - self._monotonic()
        if wait > 0:
            self._sleep(wait)
