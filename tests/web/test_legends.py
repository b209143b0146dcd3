"""Every count of a legend leads to the list of just what it counts."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest

from tests.web.pages import Page, Reader
from tracker.domain.listing import ListName
from tracker.domain.words import Basis, Standing
from tracker.storage.standing_counts import Tally

PARTS = ("processes", "kinds", "topics", "jurisdictions", "groups")
DAYS = ("", "?as_of=2026-11-21&hindsight=1")
OVERDUE, ANSWERED = Standing.OVERDUE, Standing.ANSWERED


def _number(one: Element) -> int:
    [found] = re.findall(r"\d+", "".join(one.itertext()).replace(",", ""))
    return int(found)


def counts(page: Page) -> Iterator[tuple[int, str]]:
    """Every count of a legend or of a table of standings, and where it leads."""
    for table in page.root.iter():
        if table.get("class") == "legend":
            yield from ((_number(link), link.get("href", "")) for link in table.iter("a"))
        elif table.get("class") == "counts":
            rows = [(row.find("td"), row.find("th/a")) for row in table.iter("tr")]
            yield from (
                (_number(n), link.get("href", "")) for n, link in rows if n is not None and link is not None
            )


def listed(demo: Reader, address: str) -> int:
    """How many rows a list has, as it is taken away."""
    path, _, arguments = address.partition("?")
    return len(demo.client.get(f"{path}.jsonl?{arguments}").get_data().splitlines())


@pytest.mark.parametrize("day", DAYS)
def test_the_counts_of_the_front_page_are_those_of_their_lists(demo: Reader, day: str) -> None:
    found = list(counts(demo.open(f"/{day}")))
    assert len(found) > 5
    assert [(address, n) for n, address in found] == [
        (address, listed(demo, address)) for _, address in found
    ]


@pytest.mark.parametrize("part", PARTS)
def test_the_counts_of_every_page_about_a_part_are_those_of_their_lists(demo: Reader, part: str) -> None:
    data = demo.client.get(f"/api/v1/{part}").get_json()["data"]
    pages = [f"/{part}/{one['code' if part == 'jurisdictions' else 'key']}" for one in data]
    found = {page: list(counts(demo.open(page))) for page in pages}
    assert any(found.values())
    for page, told in found.items():
        for n, address in told:
            assert (address, listed(demo, address)) == (address, n), page


def test_dates_asked_for_are_never_counted_as_overdue_whoever_they_are_of() -> None:
    tally = Tally()
    tally.add(OVERDUE, Basis.REQUEST, flagged=False, stale=False, n=2)
    tally.add(OVERDUE, Basis.STATUTE, flagged=True, stale=False, n=3)
    assert tally.shown == [(OVERDUE, False, 3), (OVERDUE, True, 2)]
    assert (tally.overdue, tally.asked) == (3, 0)


def test_where_no_list_holds_just_what_is_counted_nothing_is_linked() -> None:
    tally = Tally()
    tally.add(OVERDUE, Basis.STATUTE, flagged=True, stale=False, n=3)
    tally.add(ANSWERED, Basis.STATUTE, flagged=False, stale=False, n=1)
    assert tally.listed_as(OVERDUE, False) is tally.listed_as(ANSWERED, False) is ListName.ALL
    tally.add(OVERDUE, Basis.REQUEST, flagged=True, stale=False, n=1)
    assert tally.listed_as(OVERDUE, False) is ListName.OVERDUE
    assert tally.listed_as(OVERDUE, True) is ListName.NOT_ANSWERED_BY_DATE_ASKED
    tally.add(OVERDUE, Basis.STATUTE, flagged=False, stale=False, n=1)
    assert tally.listed_as(OVERDUE, False) is None
