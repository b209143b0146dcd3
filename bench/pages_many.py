"""How long pages take on sites of different sizes, made anew and repeated, on both databases; figures of one run.

Run: python bench/pages_many.py [1000 20000 1000000]   (a million: half an hour and 10 GB)
     python bench/pages_many.py --sqlite 1000 20000
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import event

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.filled.many import fill
from bench.filled.shapes import NOW
from tests.postgres import running_server
from tracker.config import Config
from tracker.storage.engine import Database
from tracker.storage.migrate import migrate
from tracker.web.app import create_app
from tracker.web.site import Site

PAGES = {
    "home": "/",
    "overdue": "/overdue",
    "a body": "/bodies/body-77",
    "the largest body": "/bodies/body-1",
    "an item": "/items/item-777",
    "calendar": "/calendar",
    "a month of it": "/calendar?month=2027-01",
    "bodies": "/bodies",
    "processes": "/processes",
    "a process": "/processes/process-5",
    "search": "/search?q=measure",
    "log": "/events",
}
ROUNDS = 5
MOST_SECONDS = 10.0
"""A page that takes longer is measured once."""


def opened(database: Database, megabytes: int) -> FlaskClient:
    """A reader of the site of a database, with so much memory for pages."""
    config = Config()
    site = replace(config.site, recheck_days=3650)
    config = replace(config, web=replace(config.web, page_cache_mb=megabytes), site=site)
    return create_app(Site(config, database, lambda: NOW)).test_client()


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    said: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(database.engine, "before_cursor_execute", listen)
    yield said
    event.remove(database.engine, "before_cursor_execute", listen)


def milliseconds(client: FlaskClient, address: str) -> float:
    """The median of some rounds; the first one, which also fills caches of statements, is left out."""
    taken: list[float] = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        taken.append(time.perf_counter() - began)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
        if sum(taken) > MOST_SECONDS:
            break
    return 1000 * median(taken[1:] or taken)


def measured(database: Database) -> dict[str, tuple[float, float, int, int]]:
    """By page: milliseconds anew, repeated; statements; bytes sent."""
    anew, kept = opened(database, 0), opened(database, 32)
    found = {}
    for name, address in PAGES.items():
        changed, repeated = milliseconds(anew, address), milliseconds(kept, address)
        with counting(database) as said:
            sent = len(anew.get(address, headers={"Accept-Encoding": "gzip"}).data)
        found[name] = (changed, repeated, len(said), sent)
    return found


def show(kind: str, figures: dict[int, dict[str, tuple[float, float, int, int]]]) -> None:
    """A table: a line for each page and size, with how much longer it takes than on the smallest site."""
    print(
        f"\n{kind}\n{'page':20}{'owed':>10}{'anew ms':>10}{'x':>7}{'again ms':>10}{'queries':>9}{'bytes':>8}"
    )
    least = min(figures)
    for name in PAGES:
        for size, pages in figures.items():
            anew, again, queries, sent = pages[name]
            ratio = anew / figures[least][name][0]
            print(f"{name:20}{size:10}{anew:10.1f}{ratio:7.1f}{again:10.2f}{queries:9}{sent:8}", flush=True)


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 20_000])
    parser.add_argument("--sqlite", action="store_true", help="SQLite only")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        urls = {"SQLite": lambda size: f"sqlite:///{folder}/{size}.db"}
        if not given.sqlite:
            server = stack.enter_context(running_server())
            urls["PostgreSQL"] = lambda size: server.create(f"filled_{size}")
        for kind, url_of in urls.items():
            figures = {}
            for size in sorted(given.sizes):
                url = url_of(size)
                migrate(url)
                database = Database(url)
                began = time.perf_counter()
                fill(database, size)
                print(f"{kind}: {size} filled in {time.perf_counter() - began:.0f} s", flush=True)
                figures[size] = measured(database)
                database.close()
            show(kind, figures)


if __name__ == "__main__":
    main()
