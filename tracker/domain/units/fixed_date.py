"""A date fixed by the rule itself: one day, one of several, or the same day every year. Stored, never computed."""

from collections.abc import Iterator
from datetime import date

from tracker.domain.units.counting import Almanac, Count

NAME = "fixed_date"
USES_CALENDAR = False
NEEDS = ""


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """The amount-th fixed date of the rule, else the next one after the start, else its last."""
    if 1 <= amount <= len(almanac.fixed_on):
        return Count(_day(almanac.fixed_on[amount - 1], start), "fixed")
    known = sorted(day for day in _all(start, almanac) if day)
    ahead = [day for day in known if start is None or day > start or (inclusive and day == start)]
    day = next(iter(ahead or known[-1:]), None)
    return Count(day, "fixed" if day else "start_unknown")


def _all(start: date | None, almanac: Almanac) -> Iterator[date | None]:
    for text in almanac.fixed_on:
        yield _day(text, start)
        yield _day(text, start.replace(year=start.year + 1, day=1) if start and start.year < 9999 else None)


def _day(text: str, start: date | None) -> date | None:
    """An ISO day as it stands; MM-DD in the year of the start."""
    if len(text) == 10:
        return date.fromisoformat(text)
    return start and date.fromisoformat(f"{start.year:04d}-{text}")


def inside(first: date, last: date, almanac: Almanac) -> int:
    """A fixed date does not move while a clock stands."""
    return 0


def move(day: date, by: int, almanac: Almanac) -> date:
    """A fixed date does not move while a clock stands."""
    return day
