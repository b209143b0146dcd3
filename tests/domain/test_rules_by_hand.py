"""Every rule of the catalogue against its law, read and counted a second time by walking from day to day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.days_off_by_hand import DAY, PLACES, easter, is_off
from tests.domain.law_by_hand import READINGS, due_by_hand, due_by_reading
from tracker.domain.calendars import calendar
from tracker.domain.catalogue import catalogue
from tracker.domain.deadlines import compute
from tracker.domain.units import unit

YEARS = range(2016, 2032)
D = date.fromisoformat


def _awkward_days() -> list[date]:
    """Month ends, leap days, both sides of Christmas and Easter, one-off holidays, closedowns, clock changes."""
    yearly = "01-01 01-10 01-16 01-30 01-31 02-27 02-28 03-17 04-30 05-08 05-31 06-19 06-30 07-12 08-30 08-31"
    yearly += " 09-30 10-31 11-25 11-26 11-27 11-30 12-01 12-19 12-24 12-25 12-31"
    days = [D(f"{year}-{text}") for year in YEARS for text in yearly.split()]
    days += [date(year, 2, 29) for year in YEARS if year % 4 == 0]
    days += [easter(year) + offset * DAY for year in YEARS for offset in (-30, -28, -2, -1, 0, 1, 39, 60)]
    days += [D(text) for text in ("2022-08-22", "2022-09-18", "2023-04-10", "2026-05-18", "2021-06-01")]
    return sorted(set(days))


AWKWARD = _awkward_days()


def test_every_rule_that_counts_has_been_read_a_second_time() -> None:
    counting = {
        key
        for key, rule in catalogue().items()
        if rule.amount and unit(rule.unit).NEEDS == "amount" and rule.unit != "sitting_days"
    }
    assert counting - set(READINGS) == {"de-ifg-7-5-ext"}  # has cases of its own below
    assert set(READINGS) <= counting


@pytest.mark.parametrize("key", sorted(READINGS))
def test_a_rule_gives_the_day_its_law_gives_on_every_awkward_day(key: str) -> None:
    wrong = [
        (start.isoformat(), str(compute(catalogue()[key], start).due_on), str(due_by_hand(key, start)))
        for start in AWKWARD
        if compute(catalogue()[key], start).due_on != due_by_hand(key, start)
    ]
    assert wrong == []


@given(st.sampled_from(sorted(READINGS)), st.dates(date(2016, 1, 1), date(2028, 6, 30)))
def test_a_rule_gives_the_day_its_law_gives_on_any_day(key: str, start: date) -> None:
    assert compute(catalogue()[key], start).due_on == due_by_hand(key, start)


@pytest.mark.parametrize("code", sorted(PLACES))
def test_every_weekday_of_a_place_agrees_with_its_holidays_by_law(code: str) -> None:
    place, day = calendar(code), date(2016, 1, 1)
    wrong = []
    while day.year <= YEARS[-1]:
        if day.weekday() < 5 and place.is_working(day) == is_off(code, day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


@pytest.mark.parametrize("land", ["DE-NW", "DE-BW", "DE-BE"])
def test_a_german_period_ends_by_the_holidays_of_the_place(land: str) -> None:  # BGB s.193
    for start in AWKWARD:
        due = compute(catalogue()["de-ifg-7-5"], start, calendar=calendar(land)).due_on
        assert due == due_by_reading(f"1 months roll {land}", start), start


def test_a_german_extension_is_a_period_of_its_own_from_the_expiry_of_the_first() -> None:  # BGB s.190
    for start in AWKWARD:
        first = due_by_reading("1 months roll DE", start)
        assert compute(catalogue()["de-ifg-7-5-ext"], start).due_on == due_by_reading(
            "1 months roll DE", first
        ), start


@pytest.mark.parametrize("amount", [2, 3, 5, 30, 90])
def test_european_periods_of_days_hold_two_working_days(amount: int) -> None:  # Regulation 1182/71 art 3(5)
    for start in AWKWARD:
        due = compute(catalogue()["eu-1182-71"], start, amount=amount).due_on
        assert due == due_by_reading(f"{amount} days roll EU floor", start), start


@pytest.mark.parametrize("months", [1, 3, 6, 18])
def test_canadian_periods_of_months_end_on_the_same_number(
    months: int,
) -> None:  # Interpretation Act ss.26, 28
    for start in AWKWARD:
        due = compute(catalogue()["ca-interp-s28"], start, amount=months).due_on
        assert due == due_by_reading(f"{months} months roll-holiday CA", start), start


@pytest.mark.parametrize("days", [30, 45, 60, 90, 100, 120, 150, 180, 240, 270, 365, 540])
def test_the_tasks_of_an_executive_order_are_counted_from_the_day_after(days: int) -> None:
    due = compute(catalogue()["us-eo14110"], date(2023, 10, 30), amount=days).due_on
    assert due == due_by_reading(f"{days} days", date(2023, 10, 30))


@pytest.mark.parametrize("days", [1, 7, 28])
def test_an_irish_period_from_a_day_includes_it(days: int) -> None:  # Interpretation Act 2005 s.18(h)
    for start in AWKWARD:
        due = compute(catalogue()["ie-interp-s18h"], start, amount=days).due_on
        assert due == due_by_reading(f"{days} days incl", start)


def test_an_extended_european_application_is_thirty_working_days() -> None:
    from tracker.domain.deadlines import Extension

    for start in AWKWARD:
        due = compute(catalogue()["eu-1049-art7"], start, extensions=[Extension(15)]).due_on
        assert due == due_by_reading("30 working EU", start), start
