"""The demo shows what its rows carry and no more: these flags, these looks, nothing newly."""

import re
from collections import Counter
from datetime import date

import pytest
from sqlmodel import Session, col, select

from tests.demo.showing import listed
from tests.shared import shared
from tracker.assets import data
from tracker.demo.rows import rows
from tracker.domain.listing import ListName
from tracker.domain.words import Basis, ProcessKind, Standing
from tracker.storage.tables import Check, Document, Event, Happening, Item, Process, Response, ResponseLine

UNANSWERED, HOLLOW = Standing.OVERDUE, Standing.OVERDUE_UNSUBSTANTIVE
PFD_LOOK = date(2026, 2, 1)
METR_LOOK = date(2025, 12, 9)

FLAGS = {
    # (item, body): (standing, due day, day of the last look); the row of responses.csv it rests on
    ("eci-2018-000004-c", "eu-com"): (HOLLOW, date(2023, 12, 31), date(2026, 2, 9)),  # resp-108
    ("nz-ogp-c8m3", "nz-stats"): (HOLLOW, date(2019, 3, 31), date(2020, 12, 31)),  # resp-136
    ("eu-aia-6-5", "eu-com"): (HOLLOW, date(2026, 2, 2), date(2026, 6, 23)),  # resp-018
    ("seoul-ibm", "co-ibm"): (UNANSWERED, date(2025, 2, 10), METR_LOOK),  # resp-027
    ("seoul-inflection", "co-inflection"): (UNANSWERED, date(2025, 2, 10), METR_LOOK),  # resp-028
    ("seoul-mistral", "co-mistral"): (UNANSWERED, date(2025, 2, 10), METR_LOOK),  # resp-031
    ("seoul-samsung", "co-samsung"): (UNANSWERED, date(2025, 2, 10), METR_LOOK),  # resp-034
    ("seoul-tii", "co-tii"): (UNANSWERED, date(2025, 2, 10), METR_LOOK),  # resp-035
    ("seoul-zhipu", "co-zhipu"): (UNANSWERED, date(2025, 2, 10), METR_LOOK),  # resp-037
    ("uk-pfd-2025-0558-i", "uk-dbt"): (UNANSWERED, date(2025, 12, 30), PFD_LOOK),  # resp-109
    ("uk-pfd-2025-0558-i", "uk-dcms"): (UNANSWERED, date(2025, 12, 30), PFD_LOOK),  # resp-109
    ("uk-pfd-2025-0558-i", "uk-dsit"): (UNANSWERED, date(2025, 12, 30), PFD_LOOK),  # resp-109
    ("uk-pfd-2025-0558-i", "uk-bama"): (UNANSWERED, date(2025, 12, 30), PFD_LOOK),  # resp-109
    ("uk-pfd-2025-0214-i", "uk-dft"): (UNANSWERED, date(2025, 6, 27), PFD_LOOK),  # resp-110
    ("uk-pfd-2025-0253-i", "uk-ho"): (UNANSWERED, date(2025, 7, 18), PFD_LOOK),  # resp-111
    ("uk-pfd-2025-0340-i", "uk-ecpag"): (UNANSWERED, date(2025, 9, 2), PFD_LOOK),  # resp-112
    ("uk-pfd-2025-0340-i", "uk-las"): (UNANSWERED, date(2025, 9, 2), PFD_LOOK),  # resp-112
    ("uk-pfd-2025-0323-i", "uk-ghc"): (UNANSWERED, date(2025, 8, 21), PFD_LOOK),  # resp-113
    ("eu-aia-77-2-it", "it-gov"): (UNANSWERED, date(2024, 11, 2), date(2025, 1, 1)),  # resp-020
    ("eu-aia-77-2-hu", "hu-gov"): (UNANSWERED, date(2024, 11, 2), date(2025, 1, 1)),  # resp-021
}


def test_the_flags_are_exactly_those_the_rows_carry(loaded: Session) -> None:
    found = {(line.item_key, line.body_key): line for line in listed(loaded, ListName.OVERDUE)}
    shown = {key: (line.standing, line.due_on, line.checked_on) for key, line in found.items()}
    assert shown == FLAGS
    assert not listed(loaded, ListName.NOT_ANSWERED_BY_DATE_ASKED)
    for (_, due_on, looked_on), line in ((FLAGS[key], line) for key, line in found.items()):
        assert line.days_overdue == (looked_on - due_on).days


def test_every_flag_says_why_its_date_binds_and_is_shown_however_old_the_look(loaded: Session) -> None:
    flags = listed(loaded, ListName.OVERDUE)
    assert Counter(line.basis for line in flags) == {Basis.STATUTE: 12, Basis.PROMISE: 8}
    assert not [line for line in flags if line.stale]


def test_all_processes_of_all_kinds_and_all_items_are_there(loaded: Session) -> None:
    processes = loaded.exec(select(Process)).all()
    assert len(processes) == 54
    assert {process.kind for process in processes} == set(ProcessKind)
    assert len(loaded.exec(select(Item)).all()) == 288
    assert len(loaded.exec(select(Document)).all()) == 107


def test_nothing_is_news(loaded: Session) -> None:
    events = loaded.exec(select(Event)).all()
    assert events
    assert all(event.backfill for event in events)


def test_a_row_that_counts_repliers_moves_nobody(loaded: Session) -> None:
    five_of_eighteen = listed(loaded, item="uk-pfd-2025-0132-i")
    assert len(five_of_eighteen) == 18
    assert {line.standing for line in five_of_eighteen} == {Standing.UNCHECKED}
    assert listed(loaded, item="eu-aia-70")[0].standing is Standing.UNCHECKED
    texts = loaded.exec(select(Happening.text)).all()
    assert [text for text in texts if text.startswith("5 of 18")]
    assert [text for text in texts if "8 of 27" in text]


def test_nobody_is_flagged_where_nobody_looked(loaded: Session) -> None:
    unresearched = [line for line in listed(loaded) if not line.outcome_researched]
    assert unresearched
    assert not {line.standing for line in unresearched} & {UNANSWERED, HOLLOW}


def test_a_body_that_answers_for_another_is_on_behalf(loaded: Session) -> None:
    wanted = select(ResponseLine).join(Response).where(col(Response.key) == "resp-009")
    found = loaded.exec(wanted).all()
    assert found
    assert all(line.on_behalf for line in found)


def test_general_knowledge_is_a_happening_and_no_look(loaded: Session) -> None:
    senate = listed(loaded, item="au-senate-ai-1")
    assert {line.standing for line in senate} == {Standing.UNCHECKED}
    unread = loaded.exec(select(Happening).where(col(Happening.confirmed).is_(False))).all()
    assert unread


def test_a_date_nobody_saw_is_computed_and_never_stated(loaded: Session) -> None:
    coroner = listed(loaded, item="uk-pfd-2025-0214-i")[0]
    assert (coroner.due_stated_on, coroner.due_computed_on) == (None, date(2025, 6, 27))
    ai_act = listed(loaded, item="eu-aia-6-5")[0]
    assert ai_act.due_stated_on == date(2026, 2, 2)


def test_a_recommendation_of_a_committee_without_a_known_day_cannot_be_computed(loaded: Session) -> None:
    assert listed(loaded, item="un-hrc-bo-past")[0].standing is Standing.UNKNOWN


def test_every_look_names_where_it_was_made(loaded: Session) -> None:
    checks = loaded.exec(select(Check)).all()
    assert len(checks) == 18
    assert all(check.places and check.places[0] for check in checks)


@pytest.mark.parametrize("name", ["processes", "documents", "items", "responses", "bodies"])
def test_a_source_is_named_as_a_reader_can_look_it_up(name: str) -> None:
    for row in rows(name):
        assert not re.search(r"^\S+\.txt \(|hit id|\btool\b", row.get("verified_source", "")), row


def test_the_demo_data_are_those_of_the_data_set() -> None:
    for file in sorted(shared("data", "demo").glob("*.csv")):
        assert (data("demo") / "data" / file.name).read_bytes() == file.read_bytes(), file.name
