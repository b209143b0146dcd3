"""The calculator's answer: which date wins, and what stands against it."""

from datetime import date

import pytest

from tracker.domain.calendars import calendar
from tracker.domain.catalogue import catalogue
from tracker.domain.question import Question
from tracker.domain.reckoning import Reckoned, reckoned
from tracker.domain.words import DueSource


def answer(rule: str = "gb-foi-s10", start: str = "2024-02-29", **typed: str) -> Reckoned:
    return reckoned(Question(rule=rule, start=start, **typed), calendar)  # type: ignore[arg-type]


def codes(found: Reckoned) -> list[str]:
    return [step.code for step in found.computed.steps]


def test_without_a_stated_date_the_computed_one_counts() -> None:
    found = answer()
    assert (found.due_on, found.source, found.conflict) == (date(2024, 4, 2), DueSource.COMPUTED, None)


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("2022-11-11", None),
        ("2022-11-12", "dates_differ"),
        ("2022-11-04", "dates_differ"),
        ("2022-12-11", "far_from_rule"),
        ("2022-09-01", "stated_before_start"),
        ("2023-11-11", "stated_off_by_a_year"),
    ],
)
def test_a_stated_date_wins_and_what_differs_is_said(stated: str, code: str | None) -> None:
    found = answer("gb-eaw-coroner-pfd", "2022-09-16", stated=stated)
    assert (found.due_on, found.source) == (date.fromisoformat(stated), DueSource.STATED)
    assert found.computed.due_on == date(2022, 11, 11)
    assert (found.conflict.code if found.conflict else None) == code


def test_a_rule_without_a_number_honestly_gives_no_date() -> None:
    found = answer("gb-epetition-10k")
    assert (found.due_on, found.honest, found.source) == (None, True, DueSource.NONE)


def test_a_rule_that_lacks_its_number_is_no_honest_answer() -> None:
    numberless = next(rule for rule in catalogue().values() if rule.unit == "days" and not rule.amount)
    found = answer(numberless.key)
    assert (found.honest, found.computed.problem) == (False, "amount_missing")


def test_an_extension_counts_in_a_unit_of_its_own() -> None:
    assert answer("30 days", "2026-01-01", extend="1", extend_unit="weeks").due_on == date(2026, 2, 7)


def test_an_extension_announced_too_late_moves_nothing() -> None:
    late = answer(extend="5", given="2024-04-03")
    assert late.due_on == date(2024, 4, 2)
    assert "extension_too_late" in codes(late)


def test_a_period_that_begins_afresh_is_counted_from_there() -> None:
    found = answer(restart="2024-03-20")
    assert found.due_on == date(2024, 4, 19)
    assert codes(found).count("start") == 2
    assert codes(found).count("due") == 1


def test_a_fresh_start_after_the_due_day_moves_nothing() -> None:
    found = answer(restart="2024-05-20")
    assert found.due_on == date(2024, 4, 2)
    assert codes(found)[-2:] == ["restart_too_late", "due"]


def test_a_fresh_start_never_makes_the_day_earlier() -> None:
    found = answer("30 days", "2026-01-01", pause="", restart="2026-01-02", extended_to="2026-06-01")
    assert found.due_on == date(2026, 6, 1)
    longer = reckoned(
        Question(
            rule="30 days",
            start="2026-01-01",
            restart="2026-01-10",
            extended_to="2026-06-01",
            given="2026-01-05",
        ),
        calendar,
    )
    assert longer.due_on == date(2026, 6, 1)
    assert codes(longer)[-2:] == ["restart_keeps", "due"]


def test_sitting_days_come_from_the_question_or_from_the_site() -> None:
    days = "2026-01-05 2026-01-06 2026-01-07"
    assert answer("2 sitting days", "2026-01-05", sittings=days).due_on == date(2026, 1, 7)
    known = (date(2026, 1, 5), date(2026, 1, 8), date(2026, 1, 9))
    asked = Question(rule="2 sitting days", start="2026-01-05")
    assert reckoned(asked, calendar, lambda _rule, _start: known).due_on == date(2026, 1, 9)
    assert reckoned(asked, calendar).computed.problem == "sittings_missing"


def test_a_month_as_start_counts_from_its_last_day() -> None:
    assert answer("30 days", "January 2026").start_on == date(2026, 1, 31)
