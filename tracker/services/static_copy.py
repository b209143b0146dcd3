"""Writes the public site as files that any file server carries: pages, feeds, calendars, tables, the public log."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tracker.services.static_addresses import Addresses, file_of
from tracker.services.static_folder import Folder, Part, digest, written_beside
from tracker.services.static_rewrite import REWRITES, Words, redirect, says_the_same

BEGIN = (
    "/",
    "/sitemap.xml",
    "/robots.txt",
    "/log/checkpoint",
    "/log/key",
    "/log/entries",
    "/log/heads",
    "/data",
)
GONE = 410
TOLD_EVERY = 100


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the site answers to an address."""

    status: int
    kind: str
    """Of the content, without its encoding."""
    location: str
    chunks: Iterable[bytes]


@dataclass
class Copied:
    """How it went."""

    files: int = 0
    written: int = 0
    deleted: int = 0
    missing: list[str] = field(default_factory=list)
    """Addresses that something led to and that gave nothing."""


@dataclass(frozen=True)
class Site:
    """The site to copy: how its addresses are fetched and what the copy says of itself in each language."""

    fetch: Callable[[str], Fetched]
    addresses: Addresses
    words: Mapping[str, Words]
    """By language prefix; "" is the default language."""
    parts: Path
    """Where files are written before they have a name."""

    def said(self, address: str) -> Words:
        """The words for an address."""
        return self.words.get(address.split("/")[1].partition("?")[0], self.words[""])


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one address."""

    address: str
    part: Part | None
    """The file; none where the address gives nothing."""
    leads: tuple[str, ...] = ()
    rewritten: bool = False
    """It may hold the day of printing, which alone is no change."""


def answer(site: Site, address: str) -> Answer:
    """Fetch one address and write what it gives, with links that lead to files."""
    got = site.fetch(address)
    if got.location:
        found = redirect(address, got.location, site.addresses)
    elif got.status not in (200, GONE) or (got.status == GONE and got.kind != "text/html"):
        return Answer(address, None)
    elif got.kind in REWRITES:
        found = REWRITES[got.kind](b"".join(got.chunks), address, site.addresses, site.said(address))
    else:
        return Answer(address, written_beside(site.parts, got.chunks))
    return Answer(address, written_beside(site.parts, [found.body]), tuple(found.addresses), rewritten=True)


def copy_site(
    ask: Callable[[str], Callable[[], Answer]],
    at_once: int,
    folder: Folder,
    languages: Iterable[str],
    told: Callable[[Copied], None],
) -> Copied:
    """Follow every link from the front page on; what an earlier copy holds and this one does not is deleted last.

    `ask` begins with an address and gives what waits for its answer; up to `at_once` are under way.
    """
    done, seen = Copied(), set[int]()

    def join(addresses: Iterable[str]) -> None:
        for address in addresses:
            sign = digest(address)
            if sign not in seen:
                seen.add(sign)
                folder.ahead(address)

    join(BEGIN)
    join(f"/{code}/" for code in languages)
    for got in _answers(ask, at_once, folder):
        _take(folder, got, done)
        join(got.leads)
        done.written, done.deleted = folder.written, folder.deleted
        if done.files % TOLD_EVERY == 0:
            told(done)
    folder.drop_others()
    done.written, done.deleted = folder.written, folder.deleted
    told(done)
    return done


def _answers(ask: Callable[[str], Callable[[], Answer]], at_once: int, folder: Folder) -> Iterator[Answer]:
    """The answers in the order of the line, which may grow with each of them."""
    under_way: deque[Callable[[], Answer]] = deque()
    while True:
        for address in folder.lined_up(at_once - len(under_way)):
            under_way.append(ask(address))
        if not under_way:
            return
        yield under_way.popleft()()


def _take(folder: Folder, got: Answer, done: Copied) -> None:
    if got.part is not None:
        folder.keep(file_of(got.address), got.part, says_the_same if got.rewritten else None)
        done.files += 1
        return
    folder.drop(file_of(got.address))
    if got.address not in BEGIN and len(done.missing) < TOLD_EVERY:
        done.missing.append(got.address)
