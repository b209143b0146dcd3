"""Weeks of seven days, ending on the same weekday. A stopped clock is measured in days."""

from datetime import date

from tracker.domain.units import days
from tracker.domain.units.counting import Almanac, Count
from tracker.domain.units.days import inside, move

__all__ = ["NAME", "NEEDS", "USES_CALENDAR", "end", "inside", "move"]

NAME = "weeks"
USES_CALENDAR = False
NEEDS = "amount"


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """The same weekday, that many weeks on; the day before it where the start day counts."""
    return days.end(start, 7 * amount, inclusive, almanac)
