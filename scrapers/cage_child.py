"""The child's side of the cage: `python -m scrapers.cage_child`; answers pages until the parent hangs up."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from scrapers.cage_messages import packed, received
from scrapers.model import Json, Page, Source


def serve(readers: str, memory_bytes: int, cpu_seconds: int) -> None:
    """Say which readers there are, then answer page after page."""
    requests, replies = _own_pipes()
    _limit(memory_bytes, cpu_seconds)
    from scrapers.sources import reader_keys

    _reply(replies, {"readers": list(reader_keys(readers))})
    while message := received(requests):
        _reply(replies, _answered(readers, *message) | {"peak": _peak_bytes()})


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
    # Data is what a parser can fill; the address space holds the program and its libraries besides.
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_AS, (2 * memory_bytes, 2 * memory_bytes))


def _peak_bytes() -> int:
    """The most memory this program ever held: not what `getrusage` says, which begins with the parent's."""
    try:
        with Path("/proc/self/status").open("rb") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith(b"VmHWM:"))
    except (OSError, StopIteration):
        return _peak_by_usage()


def _peak_by_usage() -> int:
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _answered(readers: str, asked: dict[str, Json], body: bytes) -> dict[str, Json]:
    from scrapers.sources import reader_for

    try:
        page, source = Page.from_dict(asked["page"], body), Source.from_dict(asked["source"])
        results = reader_for(asked["reader"], readers).read(page, source)
        return {"results": [result.to_dict() for result in results]}
    except Exception as error:  # noqa: BLE001 - whatever the reader met becomes a sentence for the parent
        return {"failure": f"{type(error).__name__}: {str(error)[:300]}"}


def _reply(replies: BinaryIO, answer: dict[str, Json]) -> None:
    replies.writelines(packed(answer))
    replies.flush()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
