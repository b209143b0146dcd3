"""A chart counts what the lists of its days show: neither another law nor another record."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.services import entered
from tests.web.open_site import Opened, answer_late, site, small_site
from tracker.demo import load_demo
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.withhold import find_one, withhold
from tracker.storage.lines import moment
from tracker.storage.over_time import Stood, stand_at, stood_on

__all__ = ["site", "small_site"]
DAYS = [date(2026, 5, 2) + timedelta(days=n) for n in range(24)]
LATER = datetime(2026, 5, 26, 9, tzinfo=UTC)
LISTS = (
    ListQuery(ListName.ALL),
    ListQuery(ListName.OVERDUE),
    ListQuery(ListName.ALL, Filters(body="ministry-of-water")),
)


def counted(found: list[Stood]) -> Counter[tuple[object, ...]]:
    total: Counter[tuple[object, ...]] = Counter()
    for one in found:
        total[(one.standing, one.basis, one.certain, one.flagged, one.stale)] += one.n
    return total


def grown(site: Opened) -> Opened:
    """A body far east and one far west owe too; one ministry answers late, and what it was asked first changes."""
    [document] = [one["key"] for one in site.json("/api/v1/documents")["data"]]
    with site.write() as session:
        for name, zone in (("Far East", "Pacific/Kiritimati"), ("Far West", "Pacific/Pago_Pago")):
            enter_body(
                session, site.now, EnterBody(name=name, jurisdiction="GB", zone=zone), actor=entered.GROUP
            )
        entered.item(session, "far-east", "far-west", document=document, title="Far away", now=site.now)
    answer_late(site)
    site.now = LATER
    return site


@pytest.mark.parametrize(
    "query", LISTS, ids=lambda query: query.name.value + (query.filters.body and "-body")
)
@pytest.mark.parametrize("hindsight", [False, True], ids=["shown", "hindsight"])
def test_every_day_of_a_chart_equals_the_list_of_that_day(
    site: Opened, query: ListQuery, hindsight: bool
) -> None:
    grown(site)
    with site.database.reading() as session:
        told = stood_on(session, query, moment(LATER), DAYS, hindsight=hindsight)
        for day, found in zip(DAYS, told, strict=True):
            then = stand_at(session, query, moment(LATER, day, hindsight=hindsight))
            assert counted(found) == counted(then), day


def test_days_that_lie_far_apart_equal_the_lists_of_those_days(small_site: Opened) -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    with small_site.write() as session:
        load_demo(session, now)
    days = [date(2025, month, 28) for month in range(1, 13, 2)] + [
        date(2026, month, 14) for month in (2, 5, 8)
    ]
    query = ListQuery(ListName.ALL)
    with small_site.database.reading() as session:
        told = stood_on(session, query, moment(now), days, hindsight=True)
        for day, found in zip(days, told, strict=True):
            then = stand_at(session, query, moment(now, day, hindsight=True))
            assert then and counted(found) == counted(then), day


def test_what_is_withheld_is_in_no_column(site: Opened) -> None:
    grown(site)
    with site.write() as session:
        water = find_one(session, "ministry-of-water", "body")
        withhold(session, LATER, water, "A private person’s name stood in it", actor=entered.GROUP)
    with site.database.reading() as session:
        found = stood_on(session, LISTS[2], moment(LATER), DAYS, hindsight=False)
    assert found == [[] for _ in DAYS]
