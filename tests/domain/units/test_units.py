"""The units one by one, each by the law it comes from."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.calendars import calendar
from tracker.domain.units import Almanac, unit, units

PLAIN = Almanac(calendar("XX"))
UK = Almanac(calendar("GB"))
DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))
COUNTED = ["days", "weeks", "months", "years", "working_days", "working_weeks"]


def end(name: str, start: date, amount: int, *, inclusive: bool = False, almanac: Almanac = PLAIN) -> date:
    found = unit(name).end(start, amount, inclusive, almanac).day
    assert found
    return found


def test_every_unit_of_the_rules_is_there() -> None:
    assert set(units()) == {*COUNTED, "sitting_days", "fixed_date", "none"}


def test_months_end_on_the_corresponding_date() -> None:  # Dodds v Walker [1981]
    assert end("months", date(2024, 2, 29), 2) == date(2024, 4, 29)


def test_months_end_on_the_last_day_where_there_is_no_corresponding_date() -> None:
    assert unit("months").end(date(2022, 12, 31), 2, False, PLAIN).remark == "month_end"
    assert end("months", date(2022, 12, 31), 2) == date(2023, 2, 28)


def test_months_beginning_with_a_day_end_the_day_before() -> None:  # FOIA 2000 s.9(2)
    assert end("months", date(2024, 1, 15), 3, inclusive=True) == date(2024, 4, 14)
    assert end("months", date(2024, 1, 31), 3, inclusive=True) == date(2024, 4, 30)


def test_a_year_from_the_leap_day_ends_on_28_february() -> None:
    assert end("years", date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert end("years", date(2023, 2, 28), 1) == date(2024, 2, 28)


def test_an_irish_week_is_five_working_days() -> None:  # FOI Act 2014 s.2
    ireland = Almanac(calendar("IE"))
    assert end("working_weeks", date(2025, 4, 7), 4, almanac=ireland) == date(2025, 5, 7)


def test_sitting_days_come_from_the_list_alone() -> None:
    sittings = (date(2026, 5, 5), date(2026, 5, 4), date(2026, 6, 1), date(2026, 5, 5))
    almanac = Almanac(calendar("XX"), sittings)
    assert unit("sitting_days").end(date(2026, 5, 4), 2, False, almanac).day == date(2026, 6, 1)
    assert unit("sitting_days").end(date(2026, 5, 4), 2, True, almanac).day == date(2026, 5, 5)
    assert unit("sitting_days").end(date(2026, 5, 4), 3, False, almanac).remark == "sittings_missing"


def test_a_yearly_date_is_the_next_one_after_the_start() -> None:
    almanac = Almanac(calendar("XX"), fixed_on=("10-15",))
    fixed = unit("fixed_date")
    assert fixed.end(date(2026, 6, 30), 0, False, almanac).day == date(2026, 10, 15)
    assert fixed.end(date(2026, 10, 15), 0, False, almanac).day == date(2027, 10, 15)
    assert fixed.end(date(2026, 10, 15), 0, True, almanac).day == date(2026, 10, 15)
    assert fixed.end(None, 0, False, almanac).day is None


def test_of_several_fixed_dates_the_next_counts_or_the_one_asked_for() -> None:
    almanac = Almanac(calendar("XX"), fixed_on=("2025-02-02", "2025-08-02"))
    fixed = unit("fixed_date")
    assert fixed.end(date(2025, 2, 2), 0, False, almanac).day == date(2025, 8, 2)
    assert fixed.end(date(2025, 2, 2), 1, False, almanac).day == date(2025, 2, 2)
    assert fixed.end(date(2027, 1, 1), 0, False, almanac).day == date(2025, 8, 2)
    assert fixed.end(None, 0, False, almanac).day == date(2025, 2, 2)


@given(DAYS, st.integers(1, 240))
def test_months_never_overshoot_the_month(start: date, amount: int) -> None:
    due = end("months", start, amount)
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == amount
    assert due.day == start.day or (due.day < start.day and (due + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(1, 120))
def test_working_days_equal_a_naive_walk(start: date, amount: int) -> None:
    day, counted = start, 0
    while counted < amount:
        day += timedelta(days=1)
        if day.weekday() < 5 and not UK.calendar.is_holiday(day):
            counted += 1
    assert end("working_days", start, amount, almanac=UK) == day


@given(st.sampled_from(["days", "weeks"]), DAYS, st.integers(1, 500))
def test_an_inclusive_start_ends_one_day_earlier(name: str, start: date, amount: int) -> None:
    assert end(name, start, amount) - end(name, start, amount, inclusive=True) == timedelta(days=1)


@given(DAYS, st.integers(1, 60))
def test_an_inclusive_start_of_months_ends_one_day_earlier_unless_the_month_is_too_short(
    start: date, amount: int
) -> None:
    clipped = unit("months").end(start, amount, False, PLAIN).remark == "month_end"
    gap = end("months", start, amount) - end("months", start, amount, inclusive=True)
    assert gap == timedelta(days=0 if clipped else 1)


@given(st.sampled_from(COUNTED), DAYS, st.integers(1, 60))
def test_one_unit_more_never_ends_earlier(name: str, start: date, amount: int) -> None:
    assert end(name, start, amount + 1, almanac=UK) > end(name, start, amount, almanac=UK)


@given(DAYS, st.integers(0, 60))
def test_moving_by_what_lies_inside_is_a_walk_of_that_length(start: date, length: int) -> None:
    last = start + timedelta(days=length)
    for name in ("days", "working_days"):
        inside = unit(name).inside(start, last, UK)
        moved = unit(name).move(start - timedelta(days=1), inside, UK)
        assert moved <= last
        assert unit(name).inside(start, moved, UK) == inside


@pytest.mark.parametrize("name", ["fixed_date", "none"])
def test_what_is_not_counted_does_not_move(name: str) -> None:
    assert unit(name).inside(date(2026, 1, 1), date(2026, 12, 31), PLAIN) == 0
    assert unit(name).move(date(2026, 1, 1), 9, PLAIN) == date(2026, 1, 1)
