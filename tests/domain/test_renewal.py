"""Whose text of a rule counts for a date already kept, and why a date moved."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.shared import ROOT
from tracker.domain.calendars import calendar
from tracker.domain.catalogue import catalogue
from tracker.domain.deadlines import compute
from tracker.domain.renewal import (
    Reckoned,
    changed,
    days_left_out,
    fingerprint,
    is_confirmed,
    kept_rule,
    reasons,
    rule_that_counts,
)
from tracker.domain.rules import ExtensionTerms, Rule, Version

RULE = Rule(key="r", name="r", amount=20, unit="working_days", calendar="GB")
ROLLS = replace(RULE, unit="months", amount=1, roll="next")
STARTS = st.dates(date(2020, 1, 1), date(2027, 12, 31))


def reckoned(rule: Rule, start: date, extra: dict[str, str | None] | None = None) -> Reckoned:
    due = compute(rule, start, calendar=calendar("GB", extra))
    steps: list[dict[str, Any]] = [step.as_data() for step in due.steps]
    return Reckoned(due.due_on, steps, due.calendar_version)


def test_a_holiday_the_count_only_now_reaches_is_not_called_new() -> None:
    start = date(2026, 4, 23)  # the old count ends on Friday 22 May, before the bank holiday of the 25th
    was = reckoned(RULE, start)
    is_ = reckoned(RULE, start, {"2026-05-20": "Funeral"})
    assert (was.due_on, is_.due_on) == (date(2026, 5, 22), date(2026, 5, 26))
    assert reasons(RULE, RULE, was, is_) == [
        {"code": "holiday_added", "day": "2026-05-20", "name": "Funeral"}
    ]


def test_a_last_day_that_became_a_holiday_is_named() -> None:
    start = date(2026, 4, 20)
    was, is_ = reckoned(ROLLS, start), reckoned(ROLLS, start, {"2026-05-20": "Funeral"})
    assert (was.due_on, is_.due_on) == (date(2026, 5, 20), date(2026, 5, 21))
    assert reasons(ROLLS, ROLLS, was, is_) == [
        {"code": "holiday_added", "day": "2026-05-20", "name": "Funeral"}
    ]


@given(STARTS, st.dates(date(2020, 1, 1), date(2027, 12, 31)))
def test_a_date_never_moves_without_a_reason(start: date, off: date) -> None:
    for rule in (RULE, ROLLS):
        was, is_ = reckoned(rule, start), reckoned(rule, start, {off.isoformat(): "Off"})
        found = reasons(rule, rule, was, is_) if was.due_on != is_.due_on else [{"code": "none"}]
        assert found
        back = reasons(rule, rule, is_, was) if was.due_on != is_.due_on else [{"code": "none"}]
        assert back
        assert "calendar_changed" not in {str(why["code"]) for why in (*found, *back)}


def test_a_text_in_force_later_does_not_touch_a_period_begun_before() -> None:
    new = replace(RULE, amount=30, valid_from=date(2026, 5, 1))
    assert rule_that_counts(RULE, new, date(2026, 4, 30)) is RULE
    assert rule_that_counts(RULE, new, date(2026, 5, 1)) is new
    assert rule_that_counts(RULE, new, None) is new


def test_a_text_that_is_another_from_a_day_on_is_no_reason_for_a_period_begun_before() -> None:
    before = Version(valid_to=date(2026, 4, 30), amount=20)
    new, start = replace(RULE, amount=25, versions=(before,)), date(2026, 4, 28)
    was, is_ = reckoned(RULE, start), reckoned(new, start, {"2026-05-20": "Funeral"})
    assert [why["code"] for why in reasons(RULE, new, was, is_, start)] == ["holiday_added"]
    later = date(2026, 5, 5)
    [why] = reasons(RULE, new, reckoned(RULE, later), reckoned(new, later), later)
    assert why == {"code": "rule_changed", "rule": "r", "changed": {"amount": [20, 25]}}


def test_a_rule_the_catalogue_lost_stays_as_it_was_kept() -> None:
    assert rule_that_counts(RULE, None, None) is RULE
    assert rule_that_counts(None, None, None) is None


def test_words_are_no_substance_and_numbers_are() -> None:
    assert changed(RULE, replace(RULE, notes="x", name="y", source="z", checked=False)) == {}
    assert changed(RULE, replace(RULE, extension=ExtensionTerms(amount=3))) != {}
    assert changed(RULE, replace(RULE, amount=21)) == {"amount": [20, 21]}


def test_a_confirmation_is_an_editors_only_where_the_rule_was_not_checked() -> None:
    doubtful = replace(RULE, checked=False)
    assert is_confirmed(doubtful, True, replace(doubtful, notes="x"))
    assert not is_confirmed(doubtful, True, replace(doubtful, amount=21))
    assert not is_confirmed(doubtful, False, doubtful)
    assert not is_confirmed(RULE, True, doubtful), "the catalogue itself has begun to doubt"


def test_every_rule_of_the_catalogue_reads_the_same_after_it_was_kept() -> None:
    assert [key for key, rule in catalogue().items() if kept_rule(rule.snapshot()) != rule] == []


def test_a_snapshot_nobody_can_read_any_more_is_none() -> None:
    assert kept_rule({**RULE.snapshot(), "gone": 1}) is None


def test_the_fingerprint_tells_rules_and_days_off_apart_and_forgets_their_order() -> None:
    off = (("GB", date(2026, 5, 20), "A"), ("FR", date(2026, 5, 21), "B"))
    one = fingerprint([RULE], off)
    assert one == fingerprint([RULE], off[::-1])
    assert len({one, fingerprint([replace(RULE, amount=21)], off), fingerprint([RULE], off[:1])}) == 3


def test_a_closure_of_many_days_is_many_days() -> None:
    steps = [{"code": "holiday", "day": "2026-12-25", "values": {"name": "Closed", "until": "2026-12-27"}}]
    assert [day.day for day in days_left_out(steps)] == [25, 26, 27]


def test_the_fingerprint_is_the_same_in_every_process() -> None:
    program = (
        "from tracker.domain.catalogue import catalogue\n"
        "from tracker.domain.renewal import fingerprint\n"
        "print(fingerprint(catalogue().values(), ()))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {fingerprint(catalogue().values(), ()) + "\n"}
