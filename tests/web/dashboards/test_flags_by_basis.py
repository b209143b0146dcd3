"""Lists of flags are told basis by basis: what binds by law is never ranked with what was promised."""

import re

import pytest

from tests.web.conftest import NOW
from tests.web.pages import Reader
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import FLAGGED, Basis
from tracker.storage.engine import Database
from tracker.storage.lines import Line, lines, moment
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
    heads = [said for said in demo.open("/").said("h3") if "basis" in said]
    assert heads == ["basis: law", "basis: their own promise"]


@pytest.mark.parametrize("per_page", [1, 3, 7, 12, 50])
def test_page_after_page_holds_every_entry_once(demo_database: Database, per_page: int) -> None:
    query, at = ListQuery(ListName.OVERDUE), moment(NOW)
    with demo_database.reading() as session:
        parts = by_basis.parts_of(session, query, at)
        found: list[Line] = []
        for offset in range(0, sum(part.n for part in parts), per_page):
            told = by_basis.lines_by_basis(session, parts, at, order="days", limit=per_page, offset=offset)
            page = [line for _part, some in told for line in some]
            assert len(page) == min(per_page, 20 - offset)
            found += page
    assert [(part.basis, part.n) for part in parts] == [(Basis.STATUTE, 12), (Basis.PROMISE, 8)]
    assert len({line.id for line in found}) == 20
    assert [line.basis for line in found] == [Basis.STATUTE] * 12 + [Basis.PROMISE] * 8


@pytest.mark.parametrize("order", by_basis.RANKING)
@pytest.mark.parametrize(
    "filters", [Filters(), Filters(body="eu-com"), Filters(kind="audit"), Filters(q="report")]
)
def test_of_a_mixed_list_the_flags_come_basis_by_basis_and_the_rest_behind_them(
    demo_database: Database, filters: Filters, order: str
) -> None:
    query, at = ListQuery(ListName.ALL, filters), moment(NOW)
    with demo_database.reading() as session:
        whole = {line.id: line for line in lines(session, query, at)}
        parts = by_basis.parts_of(session, query, at, len(whole))
        told = by_basis.lines_by_basis(session, parts, at, order=order, limit=5000, offset=0)
    assert sorted(line.id for _part, found in told for line in found) == sorted(whole)
    assert [part.basis for part in parts] == sorted({part.basis for part in parts}, key=TURN.index)
    for part, found in told:
        assert len(found) == part.n
        assert {line.basis for line in found if part.basis} <= {part.basis}
        assert all((line.flagged and line.standing in FLAGGED) is bool(part.basis) for line in found)


TURN = [*Basis, None]


def test_a_list_of_flags_by_due_day_goes_basis_by_basis_too(demo: Reader) -> None:
    found = [basis for basis, _days in entries(demo, "/overdue?sort=due")]
    assert found == ["law"] * 12 + ["their own promise"] * 8


def test_a_body_page_a_place_and_a_plan_name_each_basis_and_the_rest(demo: Reader) -> None:
    for address in ("/bodies/eu-com", "/jurisdictions/EU?sort=due", "/obligations?sort=days"):
        heads = demo.open(address).said("h3" if "obligations" not in address else "h2")
        parted = [said for said in heads if "basis:" in said or said == "Everything else"]
        assert parted[:2] == ["Overdue · basis: law", "Overdue · basis: their own promise"], address
    assert "Everything else" in demo.open("/obligations?sort=days&page=2").text


def test_of_one_body_by_name_each_basis_has_its_turn(demo: Reader) -> None:
    found: dict[str, list[str]] = {}
    for entry in demo.open("/overdue?sort=body").root.iter("li"):
        if entry.get("class") == "entry":
            name = next(one for one in entry.iter("p") if one.get("class") == "entry-who")
            text = " ".join("".join(entry.itertext()).split())
            found.setdefault("".join(name.itertext()), []).append(text.rpartition("basis: ")[2])
    turn = ["law", "convention", "their own promise"]
    assert all(bases == sorted(bases, key=turn.index) for bases in found.values())
    assert any(len(set(bases)) > 1 for bases in found.values())


def test_sorted_by_body_or_narrowed_to_one_basis_the_list_is_one(demo: Reader) -> None:
    for address in ("/overdue?sort=body", "/overdue?basis=promise"):
        assert not [said for said in demo.open(address).said("h2") if "basis" in said]
    assert "8 entries" in demo.open("/overdue?basis=promise").text


def test_frames_and_badges_of_a_body_take_one_basis_after_the_other(demo_database: Database) -> None:
    with demo_database.reading() as session:
        found = summed_up(session, Filters(body="eu-com"), moment(NOW), 5).longest
    assert [(line.basis, line.days_overdue) for line in found] == [(Basis.STATUTE, 141), (Basis.PROMISE, 771)]
