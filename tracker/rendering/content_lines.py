"""Content lines of a calendar (RFC 5545, section 3.1): a name, its value escaped, folded at 75 octets."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

END = b"\r\n"
LONGEST = 75
"""Octets of a line without its end."""
_BACKSLASH = ord("\\")


def content_line(name: str, value: str) -> bytes:
    """One property, folded; `name` with its parameters, `value` as it is to stand there."""
    return (END + b" ").join(_folds(f"{name}:{value}".encode())) + END


def text(said: str) -> str:
    """A value of type TEXT."""
    return said.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def day(on: date) -> str:
    """A value of type DATE."""
    return on.isoformat().replace("-", "")


def instant(at: datetime) -> str:
    """A value of type DATE-TIME in UTC, whole seconds."""
    whole = at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return f"{whole.isoformat().replace('-', '').replace(':', '')}Z"


def _folds(line: bytes) -> Iterator[bytes]:
    """A space begins every line but the first, and is one of its octets."""
    begin, room = 0, LONGEST
    while len(line) - begin > room:
        end = _whole(line, begin, begin + room)
        yield line[begin:end]
        begin, room = end, LONGEST - 1
    yield line[begin:]


def _whole(line: bytes, begin: int, end: int) -> int:
    """Where a line may end at the latest: neither within a character nor within what is escaped."""
    while line[end] & 0xC0 == 0x80:
        end -= 1
    slashes = 0
    while end - slashes > begin and line[end - slashes - 1] == _BACKSLASH:
        slashes += 1
    return end - slashes % 2
