"""The due days of a calendar are the latest of all its list has, and what is left out is counted right."""

from datetime import date, timedelta
from itertools import product

import pytest

from tests.web.open_site import LOOKED, Opened, site
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import Standing
from tracker.storage import latest_due
from tracker.storage.lines import Line, lines, moment
from tracker.storage.segment_indexes import AHEAD

__all__ = ["site"]
SINCE = (None, date(2026, 5, 4), date(2026, 5, 5), date(2019, 1, 1))
MOMENTS = (
    moment(LOOKED),
    moment(LOOKED + timedelta(days=400)),
    moment(LOOKED, date(2026, 5, 4), hindsight=True),
)
QUERIES = (
    ListQuery(ListName.ALL),
    ListQuery(ListName.OVERDUE),
    ListQuery(ListName.ALL, Filters(basis="statute")),
    ListQuery(ListName.ALL, Filters(body="ministry-of-water")),
    ListQuery(ListName.ALL, Filters(jurisdiction="GB")),
    ListQuery(ListName.ALL, Filters(q="water")),
    ListQuery(ListName.DUE, Filters(standing="paused")),
)


def read_through(found: list[Line], since: date | None) -> list[Line]:
    """The same, every line of the list looked at."""

    def belongs(line: Line) -> bool:
        if since is None or line.standing in AHEAD:
            return True
        on = line.begins_on if line.standing is Standing.VOID else line.due_on
        return on is not None and on >= since

    dated = [line for line in found if line.due_on and line.standing is not Standing.UNKNOWN]
    return sorted(filter(belongs, dated), key=lambda line: (line.due_on, line.id))


def test_the_days_of_a_calendar_are_the_latest_of_all(site: Opened) -> None:
    with site.database.reading() as session:
        for query, at, since in product(QUERIES, MOMENTS, SINCE):
            everything = read_through(lines(session, query, at), since)
            for most in (1, 2, 10_000):
                found = latest_due.latest_due(session, query, at, most=most, since=since)
                in_turn = sorted(found.lines, key=lambda line: (line.due_on, line.id))
                assert in_turn == everything[-most:], (query, at, since)
                assert found.left_out == max(0, len(everything) - most), (query, at, since)


def test_what_is_left_out_is_counted_alike_from_what_is_kept_and_live(
    site: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def left_out() -> list[int]:
        with site.database.reading() as session:
            return [
                latest_due.latest_due(session, query, MOMENTS[0], most=1, since=since).left_out
                for query, since in product(QUERIES, SINCE)
            ]

    kept = left_out()
    assert max(kept) > 0
    monkeypatch.setattr(latest_due, "stored_counts", lambda *_: None)
    assert kept == left_out()
