"""Several collectors, real processes, one database: each source once, and nothing half-kept when one is killed."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from tests.services.register import Register, running_register
from tracker.config import SourceConfig
from tracker.domain.words import FindingState, RunState
from tracker.services.keep_sources import keep_sources
from tracker.storage.engine import Database
from tracker.storage.tables import Finding, Page, Run, Source

ROOT = Path(__file__).resolve().parents[2]
ENTRY = (
    "<item><guid>{0}</guid><title>Entry {0}</title><pubDate>Mon, 05 Jan 2026 09:00:00 GMT</pubDate></item>"
)
SOURCES, ENTRIES = 8, 5


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    opened = Database(postgres_url)
    yield opened
    opened.close()


@pytest.fixture
def register() -> Iterator[Register]:
    with running_register() as served:
        for number in range(SOURCES):
            entries = "".join(ENTRY.format(f"{number}-{entry}") for entry in range(ENTRIES))
            served.put(
                f"/{number}", f'<rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'
            )
        yield served


def configured(database: Database, register: Register) -> None:
    wanted = [
        SourceConfig(key=f"s{n}", reader="feed", address=f"{register.base}/{n}") for n in range(SOURCES)
    ]
    with database.writing() as session:
        keep_sources(session, wanted)


def worker(database: Database, register: Register) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.services.collecting_worker", database.url, register.host]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def rows(database: Database, table: Any) -> list[Any]:
    with database.reading() as session:
        return list(session.exec(select(table)))


def free_again(database: Database) -> None:
    """As if the claims of the killed had run out."""
    with database.writing() as session:
        for source in session.exec(select(Source)):
            if source.claimed_until_at is not None:
                source.claimed_until_at = datetime.now(UTC) - timedelta(minutes=1)


def everything_once(database: Database) -> None:
    found = Counter(one.external_key for one in rows(database, Finding))
    assert len(found) == SOURCES * ENTRIES and set(found.values()) == {1}
    assert {one.state for one in rows(database, Finding)} == {FindingState.OPEN}
    assert len(rows(database, Page)) == SOURCES


def test_two_collectors_at_once_read_each_source_once(database: Database, register: Register) -> None:
    configured(database, register)
    for one in [worker(database, register), worker(database, register)]:
        assert one.wait(timeout=120) == 0
        assert one.stdout is not None
        one.stdout.close()
    everything_once(database)
    assert {register.read(f"/{number}") for number in range(SOURCES)} == {1}
    assert Counter(run.state for run in rows(database, Run)) == {RunState.HEALTHY: SOURCES}


def test_collectors_that_are_killed_lose_nothing_and_double_nothing(
    database: Database, register: Register
) -> None:
    configured(database, register)
    for killed_after in range(SOURCES + 2):
        one = worker(database, register)
        assert one.stdout is not None
        # After the first line the next source is being claimed, read or kept: the kill falls somewhere in there.
        for _ in range(1 + killed_after % 2):
            one.stdout.readline()
        one.send_signal(signal.SIGKILL)
        one.wait(timeout=30)
        one.stdout.close()
        free_again(database)
    last = worker(database, register)
    assert last.stdout is not None
    last.stdout.read()
    assert last.wait(timeout=120) == 0
    last.stdout.close()
    everything_once(database)
    assert RunState.RUNNING not in {run.state for run in rows(database, Run)}
    assert all(source.last_success_at is not None for source in rows(database, Source))
