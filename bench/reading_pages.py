"""What reading 200 pages costs, in CPU-ms a page with child processes included, side by side in one run.

Bare httpx, one page after the other; the same with feedparser in the process; ours: every address vetted, every page
caged, judged, kept as evidence and proposed from, in SQLite, each page a source of its own. Pauses off.

Run: make bench, or python bench/reading_pages.py [rounds]
"""

import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
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
    """A fresh site whose sources are the pages; the clock goes on by a day with every round."""

    def __init__(self, folder: Path, base: str, kind: str) -> None:
        self.url = f"sqlite:///{folder / kind}.db"
        migrate(self.url)
        self.base, self.day = base, 0
        places = [
            SourceConfig(key=f"s{number}", reader="feed", address=f"{base}/{kind}/{number}", every_hours=12)
            for number in range(PAGES)
        ]
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
        if read != PAGES:
            raise SystemExit(f"{read} of {PAGES} pages were read; the figures mean nothing.")


def bare(base: str, kind: str, tags: dict[int, str], *, parse: bool = False) -> None:
    """Sequential httpx with one client; `tags` makes the requests conditional."""
    with httpx.Client(trust_env=False) as client:
        for number in range(PAGES):
            asked = {"If-None-Match": tags[number]} if number in tags else {}
            answer = client.get(f"{base}/{kind}/{number}", headers=asked)
            if kind == "tagged":
                tags[number] = answer.headers["etag"]
            if parse and answer.status_code == 200:
                feedparser.parse(answer.content)


def one_round(base: str, folder: Path) -> dict[str, float]:
    """Every way once, in turn."""
    tags: dict[int, str] = {}
    parsed: dict[int, str] = {}
    tagged, plain = Ours(folder, base, "tagged"), Ours(folder, base, "plain")
    return {
        "httpx, cold": cost(lambda: bare(base, "tagged", tags)),
        "httpx, unchanged (304)": cost(lambda: bare(base, "tagged", tags)),
        "httpx, unchanged (same bytes)": cost(lambda: bare(base, "plain", {})),
        "httpx and feedparser, cold": cost(lambda: bare(base, "tagged", parsed, parse=True)),
        "ours, cold": cost(tagged.read),
        "ours, unchanged (304)": cost(tagged.read),
        "ours, cold (no ETag)": cost(plain.read),
        "ours, unchanged (same bytes)": cost(plain.read),
    }


RATIOS = (
    ("cold", "ours, cold", "httpx and feedparser, cold"),
    ("unchanged (304)", "ours, unchanged (304)", "httpx, unchanged (304)"),
    ("unchanged (same bytes)", "ours, unchanged (same bytes)", "httpx, unchanged (same bytes)"),
)


def main(rounds: int) -> None:
    """Print the medians and the ratios."""
    with pages_served() as base, tempfile.TemporaryDirectory() as folder:
        measured = []
        for number in range(rounds):
            own = Path(folder) / str(number)
            own.mkdir()
            measured.append(one_round(base, own))
    middle = {name: median(one[name] for one in measured) for name in measured[0]}
    lines = [f"CPU-ms a page, {PAGES} pages, median of {rounds}:"]
    lines += [f"  {name:32} {value:6.2f}" for name, value in middle.items()]
    lines += [f"ratio {name:26} {middle[ours] / middle[theirs]:6.2f}" for name, ours, theirs in RATIOS]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
