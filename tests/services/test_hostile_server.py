"""A server that does everything wrong stands beside a good source: that one is read, and each wrong is told."""

import importlib.util
import resource
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from scrapers.cage import Cage
from scrapers.walk import Gate
from tests.services.register import Clock, running_register
from tests.services.reviewed import rows
from tests.shared import shared
from tracker.config import SourceConfig
from tracker.services.collect import collect_one
from tracker.services.keep_sources import keep_sources
from tracker.storage.engine import Database
from tracker.storage.tables import Source

ASKED = {
    "big": "?mb=20",
    "drip": "?ms=100",
    "redirect": "?to=http://169.254.169.254/",
    "ctype": "?t=application/rss+xml",
}
READABLE = frozenset(
    {"ok", "index", "cookies", "redirect-chain", "vanish", "flap", "etag-lie", "ctype", "charset", "long"}
)
"""Odd but fit to read, at least at times; of the others nothing can be believed."""
MOST_MEMORY = 300 * 1024 * 1024


@pytest.fixture
def hostile() -> Iterator[Any]:
    spec = importlib.util.spec_from_file_location("hostile_http", shared("tools", "hostile_http.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = module.Server().start()
    yield server
    server.stop()


def _routes(server: Any) -> list[str]:
    return [name[2:].replace("_", "-") for name in dir(server) if name.startswith("r_")]


def _collect(database: Database, cage: Cage, clock: Clock, hosts: list[str], key: str) -> None:
    """Each with a gate of its own: what a host did to us once must not excuse it from the next wrong."""
    gate = Gate(
        user_agent="Answerby-Test/1",
        clock=clock,
        allow_hosts=hosts,
        deadline_seconds=0.7,
        max_bytes=1024 * 1024,
        pause_seconds=0,
    )
    collect_one(database, gate, cage, clock, only=key)
    gate.close()


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_good_source_is_read_beside_a_server_that_does_everything_wrong(
    sqlite_url: str, cage: Cage, hostile: Any
) -> None:
    database, clock = Database(sqlite_url), Clock()
    routes = _routes(hostile)
    assert len(routes) >= 34
    with running_register() as register:
        register.put("/good", hostile.__class__.send.__defaults__[0], Content_Type="application/rss+xml")
        wanted = [
            SourceConfig(key=name, reader="feed", address=f"{hostile.url}/{name}{ASKED.get(name, '')}")
            for name in routes
        ]
        wanted.insert(
            len(wanted) // 2, SourceConfig(key="the-good-one", reader="feed", address=f"{register.base}/good")
        )
        with database.writing() as session:
            keep_sources(session, wanted)
        threads, memory = _threads(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        hosts = [register.host, hostile.url.removeprefix("http://")]
        for one in wanted:
            _collect(database, cage, clock, hosts, one.key)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) * 1024
    assert grown < MOST_MEMORY
    assert _threads() <= threads
    found = {one.key: one for one in rows(database, Source)}
    assert found["the-good-one"].broken_since_at is None and found["the-good-one"].entries_last == 1
    silent = {
        key: one.problem
        for key, one in found.items()
        if one.problem and not one.problem.startswith("Our reader")
    }
    assert silent == {}
    believed = {key for key, one in found.items() if not one.problem} - {"the-good-one"}
    assert believed <= READABLE, believed - READABLE
    assert {"hang", "drip", "endless", "short", "chunk-cut", "redirect", "status", "garbage"} <= set(
        found
    ) - believed
    database.close()


def _threads() -> int:
    """Those that this process would have to wait for."""
    return sum(not one.daemon for one in threading.enumerate())
