"""Months by the corresponding-date rule: the same number in the month of expiry, else that month's last day.

Dodds v Walker [1981] 1 WLR 1027; Regulation 1182/71 art 3(2)(c); BGB 188(2)-(3); Canada Interpretation Act s.28.
Always counted from the anchor, never step by step. A stopped clock is measured in days.
"""

from calendar import monthrange
from datetime import date, timedelta

from tracker.domain.units.counting import Almanac, Count
from tracker.domain.units.days import inside, move

__all__ = ["NAME", "NEEDS", "USES_CALENDAR", "corresponding", "end", "inside", "move"]

NAME = "months"
USES_CALENDAR = False
NEEDS = "amount"


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """The corresponding date; "beginning with" the start ends the day before it, if it exists."""
    if start is None:
        return Count(None)
    return corresponding(start, amount, inclusive)


def corresponding(start: date, months: int, inclusive: bool) -> Count:
    """The corresponding date that many months on, and whether the month was too short for it."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"the year {year} lies beyond the calendar")
    last = monthrange(year, month + 1)[1]
    if start.day > last:
        return Count(date(year, month + 1, last), "month_end")
    return Count(date(year, month + 1, start.day) - timedelta(days=inclusive))
