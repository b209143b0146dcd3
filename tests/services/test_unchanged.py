"""What is word for word as it was is not parsed again, as long as nothing could follow from it."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import col, select

from scrapers.cage import Cage
from scrapers.model import Page, Result
from scrapers.model import Source as Place
from tests.services.register import Clock, Collecting, running_register
from tracker.domain.words import RunState
from tracker.storage.engine import Database
from tracker.storage.tables import Finding, Run
from tracker.storage.tables import Page as Kept

FEED = "<rss version='2.0'><channel><title>News</title><item><guid>{0}</guid><title>Entry {0}</title></item></channel></rss>"


class Counting:
    """A cage that notes what it was given."""

    def __init__(self, cage: Cage) -> None:
        self._cage = cage
        self.given: list[str] = []

    def read(self, reader_key: str, page: Page, source: Place) -> list[Result]:
        assert page.body
        self.given.append(page.address.rpartition("/")[2])
        return self._cage.read(reader_key, page, source)

    def taken(self) -> int:
        """How many pages since the last question."""
        count = len(self.given)
        self.given.clear()
        return count


@pytest.fixture
def cage() -> Iterator[Counting]:
    with Cage() as opened:
        yield Counting(opened)


@pytest.fixture
def collecting(sqlite_url: str, cage: Any) -> Iterator[Collecting]:
    database = Database(sqlite_url)
    with running_register() as register:
        yield Collecting(database, register, cage, Clock())
    database.close()


def read_news(collecting: Collecting, cage: Counting, **forward: float) -> int:
    collecting.clock.forward(**(forward or {"days": 1}))
    assert collecting.collect()
    return cage.taken()


def runs(collecting: Collecting) -> list[Run]:
    with collecting.database.reading() as session:
        return list(session.exec(select(Run).order_by(col(Run.id))))


@pytest.mark.parametrize("tagged", [True, False])
def test_an_unchanged_page_is_not_parsed_and_its_reading_counts_as_the_one_before(
    tagged: bool, collecting: Collecting, cage: Counting
) -> None:
    collecting.source(key="news", reader="feed", path="/news")
    collecting.register.put("/news", FEED.format(1))
    if not tagged:
        del collecting.register.pages["/news"].headers["ETag"]
    assert [read_news(collecting, cage) for _ in range(4)] == [1, 0, 0, 0]
    assert {(run.state, run.entries) for run in runs(collecting)} == {(RunState.HEALTHY, 1)}
    with collecting.database.reading() as session:
        assert len(session.exec(select(Finding)).all()) == 1
        (page,) = session.exec(select(Kept)).all()
    assert page.last_seen_at == collecting.clock.at


def test_a_changed_page_is_parsed_and_so_is_one_that_was_trusted_for_a_week(
    collecting: Collecting, cage: Counting
) -> None:
    collecting.source(key="news", reader="feed", path="/news")
    collecting.register.put("/news", FEED.format(1))
    assert [read_news(collecting, cage) for _ in range(2)] == [1, 0]
    collecting.register.put("/news", FEED.format(2))
    assert [read_news(collecting, cage) for _ in range(2)] == [1, 0]
    assert read_news(collecting, cage, days=7) == 1
    assert read_news(collecting, cage) == 0


def test_other_settings_of_a_source_have_it_read_again(collecting: Collecting, cage: Counting) -> None:
    collecting.register.put("/news", FEED.format(1))
    collecting.source(key="news", reader="feed", path="/news")
    assert [read_news(collecting, cage) for _ in range(2)] == [1, 0]
    collecting.source(key="news", reader="feed", path="/news", options={"kind": "response"})
    assert read_news(collecting, cage) == 1


def test_a_bad_reading_is_never_the_one_that_is_trusted(collecting: Collecting, cage: Counting) -> None:
    collecting.source(key="news", reader="feed", path="/news")
    collecting.register.put("/news", "<html><title>Log in</title><body>Log in</body></html>")
    assert [read_news(collecting, cage, days=2) for _ in range(3)] == [1, 1, 1]
    assert {run.state for run in runs(collecting)} == {RunState.QUARANTINED}


def test_where_one_page_changed_all_pages_of_the_source_are_parsed(
    collecting: Collecting, cage: Counting
) -> None:
    """The listing is as it was, one page behind it is not."""
    fields = {"title": "a", "link": "a@href"}
    options = {"rows": "li", "fields": fields, "key": "link", "kind": "update", "next": "a.next@href"}
    row = '<ul><li><a href="https://gov.example.org/{0}">Report {0}</a></li></ul>'
    collecting.source(key="news", reader="listing", path="/list/1", options=options)
    collecting.register.put("/list/1", row.format("a") + '<a class="next" href="/list/2">Next</a>')
    collecting.register.put("/list/2", row.format("b"))
    assert [read_news(collecting, cage) for _ in range(2)] == [2, 0]
    collecting.register.put("/list/2", row.format("c"))
    assert read_news(collecting, cage) == 2
    assert runs(collecting)[-1].entries == 2
