"""Which of a site's own days off belong to a calendar."""

from collections.abc import Iterable, Mapping
from datetime import date

from tracker.domain.calendar_days import Definition, definitions
from tracker.domain.calendars import calendar, one_code

DayOff = tuple[str, date, str]
"""Calendar, day, name."""


def days_off_in(code: str, days_off: Iterable[DayOff]) -> Mapping[str, str]:
    """The site's own days off in a calendar, by ISO day: those given for it, for a part of it, or for all its country.

    A day given for a union such as GB ("a bank holiday anywhere in it") says nothing of its parts.
    """
    return {day.isoformat(): name for where, day, name in days_off if rests_on(code, where)}


def rests_on(code: str, where: str) -> bool:
    """Whether the days off of one calendar are days off of another: they are the same, or it is a part or the whole."""
    wanted, given = one_code(code), one_code(where)
    if wanted == given or given in wanted.split("+"):
        return True
    known = definitions().get(given)
    if known is not None and (known.union or known.closures):
        return False
    # A day off in EU+BE, a calendar of several places, is one of exactly that calendar.
    own = calendar(given).parts
    return len(own) == 1 and any(_same_place(part, own[0]) for part in calendar(wanted).parts)


def _same_place(part: Definition, own: Definition) -> bool:
    """GB-ENG and GB-EAW are one place by two names; a day off of all DE is one of DE-NW."""
    if not own.package:
        return own.code in (part.code, part.code.partition("-")[0])
    return part.package == own.package and own.subdivision in ("", part.subdivision)
