"""What reading a source needs and what it brings: its pages, where they led and what they said."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urldefrag

from scrapers.guards import Counts, count
from scrapers.model import Finding, Follow, Page, Problem, Result, Seen, Source
from scrapers.rows.further import FURTHER


class Gate(Protocol):
    """The one way out; see `scrapers.walk`."""

    def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        state: Mapping[str, object] | None = None,
        verify_tls: bool = True,
    ) -> Page:
        """A page, or a WalkError."""


class Cage(Protocol):
    """Where pages are read; see `scrapers.cage`."""

    def read(self, reader_key: str, page: Page, source: Source) -> list[Result]:
        """What a page says, or a Caged error."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an address returned before."""

    body: bytes
    headers: Mapping[str, object]
    content_type: str = ""
    sha256: str = ""
    """Of the body, where that is not at hand; see `Means.body_of`."""

    def header(self, name: str) -> str:
        """A header's value as it was sent; empty where there was none."""
        return next((str(value) for key, value in self.headers.items() if key.lower() == name), "")


@dataclass(slots=True)
class Visit:
    """One page on the way: what it said, which pages it led to, and whether it could be read at all."""

    address: str
    parent: int | None = None
    page: Page | None = None
    results: list[Result] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    mark: str = ""
    """Of all that a reader could see of the page."""
    read_well: bool = False
    failure: str = ""
    """Why no page came."""
    status: int = 0
    """What the site answered where it sent no page; 0 where it answered nothing."""
    said: Page | None = None
    """What it sent in place of a page that is gone."""
    skipped: bool = False
    """The page is as it was: it led where it led before, and was not parsed."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address asked for and the one it ended at."""
        return (self.address, self.page.final_address) if self.page else (self.address,)

    @property
    def follows(self) -> list[Follow]:
        """The pages this one leads to."""
        return [result for result in self.results if isinstance(result, Follow)]


@dataclass(frozen=True, slots=True)
class Traced:
    """One page of an earlier reading: its mark, where it led, and what the site is to be asked with next time."""

    mark: str
    follows: list[Follow]
    known: Known


@dataclass(frozen=True, slots=True)
class Trace:
    """What an earlier reading left, by address; and the run that kept it."""

    pages: Mapping[str, Traced]
    run_id: int


@dataclass(slots=True)
class Reading:
    """All that one reading of a source brought; `failure` where it could not be finished."""

    source: Source
    visits: list[Visit] = field(default_factory=list)
    failure: str = ""
    only_watched: bool = False
    """The source's own first page was not among what was read."""
    retry_after_seconds: float = 0.0
    passing: bool = False
    """What ended it may pass by itself: the site was down, too slow, or asked for patience."""
    rests_on: int = 0
    """The run whose pages are all as they were; 0 where anything was read anew."""

    def findings(self) -> Iterator[tuple[Visit, Finding]]:
        """What was found, and where."""
        return (
            (visit, result)
            for visit in self.visits
            for result in visit.results
            if isinstance(result, Finding)
        )

    def problems(self) -> Iterator[tuple[Visit, Problem]]:
        """What could not be read, and where."""
        return (
            (visit, result)
            for visit in self.visits
            for result in visit.results
            if isinstance(result, Problem)
        )

    def counts(self) -> Counts:
        """How much the source's own pages led to, for the guards; what is read anyway must not hide a lost listing."""
        return count(self.own_results())

    def own_results(self) -> list[Result]:
        """What the source's own pages say, without those that are read because somebody waits for an answer."""
        own = (visit for visit in self.visits if self._begins_at(visit) is self.visits[0])
        return [result for visit in own for result in visit.results]

    def parts(self) -> int:
        """Over how many pages the source's own list goes on; one that came and holds nothing is not counted."""
        further = {
            plain(one.address)
            for visit in self.visits
            for one in visit.follows
            if one.state.get("page") == FURTHER
        }
        listed = (one for one in self.visits if one is self.visits[0] or one.address in further)
        return sum(
            one.page is None or any(isinstance(found, Finding | Seen) for found in one.results)
            for one in listed
        )

    def _begins_at(self, visit: Visit) -> Visit:
        while visit.parent is not None:
            visit = self.visits[visit.parent]
        return visit

    def trail(self, visit: Visit) -> tuple[str, ...]:
        """The addresses of a page and of those that led to it."""
        found: list[str] = []
        here: Visit | None = visit
        while here is not None:
            found += here.addresses
            here = self.visits[here.parent] if here.parent is not None else None
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Means:
    """What reading needs: the gate, the cage, what was read before, and whether the source is still ours."""

    gate: Gate
    cage: Cage
    known: Callable[[str], Known | None]
    still_ours: Callable[[], None] = lambda: None
    before: Callable[[str], Known | None] = lambda _address: None
    """What an address returned when it was last read well, for readers that compare."""
    body_of: Callable[[str], bytes] = lambda _sha256: b""
    """The bytes that were kept under a SHA-256."""
    trace: Trace | None = None


def plain(address: str) -> str:
    """An address without the place on its page."""
    return urldefrag(address).url
