"""Clear days: neither the day of the event nor the last day counts (Canada, Interpretation Act s.27(1); CPR 2.8).

The end is the first day on which so many whole days have gone by. A stopped clock is measured in days.
"""

from datetime import date, timedelta

from tracker.domain.units.counting import Almanac, Count
from tracker.domain.units.days import inside, move

__all__ = ["NAME", "NEEDS", "USES_CALENDAR", "end", "inside", "move"]

NAME = "clear_days"
USES_CALENDAR = False
NEEDS = "amount"


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """The day after that many whole days; "clear" always leaves the start day out."""
    return Count(start and start + timedelta(days=amount + 1))
