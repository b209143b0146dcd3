"""Half months: a half month is fifteen days, and with whole months before it those fifteen come last (BGB 189).

"A month and a half" is the amount 3. A stopped clock is measured in days.
"""

from datetime import date, timedelta

from tracker.domain.units.counting import Almanac, Count
from tracker.domain.units.days import inside, move
from tracker.domain.units.months import corresponding

__all__ = ["NAME", "NEEDS", "USES_CALENDAR", "end", "inside", "move"]

NAME = "half_months"
USES_CALENDAR = False
NEEDS = "amount"
HALF_DAYS = 15


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """The whole months by the corresponding date, then fifteen days for the half."""
    if start is None:
        return Count(None)
    months, half = divmod(amount, 2)
    whole = corresponding(start, months, inclusive) if months else Count(start - timedelta(days=inclusive))
    if whole.day is None or not half:
        return whole
    return Count(whole.day + timedelta(days=HALF_DAYS), whole.remark)
