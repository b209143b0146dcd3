"""Bodies in pages, and their scorecards: like beside like, by the alphabet, small numbers not compared."""

import csv
import io
from typing import Any

import pytest

from tests.services import entered
from tests.web.open_site import LOOKED, Opened, answer_late, small_site, still_site
from tests.web.pages import Page, Reader
from tracker.domain.words import Basis, BodyKind
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.look import Look, look
from tracker.web import trends

__all__ = ["small_site", "still_site"]
ALIKE = "/bodies?basis=convention&duty=respond"


def with_bodies(site: Opened, *names: str, **changes: Any) -> Opened:
    with site.write() as session:
        for name in names:
            enter_body(
                session, site.now, EnterBody(name=name, jurisdiction="GB-SCT", **changes), actor=entered.GROUP
            )
    return site


def first_column(page: Page) -> list[str]:
    return ["".join(one.itertext()) for one in page.all("th") if one.get("scope") == "row"]


def table(site: Opened, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site.get(address).text)))


def test_fifty_bodies_stand_on_a_page_by_name(small_site: Opened) -> None:
    with_bodies(small_site, *(f"Office {n:03}" for n in range(60)))
    pages = Reader(small_site.client)
    first, second = pages.open("/bodies"), pages.open("/bodies?page=2")
    assert "62 bodies" in first.text and len(first_column(first)) == 50
    assert first_column(first) + first_column(second) == sorted(first_column(first) + first_column(second))
    assert "Page 1 of 2" in first.text and "/bodies?page=2" in first.links()


def test_bodies_are_found_by_name_initial_seat_and_what_they_are(small_site: Opened) -> None:
    with_bodies(small_site, "Élan vital", "Eel office", kind=BodyKind.COMPANY)
    pages = Reader(small_site.client)
    wanted = {
        "letter=e": ["Eel office", "Élan vital"],
        "name=OFFICE+eel": ["Eel office"],
        "seat=GB-SCT": ["Eel office", "Élan vital"],
        "seat=GB&letter=M": ["Ministry of Rivers", "Ministry of Water"],
        "type=company&name=vital": ["Élan vital"],
        "duty=respond": ["Ministry of Rivers", "Ministry of Water"],
        "duty=deliver": [],
        "standing=waiting": ["Ministry of Water"],
    }
    for asked, names in wanted.items():
        assert sorted(first_column(pages.open(f"/bodies?{asked}"))) == sorted(names), asked
    assert pages.open("/bodies?letter=E&type=company").said("h1") == ["Bodies"]
    assert {"E", "M"} <= {one.get("href", "")[-1] for one in pages.open("/bodies").all("a")}


@pytest.mark.parametrize(
    "asked", ["letter=ab", "letter=7", "type=nope", "duty=nope", "basis=nope", "name=" + "a" * 300]
)
def test_what_means_nothing_is_refused_in_a_sentence(still_site: Opened, asked: str) -> None:
    Reader(still_site.client).open(f"/bodies?{asked}", 400)
    still_site.get(f"/scorecards.csv?{asked}", 400)


def test_cards_stand_beside_each_other_only_with_one_basis_and_one_kind_of_duty(still_site: Opened) -> None:
    pages = Reader(still_site.client)
    assert "Met or missed" not in pages.open("/bodies?basis=convention").text
    page = pages.open(ALIKE)
    assert first_column(page) == ["Ministry of Rivers", "Ministry of Water"]
    assert "no ranking" in page.text and "What these figures do not say" in page.text


def test_with_few_dates_no_share_is_told_but_every_number(still_site: Opened) -> None:
    page = Reader(still_site.client).open(ALIKE)
    assert "too few" in page.text and "%)" not in page.text
    [rivers, water] = table(still_site, ALIKE.replace("/bodies", "/scorecards.csv"))
    assert (rivers["name"], rivers["nothing_substantive"], rivers["share_on_time"]) == (
        "Ministry of Rivers",
        "1",
        "",
    )
    assert (water["met_or_missed"], water["n"], water["too_few_to_compare"]) == ("1", "1", "true")


def test_a_card_has_its_shares_once_there_are_enough_dates(small_site: Opened) -> None:
    [document] = [one["key"] for one in small_site.json("/api/v1/documents")["data"]]
    with small_site.write() as session:
        made = [
            entered.item(session, "ministry-of-rivers", document=document, title=f"More {n}", now=LOOKED)
            for n in range(5)
        ]
        ids = [entered.owing(session, one)[0] for one in made]
        said = Look(
            obligations=tuple(ids), looked_on=LOOKED.date(), places=("https://rivers.example/answers",)
        )
        look(session, LOOKED, said, actor=entered.GROUP)
    [rivers, _water] = table(small_site, ALIKE.replace("/bodies", "/scorecards.csv"))
    assert (rivers["met_or_missed"], rivers["on_time"], rivers["share_on_time"]) == ("6", "0", "0")
    assert "(0%)" in Reader(small_site.client).open(ALIKE).text


def test_lateness_is_told_as_median_and_most(small_site: Opened) -> None:
    answer_late(small_site)
    [card] = [
        row
        for row in table(small_site, "/scorecards.csv?body=ministry-of-water")
        if row["basis"] == "convention"
    ]
    assert (card["late"], card["median_days_late"], card["substantive"], card["judged"]) == (
        "1",
        "14",
        "1",
        "1",
    )


def test_bases_are_never_added_up(still_site: Opened) -> None:
    rows = table(still_site, "/scorecards.csv?body=ministry-of-water")
    assert [row["basis"] for row in rows] == ["convention", "request"]
    assert rows[1]["nothing_substantive"] == "1"
    page = Reader(still_site.client).open("/bodies/ministry-of-water")
    assert "Not answered by the date asked for" in page.text


def test_the_columns_of_a_card_make_up_its_number(still_site: Opened) -> None:
    parts = "on_time late nothing_substantive time_unknown partly not_yet_judged not_looked_at open lapsed not_computable"
    for row in table(still_site, "/scorecards.csv"):
        assert sum(int(row[part]) for part in parts.split()) == int(row["n"])


def test_the_chart_and_its_data_say_the_same(small_site: Opened) -> None:
    answer_late(small_site)
    small_site.now = small_site.now.replace(month=8)
    page = Reader(small_site.client).open("/bodies/ministry-of-water")
    assert "The record of this site begins on 2 May 2026" in page.text
    rows = table(small_site, "/trend.csv?body=ministry-of-water")
    june = {
        row["counted"]: row["n"] for row in rows if row["at_the_end_of"] == "2026-06-30" and not row["basis"]
    }
    assert (june["late"], june["asked"], june["open"]) == ("1", "1", "1")
    march = [row for row in rows if row["at_the_end_of"] == "2026-03-31"]
    assert march and {row["shown_then"] for row in march} == {"false"}
    assert {row["shown_then"] for row in rows if row["at_the_end_of"] == "2026-06-30"} == {"true"}


def test_overdue_over_time_counts_each_basis_that_binds_and_no_other(small_site: Opened) -> None:
    small_site.now = small_site.now.replace(month=7)
    rows = table(small_site, "/trend.csv?list=overdue")
    assert {row["counted"] for row in rows} == {Basis.CONVENTION.value}
    assert [row["n"] for row in rows if row["at_the_end_of"] == "2026-05-31"] == ["2"]
    assert "Overdue month by month" in Reader(small_site.client).open("/overdue").text
    assert "Overdue month by month" not in Reader(small_site.client).open("/overdue?basis=convention").text


def test_a_body_that_owes_much_has_its_card_but_no_chart(
    small_site: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_late(small_site)
    pages = Reader(small_site.client)
    few = pages.open("/bodies/ministry-of-water")
    monkeypatch.setattr(trends, "MOST_DRAWN", 0)
    many = pages.open("/bodies/ministry-of-water?sort=due")
    assert "Over time" in few.text and "Over time" not in many.text
    assert "Met or missed" in many.text
    past = pages.open("/bodies/ministry-of-water?as_of=2026-05-16")
    assert "Met or missed" not in past.text
