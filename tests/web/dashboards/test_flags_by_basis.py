"""Lists of flags are told basis by basis: what binds by law is never ranked with what was promised."""

import re

import pytest

from tests.web.conftest import NOW
from tests.web.pages import Reader
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import Basis
from tracker.storage.engine import Database
from tracker.storage.lines import Line, moment
from tracker.web import by_basis
from tracker.web.summed_up import summed_up


def entries(demo: Reader, address: str) -> list[tuple[str, int]]:
    """The basis and the days of each entry, in the order of the page."""
    found = []
    for entry in demo.open(address).root.iter("li"):
        if entry.get("class") == "entry":
            text = " ".join("".join(entry.itertext()).split())
            found.append((text.rpartition("basis: ")[2], int(text.split(" ")[0].replace(",", ""))))
    return found


def test_each_basis_is_ranked_by_itself(demo: Reader) -> None:
    found = entries(demo, "/overdue")
    assert [basis for basis, _ in found] == ["law"] * 12 + ["their own promise"] * 8
    for basis in {one for one, _ in found}:
        days = [n for one, n in found if one == basis]
        assert days == sorted(days, reverse=True)


def test_each_basis_has_a_head_and_a_count_of_its_own(demo: Reader) -> None:
    page = demo.open("/overdue")
    assert [said for said in page.said("h2") if "basis" in said] == [
        "basis: law",
        "basis: their own promise",
    ]
    assert {"12 entries", "8 entries"} <= {said.strip() for said in re.split("[,·]| Overdue ", page.text)}
    assert "20 entries" not in page.text
    assert {"/overdue?basis=statute", "/overdue?basis=promise"} <= set(page.links())


def test_the_front_page_ranks_each_basis_by_itself_too(demo: Reader) -> None:
    heads = [said for said in demo.open("/").said("h3") if "overdue by" in said]
    assert heads == ["12 answers overdue by law", "8 answers overdue by their own promise"]


@pytest.mark.parametrize("per_page", [1, 3, 7, 12, 50])
def test_page_after_page_holds_every_entry_once(demo_database: Database, per_page: int) -> None:
    query, at = ListQuery(ListName.OVERDUE), moment(NOW)
    with demo_database.reading() as session:
        counts = by_basis.counts_by_basis(session, query, at)
        found: list[Line] = []
        for offset in range(0, sum(counts.values()), per_page):
            part = by_basis.lines_by_basis(
                session, query, at, counts, order="days", limit=per_page, offset=offset
            )
            assert len(part) == min(per_page, 20 - offset)
            found += part
    assert counts == {Basis.STATUTE: 12, Basis.PROMISE: 8}
    assert len({line.id for line in found}) == 20
    assert [line.basis for line in found] == [Basis.STATUTE] * 12 + [Basis.PROMISE] * 8


def test_sorted_by_body_or_narrowed_to_one_basis_the_list_is_one(demo: Reader) -> None:
    for address in ("/overdue?sort=body", "/overdue?basis=promise"):
        assert not [said for said in demo.open(address).said("h2") if "basis" in said]
    assert "8 entries" in demo.open("/overdue?basis=promise").text


def test_frames_and_badges_of_a_body_take_one_basis_after_the_other(demo_database: Database) -> None:
    with demo_database.reading() as session:
        found = summed_up(session, Filters(body="eu-com"), moment(NOW), 5).longest
    assert [(line.basis, line.days_overdue) for line in found] == [(Basis.STATUTE, 141), (Basis.PROMISE, 771)]
