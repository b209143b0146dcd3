"""A day somebody typed, read strictly: the day meant, or a sentence that says what is wrong and how to mend it."""

import re
from calendar import monthrange
from datetime import date

from tracker.domain.dates import FIRST_YEAR, LAST_YEAR, read_date
from tracker.domain.partial import PartialDate
from tracker.domain.refusals import NotAccepted, Refused, refuse
from tracker.domain.words import Precision

_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_EUROPEAN = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")


def typed_day(field: str, written: str) -> date:
    """The one day a text names; a month or a year is refused."""
    found = typed_date(field, written)
    if found.precision is not Precision.DAY:
        raise _because(
            refuse(
                field,
                "“%(written)s” names a period and here one day is needed: write it as YYYY-MM-DD.",
                written=_short(written),
            )
        )
    return found.value


def typed_date(field: str, written: str) -> PartialDate:
    """The day or period a text names; what is impossible, ambiguous or far away is refused by name."""
    plain = " ".join(written.split())
    numbers = _ISO.fullmatch(plain)
    if numbers and not FIRST_YEAR <= int(numbers[1]) <= LAST_YEAR:
        raise _because(_far_away(field, plain))
    found = read_date(plain)
    if found is None:
        raise _because(_wrong(field, plain))
    return found


def _because(complaint: Refused) -> NotAccepted:
    return NotAccepted((complaint,))


def _short(written: str) -> str:
    return written[:40]


def _far_away(field: str, written: str) -> Refused:
    return refuse(
        field,
        "“%(written)s” lies too far away: write a day from %(first)s-01-01 to %(last)s-12-31.",
        written=_short(written),
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )


def _wrong(field: str, written: str) -> Refused:
    iso, european = _ISO.fullmatch(written), _EUROPEAN.fullmatch(written)
    if iso:
        return _impossible(field, written, int(iso[1]), int(iso[2]), int(iso[3]))
    if european:
        return _in_figures(field, written, *(int(part) for part in european.groups()))
    return refuse(
        field,
        "“%(written)s” is not a date: write it as YYYY-MM-DD, such as 2026-05-04.",
        written=_short(written),
    )


def _in_figures(field: str, written: str, one: int, two: int, year: int) -> Refused:
    """Day and month in figures: two readings, or none."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _far_away(field, written)
    if 1 <= one <= 12 and 1 <= two <= 12:
        return refuse(
            field,
            "“%(written)s” can be read two ways: write %(one)s or %(other)s.",
            written=_short(written),
            one=date(year, two, one).isoformat(),
            other=date(year, one, two).isoformat(),
        )
    return _impossible(field, written, year, two, one)


def _impossible(field: str, written: str, year: int, month: int, day: int) -> Refused:
    if 1 <= month <= 12:
        return refuse(
            field,
            "“%(written)s” is not a date: that month ends on %(last)s.",
            written=_short(written),
            last=date(year, month, monthrange(year, month)[1]).isoformat(),
        )
    if 1 <= day <= 12 and 1 <= month <= monthrange(year, day)[1]:
        return refuse(
            field,
            "“%(written)s” is not a date: there is no month %(month)s. Did you mean %(nearest)s?",
            written=_short(written),
            month=month,
            nearest=date(year, day, month).isoformat(),
        )
    return refuse(
        field,
        "“%(written)s” is not a date: there is no month %(month)s, they run from 01 to 12.",
        written=_short(written),
        month=month,
    )
