"""What every unit is asked, and what it may look at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from tracker.domain.calendars import Calendar

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Almanac:
    """What a unit may look at beside the start: the calendar, the sitting days, the rule's fixed dates."""

    calendar: Calendar
    sittings: tuple[date, ...] = ()
    fixed_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """The end of a count, or None and the code of a step that says why there is none."""

    day: date | None
    remark: str = ""


class Unit(Protocol):
    """One unit of a deadline rule; the modules of this package have this shape."""

    NAME: str
    USES_CALENDAR: bool
    NEEDS: str
    """What must be known to count: "start" and "amount", "start" alone, or nothing."""

    def end(self, start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
        """The last day of a period of that many units from a start that counts itself or not."""
        ...

    def inside(self, first: date, last: date, almanac: Almanac) -> int:
        """How many units of a stopped clock lie in a span, both ends counted."""
        ...

    def move(self, day: date, by: int, almanac: Almanac) -> date:
        """The day that many units of a stopped clock later."""
        ...


def walk(day: date, steps: int, counts: Callable[[date], bool]) -> date:
    """The day on which the given number of counting days after `day` is reached."""
    while steps > 0:
        day += ONE_DAY
        steps -= counts(day)
    return day
