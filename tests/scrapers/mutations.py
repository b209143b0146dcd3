"""Feeds damaged at random, always the same for the same seed; by hand: `python -m tests.scrapers.mutations 10000`.

Prints what the readings came to, the slowest ones, and the largest memory a child ever needed.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from scrapers.cage import Cage, Caged, ReaderFailed
from scrapers.model import Page, Problem, Source, page_of
from tests.shared import shared

SOURCE = Source("mutated", "feed", "https://gov.example.org/feed")
NOW = datetime(2026, 4, 2, 12, tzinfo=UTC)
LARGEST_SEED = 300_000
_MORSELS = (
    b"<!ENTITY a 'b'>", b"<![CDATA[", b"]]>", b"&#0;", b"&#xD800;", b"\x00", b"\xff\xfe", b"<item>", b"</item>", b"<entry ",
    b"xmlns:x='", b"<!--", b"-->", b"&amp;lt;script&amp;gt;", b"javascript:", b"99999-01-01", b"2026-02-30", b"\xed\xa0\x80",
    b"url(" * 50, b"<a " * 50, b"<div>" * 200, b"\xe2\x80\xae", b"<?xml version='1.0' encoding='utf-7'?>", b"{", b"]", b"\"",
)  # fmt: skip


def seeds() -> list[bytes]:
    """The corpus of bad feeds and the recorded good ones, without the very large."""
    found = [*sorted(shared("data", "badinputs", "feeds").iterdir()), *_recorded()]
    bodies = (path.read_bytes() for path in found if path.is_file())
    return [body for body in bodies if 0 < len(body) <= LARGEST_SEED]


def _recorded() -> list[Path]:
    return sorted(path for path in shared("data", "samples", "feeds").rglob("*") if path.is_file())


def mutated(number: int, among: list[bytes]) -> bytes:
    """Damaged feed `number`."""
    chance = random.Random(number)
    body = bytearray(chance.choice(among))
    for _ in range(chance.choice((1, 2, 4, 16, 64))):
        chance.choice(_DAMAGES)(body, chance, among)
    return bytes(body[:2_000_000])


def _somewhere(body: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(body) + 1)


def _flip(body: bytearray, chance: random.Random, _among: list[bytes]) -> None:
    if body:
        body[chance.randrange(len(body))] = chance.randrange(256)


def _cut(body: bytearray, chance: random.Random, _among: list[bytes]) -> None:
    at = _somewhere(body, chance)
    del body[at : at + chance.choice((1, 10, 1000, len(body)))]


def _repeat(body: bytearray, chance: random.Random, _among: list[bytes]) -> None:
    at = _somewhere(body, chance)
    body[at:at] = bytes(body[at : at + chance.randrange(1, 2000)]) * chance.randrange(1, 20)


def _insert(body: bytearray, chance: random.Random, _among: list[bytes]) -> None:
    at = _somewhere(body, chance)
    body[at:at] = chance.choice(_MORSELS) * chance.choice((1, 1, 1, 100))


def _splice(body: bytearray, chance: random.Random, among: list[bytes]) -> None:
    other = chance.choice(among)
    at, start = _somewhere(body, chance), chance.randrange(len(other))
    body[at:at] = other[start : start + chance.randrange(1, 5000)]


def _swap_tags(body: bytearray, chance: random.Random, _among: list[bytes]) -> None:
    tags = [
        b"title",
        b"link",
        b"id",
        b"guid",
        b"updated",
        b"pubDate",
        b"summary",
        b"description",
        b"entry",
        b"item",
    ]
    body[:] = bytes(body).replace(chance.choice(tags), chance.choice(tags), chance.randrange(1, 5))


_DAMAGES: tuple[Callable[[bytearray, random.Random, list[bytes]], None], ...] = (
    _flip,
    _cut,
    _repeat,
    _insert,
    _splice,
    _swap_tags,
)


def pages(numbers: Iterable[int]) -> Iterator[tuple[int, Page]]:
    """So many damaged pages."""
    among = seeds()
    for number in numbers:
        body = mutated(number, among)
        yield number, page_of(body, address=SOURCE.address, fetched_at=NOW, content_type="application/xml")


def outcome(cage: Cage, page: Page) -> str:
    """What became of a page: read, refused in words, stopped by the cage, or an exception nobody expected."""
    try:
        results = cage.read("feed", page, SOURCE)
    except ReaderFailed as error:
        return f"EXCEPTION {error}"
    except Caged as error:
        return f"stopped: {type(error).__name__}"
    fatal = [one.code for one in results if isinstance(one, Problem) and one.weight == "fatal"]
    return f"refused: {fatal[0]}" if fatal else "read"


def main(count: int, first: int = 0) -> None:
    """Read them all and say what came of it."""
    import resource

    found: Counter[str] = Counter()
    taken: list[tuple[float, int]] = []
    with Cage() as cage:
        for number, page in pages(range(first, first + count)):
            began = time.monotonic()
            what = outcome(cage, page)
            found[what] += 1
            taken.append((time.monotonic() - began, number))
            if what.startswith(("EXCEPTION", "stopped")):
                sys.stdout.write(f"{number}: {what}\n")
    taken.sort()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    lines = [f"{times:6} {what}" for what, times in found.most_common()]
    lines += [
        f"p50 {taken[count // 2][0]:.3f} s, p99 {taken[count * 99 // 100][0]:.3f} s",
        f"slowest {taken[-3:]}",
    ]
    sys.stdout.write("\n".join([*lines, f"largest child {peak} MB"]) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
