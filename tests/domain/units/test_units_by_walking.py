"""A thousand starts and amounts for every unit, against somebody who walks from day to day."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.domain.days_off_by_hand import is_off
from tests.domain.law_by_hand import due_by_reading
from tracker.domain.calendars import calendar
from tracker.domain.units import Almanac, unit

DAY = timedelta(days=1)
FIRST, LAST = date(2016, 1, 1), date(2027, 12, 31)


def _starts(many: int = 1000, seed: int = 1182) -> list[tuple[date, int]]:
    chance = random.Random(seed)
    span = (LAST - FIRST).days
    return [(FIRST + chance.randrange(span) * DAY, chance.randint(1, 24)) for _ in range(many)]


def _half_months(start: date, halves: int) -> date:
    whole = due_by_reading(f"{halves // 2} months", start) if halves > 1 else start
    return due_by_reading("15 days", whole) if halves % 2 else whole


def _clear(start: date, amount: int) -> date:
    day, between = start + DAY, 0
    while between < amount:
        between += 1
        day += DAY
    return day


def _workable(start: date, amount: int) -> date:
    day, left = start, amount
    while left:
        day += DAY
        left -= day.weekday() < 6 and not is_off("DE", day)
    return day


BY_WALKING: dict[str, Callable[[date, int], date]] = {
    "days": lambda start, amount: due_by_reading(f"{amount} days", start),
    "weeks": lambda start, amount: due_by_reading(f"{amount} weeks", start),
    "months": lambda start, amount: due_by_reading(f"{amount} months", start),
    "years": lambda start, amount: due_by_reading(f"{12 * amount} months", start),
    "half_months": _half_months,
    "clear_days": _clear,
    "working_days": lambda start, amount: due_by_reading(f"{amount} working GB", start),
    "working_weeks": lambda start, amount: due_by_reading(f"{5 * amount} working GB", start),
}


@pytest.mark.parametrize("name", sorted(BY_WALKING))
def test_a_thousand_periods_end_where_a_walker_ends(name: str) -> None:
    almanac = Almanac(calendar("GB"))
    for start, amount in _starts():
        found = unit(name).end(start, amount, False, almanac).day
        assert found == BY_WALKING[name](start, amount), (start, amount)


@pytest.mark.parametrize("name", ["days", "weeks", "months", "years"])
def test_a_thousand_periods_beginning_with_a_day_end_where_a_walker_ends(name: str) -> None:
    factor, word = {
        "days": (1, "days"),
        "weeks": (1, "weeks"),
        "months": (1, "months"),
        "years": (12, "months"),
    }[name]
    for start, amount in _starts(seed=27):
        found = unit(name).end(start, amount, True, Almanac(calendar("XX"))).day
        expected = (
            due_by_reading(f"{factor * amount} months incl", start)
            if word == "months"
            else due_by_reading(f"{amount * (7 if word == 'weeks' else 1)} days incl", start)
        )
        assert found == expected, (start, amount)


@pytest.mark.parametrize("place", ["GB", "GB-SCT", "NZ-OIA", "NZ-LGOIMA", "US", "IE", "EU", "CA"])
def test_a_thousand_counts_of_working_days_in_a_place_end_where_a_walker_ends(place: str) -> None:
    almanac = Almanac(calendar(place))
    for start, amount in _starts(seed=10):
        expected = due_by_reading(f"{amount} working {place}", start)
        assert unit("working_days").end(start, amount, False, almanac).day == expected, (start, amount)


def test_a_thousand_counts_of_working_days_with_saturdays_end_where_a_walker_ends() -> None:
    almanac = Almanac(calendar("DE"))
    for start, amount in _starts(seed=26):
        found = unit("workable_days").end(start, amount, False, almanac).day
        assert found == _workable(start, amount), (start, amount)


def test_a_thousand_periods_of_whole_days_of_hours_end_where_a_walker_ends() -> None:
    for start, amount in _starts(seed=48):
        expected = due_by_reading(f"{amount} days", start)
        assert unit("hours").end(start, 24 * amount, False, Almanac(calendar("XX"))).day == expected


def test_a_thousand_sitting_days_are_found_by_counting_through_the_list() -> None:
    chance = random.Random(17)
    sittings = sorted(chance.sample([FIRST + n * DAY for n in range((LAST - FIRST).days)], 1200))
    almanac = Almanac(calendar("XX"), tuple(sittings))
    for start, amount in _starts(seed=23):
        left, found = amount, None
        for sitting in sittings:
            left -= sitting > start
            if left == 0:
                found = sitting
                break
        assert unit("sitting_days").end(start, amount, False, almanac).day == found


def test_a_thousand_stops_hold_as_many_working_days_as_a_walker_meets() -> None:
    almanac = Almanac(calendar("GB"))
    for since, length in _starts(seed=44):
        met, day = 0, since
        while day <= since + length * DAY:
            met += day.weekday() < 5 and not is_off("GB", day)
            day += DAY
        assert unit("working_days").inside(since, since + length * DAY, almanac) == met
