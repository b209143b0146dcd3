"""Every day but Sundays and public holidays, so Saturdays too: "jours ouvrables", "Werktage".

Code du travail, articles L3132-3 and L3133-1 (the weekly rest is Sunday); Bundesurlaubsgesetz section 3(2).
"""

from datetime import date, timedelta

from tracker.domain.units.counting import ONE_DAY, Almanac, Count, walk

NAME = "workable_days"
USES_CALENDAR = True
NEEDS = "amount"
_SUNDAY = 6


def _counts(day: date, almanac: Almanac) -> bool:
    return day.weekday() != _SUNDAY and not almanac.calendar.is_holiday(day)


def end(start: date | None, amount: int, inclusive: bool, almanac: Almanac) -> Count:
    """The amount-th such day after the start, or from the start where that day counts."""
    if start is None:
        return Count(None)
    return Count(walk(start - ONE_DAY if inclusive else start, amount, lambda day: _counts(day, almanac)))


def inside(first: date, last: date, almanac: Almanac) -> int:
    """Such days of the span, both ends counted."""
    span = range((last - first).days + 1)
    return sum(_counts(first + timedelta(days=n), almanac) for n in span)


def move(day: date, by: int, almanac: Almanac) -> date:
    """That many such days later."""
    return walk(day, by, lambda later: _counts(later, almanac))
