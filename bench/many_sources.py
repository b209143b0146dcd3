"""A thousand sources due in the same hour: how much memory the worker and its children need to read them all.

The pages are local, each source's host is a name of its own, pauses are off. Run: make bench
"""

import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from served.local_pages import PAGES, pages_served

from scrapers.walk import Gate
from tracker import jobs
from tracker.compose import compose
from tracker.config import Config, Database, Fetch, SourceConfig
from tracker.storage.migrate import migrate

SOURCES = 1000


def main() -> None:
    """Read them all in one round of the worker, and print the figures."""
    with pages_served() as base, tempfile.TemporaryDirectory() as folder:
        port = urlsplit(base).port
        hosts = [f"gov{number}.example.org:{port}" for number in range(SOURCES)]
        places = tuple(
            SourceConfig(key=f"s{number}", reader="feed", address=f"http://{host}/tagged/{number % PAGES}")
            for number, host in enumerate(hosts)
        )
        url = f"sqlite:///{Path(folder) / 'site.db'}"
        migrate(url)
        config = replace(
            Config(), database=Database(url), fetch=Fetch(allow_hosts=tuple(hosts)), sources=places
        )
        composed = compose(config)
        composed.__dict__["gate"] = Gate(
            user_agent="Answerby (bench)",
            clock=composed.now,
            allow_hosts=hosts,
            pause_seconds=0,
            resolver=lambda host, port: ["127.0.0.1"],
        )
        _measured(composed, Path(folder))


def _measured(composed: object, folder: Path) -> None:
    before, began = _peak(resource.RUSAGE_SELF), time.monotonic()
    read = jobs.collect_now(composed)  # type: ignore[arg-type]
    took = time.monotonic() - began
    composed.cage.close()  # type: ignore[attr-defined]
    worker, child = _peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN)
    database = sum(file.stat().st_size for file in folder.glob("site.db*"))
    sys.stdout.write(
        f"{read} of {SOURCES} sources in {took:.0f} s; worker {before} MB before, {worker} MB at most; "
        f"largest child {child} MB, two at a time: {worker + 2 * child} MB together; "
        f"database {database / 1e6:.0f} MB ({database // SOURCES} bytes a source)\n"
    )
    if read != SOURCES:
        raise SystemExit("Not every source was read.")


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


if __name__ == "__main__":
    main()
