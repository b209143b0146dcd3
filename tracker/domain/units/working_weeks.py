"""A "week" of five consecutive week-days, leaving out Saturdays and public holidays (Ireland, FOI Act 2014 s.2)."""

from datetime import date

from tracker.domain.units import working_days
from tracker.domain.units.counting import Almanac, Count
from tracker.domain.units.working_days import inside, move

__all__ = ["NAME", "NEEDS", "USES_CALENDAR", "end", "inside", "move"]

NAME = "working_weeks"
USES_CALENDAR = True
NEEDS = "amount"


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """Five working days for each week."""
    return working_days.end(start, 5 * amount, inclusive, almanac)
