"""Working days of the calendar; the day of receipt is day 0 even at 23:59 (FOIA 2000 s.10(1))."""

from datetime import date

from tracker.domain.units.counting import ONE_DAY, Almanac, Count, walk

NAME = "working_days"
USES_CALENDAR = True
NEEDS = "amount"


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """The amount-th working day after the start, or from the start where that day counts."""
    if start is None:
        return Count(None)
    before = start - ONE_DAY if inclusive else start
    return Count(walk(before, amount, almanac.calendar.is_working))


def inside(first: date, last: date, almanac: Almanac) -> int:
    """The working days of the span, both ends counted (FOIA 2000 s.10(2))."""
    return almanac.calendar.working_days(first, last) if first <= last else 0


def move(day: date, by: int, almanac: Almanac) -> date:
    """That many working days later."""
    return walk(day, by, almanac.calendar.is_working)
