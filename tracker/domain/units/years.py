"""Years by the corresponding-date rule: 29 February ends on 28 February where there is no 29th."""

from datetime import date

from tracker.domain.units.counting import Almanac, Count
from tracker.domain.units.days import inside, move
from tracker.domain.units.months import corresponding

__all__ = ["NAME", "NEEDS", "USES_CALENDAR", "end", "inside", "move"]

NAME = "years"
USES_CALENDAR = False
NEEDS = "amount"


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """The corresponding date that many years on."""
    return Count(None) if start is None else corresponding(start, 12 * amount, inclusive)
