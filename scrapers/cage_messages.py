"""How parent and child speak: two lengths in eight bytes each, then JSON, then a page's bytes as they are."""

import json
import os
import selectors
import struct
import time
from collections.abc import Callable, Mapping
from typing import BinaryIO

from scrapers.cage_errors import Died, TookTooLong
from scrapers.model import Json

_LENGTHS = struct.Struct(">QQ")
_LONGEST_MESSAGE = 64 * 1024 * 1024
_STEP = 1 << 18


def packed(data: Mapping[str, Json], body: bytes = b"") -> list[bytes]:
    """A message in the pieces it is sent in; the body is not copied."""
    text = json.dumps(data, separators=(",", ":")).encode("ascii")
    return [_LENGTHS.pack(len(text), len(body)) + text, body]


def received(pipe: BinaryIO) -> tuple[dict[str, Json], bytes] | None:
    """The next message from a pipe, waiting for it; None when the other side has hung up."""
    head = pipe.read(_LENGTHS.size)
    if len(head) < _LENGTHS.size:
        return None
    text, body = _LENGTHS.unpack(head)
    return json.loads(pipe.read(text)), pipe.read(body)


def exchanged(out: int, back: int, message: list[bytes], seconds: float) -> dict[str, Json]:
    """Write a message while reading the reply, both under one clock; TookTooLong or Died where none comes."""
    os.set_blocking(out, False)
    left = _clock(seconds)
    unsent, reply = [memoryview(piece) for piece in message if piece], bytearray()
    with selectors.DefaultSelector() as ready:
        ready.register(back, selectors.EVENT_READ)
        if unsent:
            ready.register(out, selectors.EVENT_WRITE)
        while not _complete(reply):
            for key, _ in ready.select(left()):
                if key.fd == back:
                    _receive(back, reply)
                elif not _send(out, unsent):
                    ready.unregister(out)
    answer: dict[str, Json] = json.loads(memoryview(reply)[_LENGTHS.size :].tobytes())
    return answer


def _clock(seconds: float) -> Callable[[], float]:
    end = time.monotonic() + seconds

    def left() -> float:
        remaining = end - time.monotonic()
        if remaining <= 0:
            raise TookTooLong(f"Reading the page took longer than {seconds:g} seconds, so it was stopped.")
        return remaining

    return left


def _send(out: int, unsent: list[memoryview]) -> bool:
    """Send what the pipe takes; whether anything is left."""
    try:
        unsent[0] = unsent[0][os.write(out, unsent[0][:_STEP]) :]
    except BrokenPipeError:
        raise Died("The process that read the page ended without an answer.") from None
    if not unsent[0]:
        del unsent[0]
    return bool(unsent)


def _receive(back: int, reply: bytearray) -> None:
    more = os.read(back, _STEP)
    if not more:
        raise Died("The process that read the page ended without an answer; its memory may have run out.")
    reply += more
    if len(reply) > _LONGEST_MESSAGE:
        raise Died("What the reader made of the page is too long to be true.")


def _complete(reply: bytearray) -> bool:
    if len(reply) < _LENGTHS.size:
        return False
    text: int = _LENGTHS.unpack_from(reply)[0]
    return len(reply) >= _LENGTHS.size + text
