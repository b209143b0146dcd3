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
    others = {
        "workable_days",
        "sitting_days",
        "school_days",
        "clear_days",
        "half_months",
        "hours",
        "fixed_date",
        "none",
    }
    assert set(units()) == {*COUNTED, *others}


def test_an_unknown_unit_names_the_nearest_one() -> None:
    with pytest.raises(KeyError, match="did you mean working_days"):
        unit("workingdays")


@pytest.mark.parametrize(
    ("start", "halves", "due"),
    [
        ("2025-01-31", 1, "2025-02-15"),
        ("2025-01-31", 2, "2025-02-28"),
        ("2025-01-31", 3, "2025-03-15"),  # the fifteen days come last: 28 February and fifteen more
        ("2024-02-14", 1, "2024-02-29"),
        ("2024-12-20", 5, "2025-03-07"),
    ],
)
def test_half_a_month_is_fifteen_days_counted_last(start: str, halves: int, due: str) -> None:  # BGB s.189
    assert end("half_months", date.fromisoformat(start), halves) == date.fromisoformat(due)


def test_half_a_month_beginning_with_a_day_counts_that_day() -> None:
    assert end("half_months", date(2026, 5, 1), 1, inclusive=True) == date(2026, 5, 15)
    assert end("half_months", date(2026, 5, 1), 3, inclusive=True) == date(2026, 6, 15)


def test_clear_days_leave_out_both_ends() -> None:  # Canada, Interpretation Act s.27(1)
    assert end("clear_days", date(2026, 5, 4), 7) == date(2026, 5, 12)
    assert end("clear_days", date(2026, 5, 4), 7, inclusive=True) == date(2026, 5, 12)


def test_whole_days_of_hours_end_on_one_day_whatever_the_hour() -> None:
    assert end("hours", date(2026, 2, 27), 48) == date(2026, 3, 1)
    assert end("hours", date(2026, 2, 27), 72) == date(2026, 3, 2)


def test_hours_that_may_end_on_either_of_two_days_tell_none() -> None:
    assert unit("hours").end(date(2026, 2, 27), 30, False, PLAIN).remark == "hour_unknown"


def test_hours_of_a_stopped_clock_are_put_back_in_whole_days() -> None:
    hours = unit("hours")
    stopped = hours.inside(date(2026, 5, 5), date(2026, 5, 6), PLAIN)
    assert hours.move(date(2026, 5, 8), stopped, PLAIN) == date(2026, 5, 10)


def test_school_days_come_from_the_list_of_term_days() -> None:  # SI 2009/1369
    term = (*(date(2026, 5, day) for day in range(18, 23)), date(2026, 6, 1), date(2026, 6, 2))
    almanac = Almanac(calendar("GB"), term)
    assert end("school_days", date(2026, 5, 18), 5, almanac=almanac) == date(2026, 6, 1)
    assert unit("school_days").end(date(2026, 5, 18), 7, False, almanac).remark == "sittings_missing"


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


def test_a_french_workable_day_may_be_a_saturday() -> None:  # jours ouvrables, Code du travail L3133-1
    france = Almanac(calendar("FR"))
    assert end("workable_days", date(2026, 5, 6), 3, almanac=france) == date(
        2026, 5, 11
    )  # 8 May and Sunday left out
    assert unit("workable_days").inside(date(2026, 5, 6), date(2026, 5, 11), france) == 4
    assert unit("workable_days").move(date(2026, 5, 9), 1, france) == date(2026, 5, 11)
