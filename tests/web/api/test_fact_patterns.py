"""The law of standings, tried from outside: facts in by the API, where it stands out by the API."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.api.patterns import answers, clocks, dates, looks, taken_back
from tests.web.api.story import (
    FOUNDED_ON,
    STATED,
    V1,
    Pattern,
    Teller,
    came,
    clock,
    judged,
    looked,
    moment,
    opened,
)
from tests.web.open_site import Opened
from tracker.storage.engine import Database

PATTERNS = (*dates.PATTERNS, *looks.PATTERNS, *answers.PATTERNS, *taken_back.PATTERNS, *clocks.PATTERNS)


@pytest.fixture(scope="module")
def teller(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teller]:
    """One site for all patterns: each has a body and an item of its own, and its own time."""
    path = tmp_path_factory.mktemp("patterns") / "answerby.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    yield opened(Opened(database, now=moment(FOUNDED_ON)))
    database.close()


@pytest.mark.parametrize("pattern", PATTERNS, ids=[pattern.name for pattern in PATTERNS])
def test_it_stands_where_the_law_says(teller: Teller, pattern: Pattern) -> None:
    told = pattern.told(teller)
    expected = {when: dict(said) for when, said in pattern.then.items()}
    shown = {when: told.seen(when) for when in expected}
    found = {when: {name: shown[when].get(name) for name in said} for when, said in expected.items()}
    assert found == expected


def test_several_addressees_of_one_item_stand_each_for_themselves(teller: Teller) -> None:
    told = Pattern("three", STATED, (), {}).told(teller)
    bodies = [{"body": told.body}, {"body": "bridges", "role": "joint"}, {"new": {"name": "Ferry Board"}}]
    told.site.now = moment("2026-03-16")
    told.ids = told.post("/items", told.item(STATED | {"addressees": bodies}))["ids"]
    for fact in (came("reply", published="2026-05-01"), judged("substantive", "2026-05-02")):
        told.site.now = moment(fact.noted)
        fact.tell(told)
    told.site.now = moment("2026-05-12")
    told.post("/checks", {"obligations": [told.ids[1]], "looked_on": "2026-05-12", "places": ["a page"]})
    shown = [told.site.json(f"{V1}/obligations/{id_}")["standing"] for id_ in told.ids]
    assert shown == ["answered", "overdue", "unchecked"]


def test_what_was_passed_on_is_owed_by_the_other_body_by_the_same_day(teller: Teller) -> None:
    told = Pattern("passed", STATED, (clock("transfer", "2026-04-20", to_body="bridges"),), {}).told(teller)
    item = told.site.json(f"{V1}/obligations/{told.ids[0]}")["item"]
    found = told.site.json(f"{V1}/obligations?item={item}&body=bridges")["data"]
    told.ids = [one["id"] for one in found]
    looked("2026-05-12").tell(_at(told, "2026-05-12"))
    shown = told.seen("2026-05-12")
    assert (shown["standing"], shown["due_on"], shown["days_overdue"]) == ("overdue", "2026-05-04", 8)


def test_reports_fall_due_from_the_anchor_and_never_drift(teller: Teller) -> None:
    told = Pattern("one", STATED, (), {}).told(teller)
    owes = {"basis": "promise", "due_stated": "2026-01-31", "every_months": 1}
    said = told.item(owes | {"addressee": {"kind": "report", "periods": 3}})
    found = told.post("/items", said)["obligations"]
    assert [one["due_on"] for one in found] == ["2026-01-31", "2026-02-28", "2026-03-31"]


@pytest.mark.parametrize(
    ("basis", "name"),
    [
        ("statute", "overdue"),
        ("convention", "overdue"),
        ("promise", "overdue"),
        ("request", "not-answered-by-date-asked"),
        ("benchmark", "not-answered-by-date-asked"),
    ],
)
def test_a_flag_stands_in_the_list_of_its_basis(teller: Teller, basis: str, name: str) -> None:
    told = Pattern(basis, STATED | {"basis": basis}, (looked("2026-05-12"),), {}).told(teller)
    lists = ("overdue", "not-answered-by-date-asked")
    held = [one for one in lists if _ids(told, one) == told.ids]
    assert held == [name]


def test_a_supporting_body_stands_in_neither_list_of_flags(teller: Teller) -> None:
    owes = STATED | {"addressee": {"role": "supporting"}}
    told = Pattern("supporting", owes, (looked("2026-05-12"),), {}).told(teller)
    assert [_ids(told, name) for name in ("overdue", "not-answered-by-date-asked")] == [[], []]


def test_a_second_reader_is_another_person(teller: Teller) -> None:
    facts = (came("reply", published="2026-05-06"), judged("not", "2026-05-08"))
    told = Pattern("two readers", STATED, facts, {}).told(teller)
    path = f"/assessments/{told.verdicts[-1]}/countersign"
    assert told.post(path, {}, status=400)["errors"][0]["name"] == "assessment"
    assert told.seen("2026-05-12")["standing"] == "awaiting_assessment"


def test_a_response_logged_in_the_evening_of_a_far_west_was_seen_today_there(teller: Teller) -> None:
    told = Pattern("west", STATED, (), {}, body={"zone": "Pacific/Honolulu"}).told(teller)
    told.site.now = moment("2026-05-06T02:00:00Z")
    said = {"body": told.body, "url": "https://roads.example/1"}
    covered = {"obligation": told.ids[0], "kind": "holding"}
    told.post("/responses", said | {"obligations": [covered]})
    assert told.seen("2026-05-06T02:00:00Z")["checked_on"] == "2026-05-05"


def test_as_of_a_day_before_it_was_entered_it_is_not_there(teller: Teller) -> None:
    told = Pattern("early", STATED, (), {}).told(teller)
    told.site.json(f"{V1}/obligations/{told.ids[0]}?as_of=2026-03-15", 404)
    told.site.json(f"{V1}/obligations/{told.ids[0]}?as_of=2026-03-15&hindsight=1")
    told.site.json(f"{V1}/obligations/{told.ids[0]}?as_of=2026-03-18", 422)


def _at(told: Teller, when: str) -> Teller:
    told.site.now = moment(when)
    return told


def _ids(told: Teller, name: str) -> list[int]:
    found = told.site.json(f"{V1}/obligations?list={name}&body={told.body}")["data"]
    return [one["id"] for one in found]
