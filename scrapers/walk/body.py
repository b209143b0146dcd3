"""Takes a body in small steps: never more than allowed, neither as sent nor unpacked."""

import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress

import httpcore

from scrapers.walk.errors import Refused, TooLarge, Unreachable, WalkError

_AS_SENT = frozenset({"", "identity"})
_GZIP = frozenset({"gzip", "x-gzip"})
_STEP = 1 << 18
_NEAR = 1 << 16
_GZIP_WINDOW = 31


def bounded_body(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The unpacked body; TooLarge past `limit` bytes, Refused for any packing but a single gzip."""
    name = encoding.strip().lower()
    if name not in _AS_SENT | _GZIP:
        raise Refused(f"The page came packed as {name[:60]!r}, which was not asked for.")
    sent = _limited(chunks, limit)
    if name in _GZIP:
        return b"".join(_limited(_unpacked(sent), limit))
    return b"".join(sent)


def body_if_whole(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The unpacked body, or nothing where it is broken, too large or late: what it came with counts all the same."""
    with suppress(WalkError, httpcore.NetworkError, httpcore.ProtocolError):
        return bounded_body(chunks, encoding, limit)
    return b""


def beginning(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """At most `limit` unpacked bytes of a body, as far as they can be had; nothing where it is packed otherwise."""
    name = encoding.strip().lower()
    had: list[bytes] = []
    with suppress(WalkError, httpcore.NetworkError, httpcore.ProtocolError, zlib.error):
        sent = _limited(chunks, limit)
        for chunk in _unpacked(sent) if name in _GZIP else sent:
            had.append(chunk)
            if sum(map(len, had)) >= limit:
                break
    return b"".join(had)[:limit] if name in _AS_SENT | _GZIP else b""


def pass_over(chunks: Iterable[bytes]) -> bytes:
    """Read on to the end of a body nobody wants, if that is near; a broken one is left as it is. No bytes of it."""
    size = 0
    with suppress(WalkError, httpcore.NetworkError, httpcore.ProtocolError):
        for chunk in chunks:
            size += len(chunk)
            if size > _NEAR:
                break
    return b""


def _limited(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"The page is larger than {limit:,} bytes, so we stopped reading it.")
        yield chunk


def _unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(_GZIP_WINDOW)
    started = False
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if member.eof:
                    member = zlib.decompressobj(_GZIP_WINDOW)
                started = True
                yield member.decompress(rest, _STEP)
                rest = member.unused_data if member.eof else member.unconsumed_tail
        yield from _last_of(member)
    except zlib.error:
        raise Unreachable("The page came packed in a way that cannot be unpacked.") from None
    if started and not member.eof:
        raise Unreachable("The packed page was cut short.")


def _last_of(member: "zlib._Decompress") -> Iterator[bytes]:
    """What zlib still holds back after the last bytes were fed to it."""
    while not member.eof:
        more = member.decompress(member.unconsumed_tail, _STEP)
        if not more:
            return
        yield more
