"""No number of days at all: a duty to answer without a date (UK e-petitions, petitions under the US APA)."""

from datetime import date

from tracker.domain.units.counting import Almanac, Count

NAME = "none"
USES_CALENDAR = False
NEEDS = ""


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """Never a date."""
    return Count(None, "no_date")


def inside(first: date, last: date, almanac: Almanac) -> int:
    """Nothing to move."""
    return 0


def move(day: date, by: int, almanac: Almanac) -> date:
    """Nothing to move."""
    return day
