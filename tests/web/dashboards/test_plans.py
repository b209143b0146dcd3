"""A plan as people read it: milestones beneath what they belong to, every axis in a column of its own."""

import csv
import io
from collections.abc import Iterator
from datetime import date

import pytest

from tests.services.entered import NOW, report
from tests.web.dashboards import plan_site
from tests.web.open_site import Opened
from tests.web.pages import Reader
from tracker.domain.words import ClaimState, Position, Speaker, Verdict
from tracker.storage.engine import Database

ASSEMBLY = "/processes/citizens-assembly-on-water"


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Opened]:
    """An empty site."""
    database = Database(sqlite_url)
    yield Opened(database, NOW)
    database.close()


def groups(site: Opened, address: str) -> list[str]:
    """The plan, a text for each item with its rows."""
    page = Reader(site.client).open(address)
    plans = [table for table in page.all("table") if "plan" in (table.get("class") or "").split()]
    return [" ".join(" ".join(body.itertext()).split()) for body in plans[0].iter("tbody")] if plans else []


def tables(site: Opened, address: str) -> dict[str, list[list[str]]]:
    """The rows of each small table of numbers, by its caption's first words."""
    found = {}
    for table in Reader(site.client).open(address).all("table"):
        if table.get("class") == "counts":
            caption = " ".join("".join(table.find("caption").itertext()).split())  # type: ignore[union-attr]
            rows = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")]
            found[caption.partition(" of ")[0].partition(",")[0]] = rows[1:]
    return found


def test_milestones_stand_beneath_what_they_belong_to_each_with_its_own_clock(site: Opened) -> None:
    with site.write() as session:
        plan_site.plan(session)
    for address in ("/processes/the-plan", "/documents/plan"):
        titles = [text.split(" Ministry")[0] for text in groups(site, address)]
        assert titles == [
            "1 Fit meters",
            "3 Milestone Pass the law",
            "4 Milestone Find the money",
            "2 Publish maps",
        ]
    assert all("1 December 2026" in text for text in groups(site, "/processes/the-plan"))


def test_nobody_has_said_how_far_it_is_done_is_said_once_and_not_in_every_row(site: Opened) -> None:
    with site.write() as session:
        plan_site.plan(session)
    said = Reader(site.client).open("/processes/the-plan").text
    assert "Nobody has said yet how far any of it is done" in said
    assert "Done, says" not in said


def test_who_has_said_nothing_has_no_column_and_that_is_said_once(site: Opened) -> None:
    with site.write() as session:
        owed = plan_site.plan(session)
        plan_site.claim(session, owed["meters"], Speaker.WATCHDOG, ClaimState.COMPLETE)
    page = Reader(site.client).open("/processes/the-plan")
    assert [said for said in page.said("th") if said.startswith("Done, says")] == ["Done, says the watchdog"]
    told = "“Done, says the body”, “Done, says a reviewer”: Nobody has said anything yet."
    assert page.text.count(told) == 1


def test_speakers_stand_side_by_side_in_their_own_words_and_are_never_merged(site: Opened) -> None:
    with site.write() as session:
        owed = plan_site.plan(session)
        plan_site.claim(session, owed["meters"], Speaker.BODY, ClaimState.COMPLETE, "done")
        plan_site.claim(session, owed["meters"], Speaker.REVIEWER, ClaimState.LIMITED, "Limited")
        plan_site.claim(session, owed["maps"], Speaker.WATCHDOG, ClaimState.NOT_STARTED)
    first = groups(site, "/processes/the-plan")[0]
    assert "complete done" in first and "limited progress Limited The reviewer, 2 May 2026" in first
    assert "nothing said" in first
    numbers = tables(site, "/processes/the-plan")["How far it is done"]
    assert numbers == [
        ["complete", "1", "0", "0"],
        ["limited progress", "0", "0", "1"],
        ["not started", "0", "1", "0"],
        ["nothing said", "3", "3", "3"],
        ["Total", "4", "4", "4"],
    ]


def test_a_claim_moves_no_standing(site: Opened) -> None:
    with site.write() as session:
        owed = plan_site.plan(session)
    before = tables(site, "/processes/the-plan")["By standing"]
    with site.write() as session:
        plan_site.claim(session, owed["meters"], Speaker.BODY, ClaimState.COMPLETE)
    assert tables(site, "/processes/the-plan")["By standing"] == before


def test_the_position_stands_beside_the_verdict_and_neither_changes_the_other(site: Opened) -> None:
    with site.write() as session:
        report(session)
        first, second = (plan_site.asked(session, title)[0] for title in ("One", "Two"))
        reply = plan_site.answered(session, first, Position.ACCEPTED, date(2026, 5, 1), "Agreed")
        plan_site.answered(session, second, Position.REJECTED, date(2026, 5, 1))
        plan_site.judged(session, first, reply, Verdict.PARTLY)
    one, two = groups(site, ASSEMBLY)
    assert "accepted Agreed 1 May 2026 An answer in part" in one
    assert "rejected 1 May 2026 none" in two
    assert tables(site, ASSEMBLY)["By position"] == [
        ["accepted", "1", "50%"],
        ["rejected", "1", "50%"],
        ["Total", "2", ""],
    ]


def test_the_newest_position_counts_and_a_struck_answer_takes_none(site: Opened) -> None:
    with site.write() as session:
        report(session)
        [owed] = plan_site.asked(session, "One")
        plan_site.answered(session, owed, Position.NOTED, date(2026, 4, 1))
        plan_site.answered(session, owed, Position.IN_PART, date(2026, 5, 1))
    assert "accepted in part" in groups(site, ASSEMBLY)[0]
    assert "noted" not in groups(site, ASSEMBLY)[0]
    assert "noted" in groups(site, f"{ASSEMBLY}?as_of=2026-04-20&hindsight=1")[0]


def test_the_numbers_beside_the_picture_are_those_of_the_list(site: Opened) -> None:
    with site.write() as session:
        report(session)
        for title in ("One", "Two", "Three"):
            plan_site.asked(session, title, "ministry-of-water", "ministry-of-rivers")
    rows = tables(site, ASSEMBLY)["By standing"]
    assert rows[-1] == ["Total", "6", ""]
    assert sum(int(row[1]) for row in rows[:-1]) == 6


def test_a_plan_narrowed_shows_entries_and_keeps_the_figures_of_the_whole(site: Opened) -> None:
    with site.write() as session:
        report(session)
        plan_site.asked(session, "One")
    assert groups(site, f"{ASSEMBLY}?standing=answered") == []
    assert tables(site, f"{ASSEMBLY}?standing=answered")["By standing"][-1] == ["Total", "1", ""]


def test_a_plan_is_taken_away_with_each_axis_in_columns_of_its_own(site: Opened) -> None:
    with site.write() as session:
        owed = plan_site.plan(session)
        plan_site.claim(session, owed["law"], Speaker.REVIEWER, ClaimState.SUBSTANTIAL, "Substantial")
    said = site.get("/processes/the-plan/plan.csv").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(said)))
    assert [(row["title"], row["depth"]) for row in rows] == [
        ("Fit meters", "0"),
        ("Pass the law", "1"),
        ("Find the money", "1"),
        ("Publish maps", "0"),
    ]
    assert (rows[1]["done_reviewer"], rows[1]["done_reviewer_as_written"], rows[1]["done_body"]) == (
        "substantial",
        "Substantial",
        "",
    )
    data = site.json("/documents/plan/plan.json")["data"]
    assert [row["title"] for row in data] == [row["title"] for row in rows]
    assert data[1]["done_reviewer"] == "substantial" and data[1]["done_body"] is None
