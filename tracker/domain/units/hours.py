"""Hours, as far as a day is enough to tell the date: whole days of twenty-four hours by the clock on the wall.

Whatever the hour of the event, 48 hours later is the second day after. Thirty hours may end on either of two days, so
without the hour there is no date. A stopped clock is measured in whole days, a day being twenty-four hours.
"""

from datetime import date, timedelta

from tracker.domain.units.counting import Almanac, Count

NAME = "hours"
USES_CALENDAR = False
NEEDS = "amount"
_A_DAY = 24


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """The day the hours run out on; none where that depends on the hour of the event."""
    days, rest = divmod(amount, _A_DAY)
    if start is None or rest:
        return Count(None, "hour_unknown")
    return Count(start + timedelta(days=days))


def inside(first: date, last: date, almanac: Almanac) -> int:
    """Twenty-four hours for every day of the span."""
    return _A_DAY * max(0, (last - first).days + 1)


def move(day: date, by: int, almanac: Almanac) -> date:
    """That many hours later, in whole days."""
    return day + timedelta(days=by // _A_DAY)
