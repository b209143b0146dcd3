"""Readings that found everything as it was, put on record together: what becomes of the one that is different."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from scrapers.cage import Cage
from scrapers.model import Page as Fetched
from tests.services.register import Clock, Collecting, Register, running_register
from tracker.config import SourceConfig
from tracker.domain.words import RunState
from tracker.services.collect import collect_some
from tracker.services.keep_sources import keep_sources
from tracker.storage import repeats
from tracker.storage.engine import Database
from tracker.storage.tables import PageVisit, Run, Source

FEED = "<rss version='2.0'><channel><title>News</title><item><guid>{0}</guid><title>Entry {0}</title></item></channel></rss>"
NAMES = ("a", "b", "c", "d")


class Site:
    """Four feeds of one host, their collector, and what happens while it reads."""

    def __init__(self, database: Database, register: Register, cage: Cage) -> None:
        self.database, self.register, self.cage, self.clock = database, register, cage, Clock()
        self.while_reading: dict[str, Callable[[], object]] = {}
        with database.writing() as session:
            keep_sources(
                session, [SourceConfig(key=n, reader="feed", address=f"{register.base}/{n}") for n in NAMES]
            )
        for name in NAMES:
            register.put(f"/{name}", FEED.format(name))

    def read(self, **by: float) -> int:
        """One round over what is due."""
        self.clock.forward(**by)
        gate = Collecting(self.database, self.register, self.cage, self.clock).gate()
        site = self

        class Gate:
            def get(self, url: str, **how: Any) -> Fetched:
                site.while_reading.pop(url[-1], lambda: None)()
                return gate.get(url, **how)

        return collect_some(self.database, Gate(), self.cage, self.clock, stopped=lambda: False)

    def rows(self, table: Any) -> list[Any]:
        with self.database.reading() as session:
            return list(session.exec(select(table).order_by(col(table.id))))

    def source(self, name: str) -> Source:
        [found] = [one for one in self.rows(Source) if one.key == name]
        assert isinstance(found, Source)
        return found

    def states(self, name: str) -> list[RunState]:
        """How its readings ended, the first one first."""
        return [run.state for run in self.rows(Run) if run.source_id == self.source(name).id]

    def taken_over(self, name: str, until: datetime) -> None:
        """Somebody else claims it."""
        with self.database.writing() as session:
            row = session.exec(select(Source).where(col(Source.key) == name)).one()
            row.claim, row.claimed_until_at = row.claim + 1, until


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as opened:
        yield opened


@pytest.fixture
def site(database_url: str, cage: Cage) -> Iterator[Site]:
    database = Database(database_url)
    with running_register() as register:
        made = Site(database, register, cage)
        assert made.read() == len(NAMES)
        yield made
    database.close()


def test_all_that_is_as_it_was_is_put_on_record_with_what_it_counted(site: Site) -> None:
    assert site.read(days=1) == len(NAMES)
    assert {name: site.states(name) for name in NAMES} == {name: [RunState.HEALTHY] * 2 for name in NAMES}
    assert {run.entries for run in site.rows(Run)} == {1}
    assert {one.last_success_at for one in site.rows(Source)} == {site.clock.at}
    assert {one.claimed_until_at for one in site.rows(Source)} == {None}
    assert len(site.rows(PageVisit)) == 2 * len(NAMES)


@pytest.mark.parametrize(
    ("status", "text", "state"),
    [(500, "trouble", RunState.FAILED), (200, "<html><title>Log in</title></html>", RunState.QUARANTINED)],
)
def test_a_source_that_breaks_in_the_middle_of_a_batch_breaks_alone(
    status: int, text: str, state: RunState, site: Site
) -> None:
    site.register.put("/b", text, status)
    assert site.read(days=1) == len(NAMES)
    assert site.states("b") == [RunState.HEALTHY, state]
    assert site.source("b").failures == 1 and site.source("b").claimed_until_at is None
    for name in ("a", "c", "d"):
        assert site.states(name) == [RunState.HEALTHY, RunState.HEALTHY]
        assert site.source(name).last_success_at == site.clock.at


def test_our_own_mistake_in_the_middle_of_a_batch_keeps_what_was_read_before_it(site: Site) -> None:
    def upset() -> None:
        raise ZeroDivisionError

    site.while_reading["c"] = upset
    with pytest.raises(ZeroDivisionError):
        site.read(days=1)
    assert site.states("a") == site.states("b") == [RunState.HEALTHY] * 2
    assert site.states("c") == [RunState.HEALTHY, RunState.FAILED]
    assert site.states("d") == [RunState.HEALTHY] and site.source("d").claimed_until_at is None
    assert site.read() == 1 and site.states("d") == [RunState.HEALTHY] * 2


def test_of_a_source_that_somebody_else_took_over_nothing_is_kept(site: Site) -> None:
    until = site.clock.at + timedelta(days=2)
    site.while_reading["d"] = lambda: site.taken_over("b", until)
    site.read(days=1)
    assert site.states("b") == [RunState.HEALTHY]
    assert site.source("b").claimed_until_at == until
    assert site.source("b").last_success_at == site.clock.at - timedelta(days=1)
    for name in ("a", "c", "d"):
        assert site.states(name) == [RunState.HEALTHY, RunState.HEALTHY]


def test_a_reading_whose_earlier_one_is_no_longer_good_is_not_put_on_record(site: Site) -> None:
    def spoilt() -> None:
        with site.database.writing() as session:
            row = session.exec(select(Run).where(col(Run.source_id) == site.source("a").id)).one()
            row.state = RunState.QUARANTINED

    site.while_reading["d"] = spoilt
    site.read(days=1)
    assert site.states("a") == [RunState.QUARANTINED]
    assert site.source("a").claimed_until_at is None
    assert site.states("b") == [RunState.HEALTHY] * 2
    assert site.read() == 1 and site.states("a") == [RunState.QUARANTINED, RunState.HEALTHY]


def test_only_what_is_ours_and_not_broken_is_held(site: Site) -> None:
    with site.database.writing() as session:
        for row in session.exec(select(Source)):
            row.broken_since_at = site.clock.at if row.key == "c" else None
    a, b, c = (site.source(name) for name in ("a", "b", "c"))
    wanted = {a.id or 0: a.claim, b.id or 0: b.claim - 1, c.id or 0: c.claim}
    with site.database.writing() as session:
        assert repeats.held(session, wanted) == {a.id: timedelta(hours=24)}
