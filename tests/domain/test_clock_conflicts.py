"""Stated against computed: before its start, off by a year, far from the rule, or merely different."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.domain.obligations import look, on, owed, partly_known, pause
from tracker.domain.clock import clock
from tracker.domain.standing import standing
from tracker.domain.words import Basis, DueSource, Standing


def judged(
    stated: str, computed: str | None = "05-04", start: str | None = "03-09", **more: Any
) -> list[str]:
    """The codes for a stated date beside 56 days from 9 March 2026; the problem first."""
    now = clock(owed(due=computed, start=start, due_stated=partly_known(stated), **more), on("04-01"))
    return [*([now.problem.code] if now.problem else []), *(reason.code for reason in now.reasons)]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("05-04", []),
        ("05-05", []),
        ("05-03", []),
        ("05-06", ["dates_differ"]),
        ("05-15", ["dates_differ"]),
        ("05-16", ["far_from_rule"]),
        ("04-22", ["far_from_rule"]),
        ("04-23", ["dates_differ"]),
        ("03-09", ["far_from_rule"]),
        ("03-08", ["stated_before_start"]),
        ("2025-05-04", ["stated_before_start"]),
        ("2027-05-04", ["stated_off_by_a_year"]),
        ("2027-05-01", ["stated_off_by_a_year"]),
        ("2027-04-27", ["stated_off_by_a_year"]),
        ("2027-04-26", ["far_from_rule"]),
        ("2028-01-01", ["stated_off_by_a_year"]),
    ],
)
def test_a_stated_day_against_fifty_six_days(stated: str, expected: list[str]) -> None:
    assert judged(stated) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2026-05", ["dates_differ", "due_day_of_period"]),
        ("2026", ["dates_differ", "due_day_of_period"]),
        ("2026-03", ["far_from_rule", "due_day_of_period"]),
        ("2026-02", ["stated_before_start", "due_day_of_period"]),
        ("2027-05", ["stated_off_by_a_year", "due_day_of_period"]),
        ("2027", ["stated_off_by_a_year", "due_day_of_period"]),
    ],
)
def test_a_stated_period_is_held_against_its_nearest_day(stated: str, expected: list[str]) -> None:
    assert judged(stated) == expected


def test_the_next_year_named_at_the_turn_of_the_year_is_no_slip() -> None:
    assert "stated_off_by_a_year" not in judged("2027", computed="2026-12-30")


def test_a_day_inside_the_month_of_the_event_is_not_before_it_for_certain() -> None:
    assert "stated_before_start" not in judged("03-15", start="2026-03", computed="05-31")
    assert judged("02-28", start="2026-03", computed="05-31")[0] == "stated_before_start"


def test_a_slip_of_the_year_is_found_across_a_leap_day() -> None:
    assert judged("2025-02-28", computed="2024-02-29", start="2024-01-04") == ["stated_off_by_a_year"]
    assert judged("2024-02-29", computed="2025-02-28", start="2023-01-03") == ["stated_off_by_a_year"]


def test_a_year_too_early_is_a_slip_where_the_period_is_longer_than_a_year() -> None:
    assert judged("2027-03-09", computed="2028-03-09") == ["stated_off_by_a_year"]


def test_without_a_rule_only_the_start_can_contradict() -> None:
    assert judged("2031-05-04", computed=None) == []
    assert judged("03-08", computed=None) == ["stated_before_start"]
    assert judged("03-08", computed=None, start=None) == []


def test_the_nearer_of_two_official_rules_is_what_a_stated_date_is_held_against() -> None:
    assert judged("05-04", due_computed_rival=date(2028, 5, 4)) == ["dates_differ"]


def test_what_an_editor_decided_is_no_conflict_any_more() -> None:
    assert judged("2027-05-04", due_decided=DueSource.STATED) == ["far_from_rule"]
    # Nobody may be told that the stated date counts where it does not.
    assert judged("2027-05-04", due_decided=DueSource.COMPUTED) == ["computed_by_decision"]


def test_a_stop_of_the_clock_is_no_conflict_between_stated_and_computed() -> None:
    facts = owed(pause("04-01", "09-30", "2026-11-03"), due_stated=partly_known("05-04"))
    now = clock(facts, on("12-31"))
    assert now.problem is None
    assert [reason.code for reason in now.reasons] == ["moved_by_pause"]


@pytest.mark.parametrize(
    ("stated", "asked", "doubted"),
    [
        ("05-01", "09-01", True),
        ("2026-04", "09-01", True),
        ("09-01", "09-01", False),
        ("05-01", "2026-05", False),
        ("04-30", "2026-05", True),
        ("05-01", "2026", False),
        ("2025", "2026", True),
    ],
)
@pytest.mark.parametrize("basis", list(Basis))
def test_without_an_event_a_stated_date_is_held_against_the_day_of_its_document(
    stated: str, asked: str, doubted: bool, basis: Basis
) -> None:
    found = judged(stated, computed=None, start=None, asked_on=partly_known(asked), basis=basis)
    assert ("stated_before_asked" in found) is doubted


def test_a_date_older_than_its_document_stands_once_an_editor_decided() -> None:
    decided = {"asked_on": partly_known("09-01"), "due_decided": DueSource.STATED}
    assert judged("05-01", computed=None, start=None, **decided) == []


def test_where_the_event_is_known_it_alone_is_the_start() -> None:
    assert judged("05-04", asked_on=partly_known("09-01")) == []


def test_a_date_older_than_its_document_accuses_nobody() -> None:
    facts = owed(look("11-20"), due=None, start=None, due_stated=partly_known("05-01"))
    assert standing(facts, on("11-21")).standing is Standing.OVERDUE
    doubtful = standing(replace(facts, asked_on=partly_known("09-01")), on("11-21"))
    assert (doubtful.standing, doubtful.days_overdue) == (Standing.UNKNOWN, None)
