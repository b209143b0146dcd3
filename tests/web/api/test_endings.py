"""Ending many duties, next stages, and taking entries back, by the API."""

from typing import Any

import pytest

from tests.web.api.story import STATED, V1, Pattern, Teller, clock, moment, opened
from tests.web.open_site import Opened
from tracker.storage.engine import Database

ORDER = {"works_from_on": "2026-05-20", "reason": "Revoked.", "source_url": "https://orders.example/9"}
REVOKED = ORDER | {"cause": "revoked", "process": "panel"}


@pytest.fixture
def teller(sqlite_url: str) -> Teller:
    database = Database(sqlite_url)
    told = Pattern("one", STATED, (), {}).told(opened(Opened(database, now=moment("2025-12-01"))))
    told.site.now = moment("2026-06-01")
    return told


def seen(teller: Teller, id_: int) -> dict[str, Any]:
    found: dict[str, Any] = teller.site.json(f"{V1}/obligations/{id_}")
    return found


def test_an_ending_is_seen_first_and_then_recorded(teller: Teller) -> None:
    [id_] = teller.ids
    preview = teller.post("/endings", REVOKED | {"preview": True})
    assert (preview["id"], preview["ends"]) == (None, [id_])
    assert seen(teller, id_)["standing"] == "unchecked"
    made = teller.post("/endings", REVOKED)
    assert made["ends"] == [id_]
    assert seen(teller, id_)["standing"] == "void"
    teller.post(f"/endings/{made['id']}/undo", {"reason": "Another order."})
    assert seen(teller, id_)["standing"] == "unchecked"


def test_a_dissolution_that_no_rule_speaks_of_waits_for_a_decision(teller: Teller) -> None:
    [id_] = teller.ids
    made = teller.post("/endings", REVOKED | {"cause": "dissolved"})
    assert (made["ends"], made["undecided"]) == ([], [id_])
    said = {"obligation": id_, "ends": True, "reason": "It lapsed."}
    answer = teller.post(f"/endings/{made['id']}/decide", said)
    assert answer["obligations"][0]["standing"] == "void"
    teller.post(f"/endings/{made['id']}/decide", said, status=400)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cause": "forgotten"}, "cause"),
        ({"process": "no-panel"}, "process"),
        ({"works_from_on": "2026-02-30"}, "works_from_on"),
        ({"reason": " "}, "reason"),
        ({"source_url": "gopher://x"}, "source_url"),
    ],
)
def test_an_ending_that_cannot_be_is_refused_at_its_field(
    teller: Teller, change: dict[str, str], field: str
) -> None:
    assert teller.post("/endings", REVOKED | change, status=400)["errors"][0]["name"] == field
    teller.post("/endings/99/undo", {"reason": "None."}, status=404)


def test_an_entry_is_named_by_its_id_and_taken_back(teller: Teller) -> None:
    [id_] = teller.ids
    made = teller.post("/clock-entries", _entry(id_, "extension", "2026-05-01", amount=2, unit="weeks"))
    [entry] = seen(teller, id_)["clock_entries"]
    assert (entry["id"], entry["amount"], entry["unit"], entry["new_due_on"]) == (
        made["id"],
        2,
        "weeks",
        "2026-05-18",
    )
    answer = teller.post(f"/clock-entries/{made['id']}/undo", {"reason": "Misread."})
    assert answer["obligations"][0]["due_on"] == "2026-05-04"
    teller.post(f"/clock-entries/{made['id']}/undo", {"reason": "Misread."}, status=400)
    teller.post("/clock-entries/999/undo", {"reason": "Misread."}, status=404)


def test_a_next_stage_answers_with_both_duties(teller: Teller) -> None:
    [id_] = teller.ids
    said = _entry(id_, "next_stage", "2026-05-10", rule="gb-commons-select-committee")
    first, second = teller.post("/clock-entries", said)["obligations"]
    assert (first["id"], first["due_on"]) == (id_, "2026-05-04")
    assert (second["period"], second["due_on"]) == (2, "2026-07-10")


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("pause", {"amount": 3}, "amount"),
        ("extension", {"afresh": True, "new_due_on": "2026-06-01"}, "afresh"),
        ("extension", {"amount": 3, "unit": "fortnights"}, "unit"),
        ("void", {"rule": "gb-foi-s10"}, "rule"),
        ("next_stage", {"rule": "gb-foi-s1O"}, "rule"),
        ("next_stage", {}, "rule"),
        ("restart", {}, "works_from_on"),
    ],
)
def test_what_a_kind_of_entry_does_not_know_is_refused(
    teller: Teller, kind: str, more: dict[str, Any], field: str
) -> None:
    answer = teller.post("/clock-entries", _entry(teller.ids[0], kind, "2026-05-01", **more), status=400)
    assert answer["errors"][0]["name"] == field


def _entry(id_: int, kind: str, on: str, **more: Any) -> dict[str, Any]:
    return {"obligation": id_, "kind": kind, "works_from_on": on, "reason": "Letter of that day."} | more


def test_a_fresh_start_by_the_api_counts_from_its_day(teller: Teller) -> None:
    pattern = Pattern(
        "afresh",
        {"rule": "gb-foi-s10", "trigger_on": "2026-04-07"},
        (clock("restart", "2026-04-20"),),
        {},
        entered="2026-04-08",
    )
    told = pattern.told(teller)
    assert told.seen("2026-05-12")["due_on"] == "2026-05-19"
    assert told.seen("as of 2026-04-19")["due_on"] == "2026-05-06"
