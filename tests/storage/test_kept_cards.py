"""Scorecards are added up from what the database keeps: the same as counting through, whatever changes."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.storage.test_stored_counts import CHANGES
from tests.web.open_site import Opened, answer_late, site, small_site
from tracker.demo import load_demo
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.services.check_counts import counts_are_wrong
from tracker.storage.engine import Database
from tracker.storage.kept_cards import kept_cells, kept_stands
from tracker.storage.lines import moment
from tracker.storage.over_time import Stood, stand_at, stand_live
from tracker.storage.scorecards import cells, cells_live
from tracker.storage.stored_counts import fold

__all__ = ["site", "small_site"]
MORE_CHANGES = (
    "UPDATE addressee SET role = 'supporting' WHERE id = 1",
    "UPDATE obligation SET kind = 'deliver' WHERE id = 2",
    "UPDATE segment SET late_days = 7, standing = 'answered_late' WHERE obligation_id = 1",
    "UPDATE segment SET standing = 'answered', detail = '{\"lateness_unknown\": true}' WHERE obligation_id = 2",
    "UPDATE segment SET standing = 'answered', detail = '{\"lateness_unknown\": false}' WHERE obligation_id = 2",
    "UPDATE segment SET standing = 'answered', detail = '{\"lateness_unknown\": null}' WHERE obligation_id = 2",
)
FILTERS = (
    Filters(),
    Filters(body="ministry-of-water"),
    Filters(basis="convention"),
    Filters(body="uk-dsit", standing="answered"),
)
LISTS = (ListName.ALL, ListName.OVERDUE, ListName.NOT_ANSWERED_BY_DATE_ASKED)


def counted(found: list[Stood]) -> Counter[tuple[object, ...]]:
    total: Counter[tuple[object, ...]] = Counter()
    for one in found:
        total[(one.standing, one.basis, one.certain, one.flagged, one.stale)] += one.n
    return total


def assert_alike(database: Database, now: datetime) -> None:
    at = moment(now)
    with database.reading() as session:
        for query in (ListQuery(name, filters) for name in LISTS for filters in FILTERS):
            assert (
                kept_cells(session, query, at, None) is not None
                and kept_stands(session, query, at) is not None
            )
            assert Counter(cells(session, query, at)) == Counter(cells_live(session, query, at)), query
            assert counted(stand_at(session, query, at)) == counted(stand_live(session, query, at)), query
            some = cells(session, query, at, {1, 2})
            assert Counter(some) == Counter(cells_live(session, query, at, {1, 2})), query


def test_every_card_of_the_demo_is_that_of_its_obligations(small_site: Opened) -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    with small_site.write() as session:
        load_demo(session, now)
    for days in (0, 40):
        assert_alike(small_site.database, now + timedelta(days=days))
    with small_site.write() as session:
        fold(session, now + timedelta(days=30))
        assert not counts_are_wrong(session, now + timedelta(days=30))
    assert_alike(small_site.database, now + timedelta(days=60))


@pytest.mark.parametrize("change", [*CHANGES, *MORE_CHANGES])
def test_whatever_changes_the_cards_follow(site: Opened, change: str) -> None:
    answer_late(site)
    with site.write() as session:
        session.execute(text(change))
    assert_alike(site.database, site.now)


def test_a_card_that_went_wrong_is_found(site: Opened) -> None:
    with site.write() as session:
        session.execute(text("UPDATE standing_shift SET late_days = 3 WHERE scope = 'card'"))
        assert counts_are_wrong(session, site.now)
