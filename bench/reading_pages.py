"""What reading 200 pages costs, in CPU-ms a page with child processes included, side by side in one run.

The pages: 200 feeds of 20 to 60 KB (41 on average), RSS and Atom in turn, 31 entries each on average, with markup.
All of them are read by feedparser, theirs with its usual settings, ours without its sanitising and its completing of
links: markup becomes plain text and links are vetted by what follows, and the XML is checked before.
They are served on this machine, one host, pauses off, by a process whose time is not counted.

Compared: bare httpx one page after the other, once with a client for each page (`httpx.get`) and once with one client
kept open; the same with feedparser in the process; ours, with every address vetted, every page caged, judged, kept as
evidence and proposed from, in SQLite: as 200 sources of one page each, and as one source of 200 pages.

Each way: cold; unchanged, where the site says so (304); unchanged, where it sends the same bytes again. A client for
each page is measured with the certificates loaded once, and as `httpx.get` does it, anew for each page. Rounds
alternate between all ways; the median is given. Ours starts its cage anew each time, so that its start is counted.

Run: make bench, or python bench/reading_pages.py [rounds]
"""

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

import feedparser
import httpx
from served.local_pages import PAGES, pages_served

from scrapers.cage import Cage
from scrapers.walk import Gate
from tracker.config import SourceConfig
from tracker.services.collect import collect_some
from tracker.services.keep_sources import keep_sources
from tracker.storage.engine import Database
from tracker.storage.migrate import migrate

Section = Callable[[], None]
START = datetime(2026, 6, 20, 9, tzinfo=UTC)


def cpu_seconds() -> float:
    """Used so far, by this process and by its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def cost(section: Section) -> float:
    """CPU-ms a page."""
    before = cpu_seconds()
    section()
    return (cpu_seconds() - before) * 1000 / PAGES


class Ours:
    """A fresh site and what it reads; the clock goes on by a day with every round."""

    def __init__(self, folder: Path, base: str, name: str, places: list[SourceConfig]) -> None:
        self.url = f"sqlite:///{folder / name}.db"
        migrate(self.url)
        self.base, self.day, self.expected = base, 0, len(places)
        self.database = Database(self.url)
        with self.database.writing() as session:
            keep_sources(session, places)

    def read(self) -> None:
        """Everything that is due, in a process that just started: gate and cage are new."""
        now = START + timedelta(days=self.day)
        self.day += 1
        host = self.base.removeprefix("http://")
        gate = Gate(user_agent="Answerby (bench)", clock=lambda: now, allow_hosts=[host], pause_seconds=0)
        read = 0
        with Cage() as cage:
            while some := collect_some(self.database, gate, cage, lambda: now, stopped=lambda: False):
                read += some
        gate.close()
        if read != self.expected:
            raise SystemExit(f"{read} of {self.expected} sources were read; the figures mean nothing.")


def many(base: str, kind: str) -> list[SourceConfig]:
    """Each page a source of its own."""
    return [
        SourceConfig(key=f"s{number}", reader="feed", address=f"{base}/{kind}/{number}", every_hours=12)
        for number in range(PAGES)
    ]


def one(base: str, kind: str) -> list[SourceConfig]:
    """All pages in one source: a table in 200 pages, each of which leads to the next."""
    fields = {"title": "a", "link": "a@href"}
    options = {"rows": "li", "fields": fields, "key": "link", "kind": "update", "next": "a.next@href"}
    address = f"{base}/list-{kind}/0"
    return [SourceConfig(key="one", reader="listing", address=address, every_hours=12, options=options)]


def asked(url: str, headers: dict[str, str], client: httpx.Client | None, secrets: object) -> httpx.Response:
    """A page over the kept client, or over one of its own."""
    if client is not None:
        return client.get(url, headers=headers)
    return httpx.get(url, headers=headers, verify=secrets, trust_env=False)  # type: ignore[arg-type]


def bare(
    base: str, kind: str, tags: dict[int, str], *, kept: bool = True, loaded: bool = True, parse: bool = False
) -> None:
    """Sequential httpx; `tags` makes the requests conditional, `loaded` has the certificates loaded once."""
    secrets: object = httpx.create_ssl_context(trust_env=False) if loaded else True
    client = httpx.Client(trust_env=False, verify=secrets) if kept else None  # type: ignore[arg-type]
    for number in range(PAGES):
        condition = {"If-None-Match": tags[number]} if number in tags else {}
        answer = asked(f"{base}/{kind}/{number}", condition, client, secrets)
        if "etag" in answer.headers:
            tags[number] = answer.headers["etag"]
        if parse and answer.status_code == 200:
            feedparser.parse(answer.content)
    if client is not None:
        client.close()


def theirs(base: str) -> Iterator[tuple[str, float]]:
    """What the libraries cost by themselves."""
    for name, kept in (("client kept", True), ("client a page", False)):
        tags: dict[int, str] = {}
        tagged, plain = (
            partial(bare, base, "tagged", tags, kept=kept),
            partial(bare, base, "plain", {}, kept=kept),
        )
        yield f"httpx, {name}: cold", cost(tagged)
        yield f"httpx, {name}: 304", cost(tagged)
        yield f"httpx, {name}: same bytes", cost(plain)
        yield f"httpx and feedparser, {name}: cold", cost(partial(plain, parse=True))
    yield "httpx.get as it is: cold", cost(lambda: bare(base, "plain", {}, kept=False, loaded=False))


def ours(base: str, folder: Path) -> Iterator[tuple[str, float]]:
    """What ours costs in both shapes."""
    for shape, places in (("200 sources", many), ("one source", one)):
        for kind, unchanged in (("tagged", "304"), ("plain", "same bytes")):
            site = Ours(folder, base, f"{shape[:3]}-{kind}", places(base, kind))
            yield f"ours, {shape}: cold ({kind})", cost(site.read)
            yield f"ours, {shape}: {unchanged}", cost(site.read)
            site.database.close()


def ratios(middle: dict[str, float]) -> Iterator[str]:
    """Ours over theirs, for both kinds of client."""
    for client in ("client kept", "client a page"):
        yield _ratio(middle, "200 sources: cold (tagged)", f"httpx and feedparser, {client}: cold")
        for shape in ("200 sources", "one source"):
            for unchanged in ("304", "same bytes"):
                yield _ratio(middle, f"{shape}: {unchanged}", f"httpx, {client}: {unchanged}")


def _ratio(middle: dict[str, float], our: str, their: str) -> str:
    return f"  {our:28} over {their:40} {middle[f'ours, {our}'] / middle[their]:6.2f}"


def main(rounds: int) -> None:
    """Print the medians and the ratios."""
    with pages_served() as base, tempfile.TemporaryDirectory() as folder:
        measured: list[dict[str, float]] = []
        for number in range(rounds):
            own = Path(folder) / str(number)
            own.mkdir()
            measured.append(dict(theirs(base)) | dict(ours(base, own)))
    middle = {name: median(each[name] for each in measured) for name in measured[0]}
    lines = [f"CPU-ms a page, {PAGES} pages, median of {rounds}:"]
    lines += [f"  {name:44} {value:6.2f}" for name, value in middle.items()]
    lines += ["Ratios:", *ratios(middle)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
