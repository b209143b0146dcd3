"""Days on which a House sits, from a given list ("any of the first 15 days on which that House is sitting")."""

from bisect import bisect_left, bisect_right
from datetime import date

from tracker.domain.units.counting import Almanac, Count

NAME = "sitting_days"
USES_CALENDAR = False
NEEDS = "amount"


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """The amount-th sitting day after the start, as far as the list of sittings is known."""
    if start is None:
        return Count(None)
    known = sorted(set(almanac.sittings))
    place = (bisect_left if inclusive else bisect_right)(known, start) + amount - 1
    return Count(known[place]) if 0 <= place < len(known) else Count(None, "sittings_missing")


def inside(first: date, last: date, almanac: Almanac) -> int:
    """The sitting days of the span, both ends counted."""
    return sum(first <= day <= last for day in set(almanac.sittings))


def move(day: date, by: int, almanac: Almanac) -> date:
    """That many sitting days later; the last known one where the list ends."""
    after = [sitting for sitting in sorted(set(almanac.sittings)) if sitting > day]
    return ([day, *after])[min(by, len(after))]
