"""Calendar days. The start day is left out (UK, EU 1182/71 art 3(1), Canada Interpretation Act s.27, BGB 187(1))."""

from datetime import date, timedelta

from tracker.domain.units.counting import Almanac, Count

NAME = "days"
USES_CALENDAR = False
NEEDS = "amount"


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """The amount-th day after the start; one earlier where the start day itself counts."""
    return Count(start and start + timedelta(days=amount - inclusive))


def inside(first: date, last: date, almanac: Almanac) -> int:
    """Every day of the span."""
    return max(0, (last - first).days + 1)


def move(day: date, by: int, almanac: Almanac) -> date:
    """That many days later."""
    return day + timedelta(days=by)
