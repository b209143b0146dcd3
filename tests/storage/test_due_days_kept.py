"""What is kept of the days on which something falls due is what is found by counting through."""

from datetime import date, timedelta

import pytest

from tests.web.open_site import LOOKED, Opened, site, small_site
from tracker.domain.listing import Filters
from tracker.storage import due_days
from tracker.storage.lines import Moment, moment

__all__ = ["site", "small_site"]
FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)


@pytest.mark.parametrize("asked", [Filters(), Filters(basis="statute"), Filters(standing="overdue")])
@pytest.mark.parametrize("later", [0, 40, 400])
def test_the_days_are_those_that_are_counted_through(
    site: Opened, asked: Filters, later: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = moment(LOOKED + timedelta(days=later))

    def all_of_it() -> object:
        with site.database.reading() as session:
            return (
                due_days.due_days(session, asked, at, FIRST, LAST, few=2),
                due_days.due_counts(session, asked, at, FIRST, LAST),
            )

    kept = all_of_it()
    monkeypatch.setattr(due_days, "counts_by_day", lambda *_: None)
    assert kept == all_of_it()


@pytest.mark.parametrize("asked", [Filters(), Filters(basis="statute"), Filters(jurisdiction="GB")])
@pytest.mark.parametrize("at", [moment(LOOKED), moment(LOOKED, date(2026, 5, 4), hindsight=True)])
def test_the_few_of_a_day_are_the_first_of_all_that_falls_due_on_it(
    site: Opened, asked: Filters, at: Moment
) -> None:
    with site.database.reading() as session:
        days = due_days.due_days(session, asked, at, FIRST, LAST, few=2)
        everything = due_days.due_lines(session, asked, at, FIRST, LAST, limit=10_000, offset=0)
    assert days or asked.given()
    for one in days:
        lines = sorted(
            (line for line in everything if line.due_on == one.day), key=lambda line: (line.stale, line.id)
        )
        first = [(line.item_key, line.body_key, line.standing) for line in lines[:2]]
        assert [(brief.item_key, brief.body_key, brief.standing) for brief in one.few] == first
