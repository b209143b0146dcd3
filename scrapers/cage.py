"""Reads pages in child processes: whatever a page does to a parser, the parent goes on.

A child is started fresh (never forked), serves some pages and is replaced. The parent's clock ends it, its memory
is limited by the system, and both sides speak JSON: a length in eight bytes, then the text.
"""

import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from scrapers.model import Json, Page, Result, Source, result_from_dict

ROOT = Path(__file__).resolve().parent.parent
_LENGTH = struct.Struct(">Q")
_LONGEST_MESSAGE = 64 * 1024 * 1024
_START_SECONDS = 30.0
_STEP = 1 << 16


class Caged(Exception):  # noqa: N818
    """A page could not be read; only this page is lost, and the text says what happened."""


class TookTooLong(Caged):
    """The reader was stopped by the clock."""


class Died(Caged):
    """The child ended without an answer, for example because its memory was used up."""


class ReaderFailed(Caged):
    """The reader itself met something it was not written for."""


class Cage:
    """Children that read pages: one at a time, replaced after `pages_per_child` pages and after every failure."""

    def __init__(
        self,
        *,
        seconds_per_page: float = 10.0,
        memory_bytes: int = 1 << 30,
        pages_per_child: int = 50,
        readers: str = "scrapers.sources",
    ) -> None:
        self._seconds = seconds_per_page
        self._memory = memory_bytes
        self._pages_per_child = pages_per_child
        self._readers = readers
        self._child: subprocess.Popen[bytes] | None = None
        self._pages_read = 0
        self._turn = threading.Lock()

    def read(self, reader_key: str, page: Page, source: Source) -> list[Result]:
        """What the reader makes of the page, or a Caged error about this page."""
        asked = {"reader": reader_key, "page": page.to_dict(), "source": source.to_dict()}
        with self._turn:
            try:
                reply = self._ask(json.dumps(asked).encode("ascii"))
            except BaseException:
                self._end_child()
                raise
            self._pages_read += 1
            if self._pages_read >= self._pages_per_child or "failure" in reply:
                self._end_child()
        if "failure" in reply:
            raise ReaderFailed(f"The reader {reader_key!r} failed on this page: {reply['failure']}")
        return [result_from_dict(result) for result in reply["results"]]

    def close(self) -> None:
        """End the child, if there is one."""
        with self._turn:
            self._end_child()

    def __enter__(self) -> "Cage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, message: bytes) -> dict[str, Json]:
        child = self._child or self._started()
        return _exchange(child, _LENGTH.pack(len(message)) + message, self._seconds)

    def _started(self) -> subprocess.Popen[bytes]:
        # Should the parent be killed while a reader runs wild, the system ends the child when its seconds are used up.
        cpu_seconds = int(self._seconds * (self._pages_per_child + 1) + _START_SECONDS)
        limits = [str(self._memory), str(cpu_seconds)]
        command = [sys.executable, "-P", "-m", "scrapers.cage", self._readers, *limits]
        surroundings = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
            bufsize=0,
        )
        self._pages_read = 0
        _exchange(self._child, b"", _START_SECONDS)
        return self._child

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        child.wait()


def _exchange(child: subprocess.Popen[bytes], message: bytes, seconds: float) -> dict[str, Json]:
    """Write the message while reading the reply, both under one clock."""
    assert child.stdin is not None and child.stdout is not None  # noqa: S101 - both are pipes
    out, back = child.stdin.fileno(), child.stdout.fileno()
    os.set_blocking(out, False)
    end = time.monotonic() + seconds
    unsent, received = memoryview(message), bytearray()
    with selectors.DefaultSelector() as ready:
        ready.register(back, selectors.EVENT_READ)
        if message:
            ready.register(out, selectors.EVENT_WRITE)
        while not _complete(received):
            for key, _ in ready.select(_left(end, seconds)):
                if key.fd == back:
                    _receive(back, received)
                    continue
                unsent = _send(out, unsent)
                if not unsent:
                    ready.unregister(out)
    answer: dict[str, Json] = json.loads(bytes(received[_LENGTH.size :]))
    return answer


def _left(end: float, seconds: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TookTooLong(f"Reading the page took longer than {seconds:g} seconds, so it was stopped.")
    return left


def _send(out: int, unsent: memoryview) -> memoryview:
    try:
        return unsent[os.write(out, unsent[:_STEP]) :]
    except BrokenPipeError:
        raise Died("The process that read the page ended without an answer.") from None


def _receive(back: int, received: bytearray) -> None:
    more = os.read(back, _STEP)
    if not more:
        raise Died("The process that read the page ended without an answer; its memory may have run out.")
    received += more
    if len(received) > _LONGEST_MESSAGE:
        raise Died("What the reader made of the page is too long to be true.")


def _complete(received: bytearray) -> bool:
    if len(received) < _LENGTH.size:
        return False
    length: int = _LENGTH.unpack_from(received)[0]
    return len(received) >= _LENGTH.size + length


def _serve(readers: str, memory_bytes: int, cpu_seconds: int) -> None:
    """The child's side: answer pages until the parent hangs up."""
    requests, replies = _own_pipes()
    _limit(memory_bytes, cpu_seconds)
    from scrapers.sources import reader_keys

    _reply(replies, {"readers": list(reader_keys(readers))})
    while head := requests.read(_LENGTH.size):
        (length,) = _LENGTH.unpack(head)
        _reply(replies, _answered(readers, requests.read(length)))


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, moved away so that nothing a parser prints can get between the messages."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, replies


def _limit(memory_bytes: int, cpu_seconds: int) -> None:
    try:
        import resource
    except ImportError:  # a system without such limits still has the parent's clock
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def _answered(readers: str, message: bytes) -> dict[str, Json]:
    from scrapers.sources import reader_for

    try:
        asked = json.loads(message)
        page, source = Page.from_dict(asked["page"]), Source.from_dict(asked["source"])
        results = reader_for(asked["reader"], readers).read(page, source)
        return {"results": [result.to_dict() for result in results]}
    except Exception as error:  # noqa: BLE001 - whatever the reader met becomes a sentence for the parent
        return {"failure": f"{type(error).__name__}: {str(error)[:300]}"}


def _reply(replies: BinaryIO, answer: dict[str, Json]) -> None:
    text = json.dumps(answer).encode("ascii")
    replies.write(_LENGTH.pack(len(text)) + text)
    replies.flush()


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
