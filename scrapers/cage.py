"""Reads pages in child processes: whatever a page does to a parser, the parent goes on.

Children are started fresh (never forked), each serves some pages and is replaced. The parent's clock ends them,
their memory is limited by the system, and there are never more than `children` at a time.
"""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from scrapers.cage_errors import Caged, Died, ReaderFailed, TookTooLong
from scrapers.cage_messages import exchanged, packed
from scrapers.model import Json, Page, Result, Source, result_from_dict

__all__ = ["Cage", "Caged", "Died", "ReaderFailed", "TookTooLong"]

ROOT = Path(__file__).resolve().parent.parent
_START_SECONDS = 30.0
_SURROUNDINGS = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}


class _Child:
    """One process that reads pages."""

    def __init__(self, readers: str, memory_bytes: int, cpu_seconds: int) -> None:
        command = [sys.executable, "-P", "-m", "scrapers.cage_child", readers]
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
            [*command, str(memory_bytes), str(cpu_seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_SURROUNDINGS,
            bufsize=0,
        )
        self.pages_read = 0
        self.peak_bytes = 0
        try:
            self.ask([], _START_SECONDS)
        except BaseException:
            self.end()
            raise

    def ask(self, message: list[bytes], seconds: float) -> dict[str, Json]:
        """Its answer within so many seconds, or a Caged error."""
        assert self.process.stdin is not None and self.process.stdout is not None  # noqa: S101 - pipes
        reply = exchanged(self.process.stdin.fileno(), self.process.stdout.fileno(), message, seconds)
        self.pages_read += bool(message)
        self.peak_bytes = int(reply.get("peak", 0))
        return reply

    @property
    def alive(self) -> bool:
        """Whether it still waits for pages."""
        return self.process.poll() is None

    def end(self) -> None:
        """Stop it, whatever it does."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self.process.wait()


class Cage:
    """A few children that read pages, each replaced after `pages_per_child` pages, after every failure, and
    once it has needed half of its `memory_bytes`.
    """

    def __init__(
        self,
        *,
        seconds_per_page: float = 10.0,
        memory_bytes: int = 1 << 28,
        pages_per_child: int = 200,
        children: int = 2,
        readers: str = "scrapers.sources",
    ) -> None:
        self._seconds = seconds_per_page
        self._memory = memory_bytes
        self._pages_per_child = pages_per_child
        self._readers = readers
        self._idle: list[_Child] = []
        self._places = threading.BoundedSemaphore(children)

    def read(self, reader_key: str, page: Page, source: Source) -> list[Result]:
        """What the reader makes of the page, or a Caged error about this page."""
        asked = {"reader": reader_key, "page": page.to_dict(), "source": source.to_dict()}
        with self._a_child() as child:
            reply = child.ask(packed(asked, page.body), self._seconds)
            if "failure" in reply:
                raise ReaderFailed(f"The reader {reader_key!r} failed on this page: {reply['failure']}")
        return [result_from_dict(result) for result in reply["results"]]

    def close(self) -> None:
        """End the children that wait for pages."""
        while self._idle:
            self._idle.pop().end()

    def __enter__(self) -> "Cage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _a_child(self) -> Iterator[_Child]:
        """A child of our own; it comes back only where all went well."""
        with self._places:
            child = self._waiting() or self._started()
            try:
                yield child
            except BaseException:
                child.end()
                raise
            if child.pages_read >= self._pages_per_child or child.peak_bytes > self._memory // 2:
                child.end()
            else:
                self._idle.append(child)

    def _waiting(self) -> _Child | None:
        """The child that was used last, so that the others may be forgotten by the system's memory."""
        while True:
            try:
                child = self._idle.pop()
            except IndexError:
                return None
            if child.alive:
                return child
            child.end()

    def _started(self) -> _Child:
        # Should the parent be killed while a reader runs wild, the system ends the child when its seconds are used up.
        cpu_seconds = int(self._seconds * (self._pages_per_child + 1) + _START_SECONDS)
        return _Child(self._readers, self._memory, cpu_seconds)
