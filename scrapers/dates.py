"""Strict reading of dates: an impossible or ambiguous date is unknown and keeps how it was written."""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

from scrapers.model import Precision, WrittenDate

EARLIEST_YEAR = 1971
LATEST_YEAR = 2100
LONGEST_WRITTEN = 80
PRECISIONS: tuple[Precision, ...] = get_args(Precision)

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if number}
_SHORT_MONTHS = {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_ZONES = {
    "ut": 0, "gmt": 0, "utc": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "bst": 60, "wet": 0, "west": 60, "cet": 60, "cest": 120, "eet": 120,
    "eest": 180,
}  # fmt: skip
_RFC_822 = re.compile(
    r"(?:(?P<weekday>[A-Za-z]{3,9}),?\s+)?(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3,9})\s+(?P<year>\d{4}|\d{2})"
    r"(?:\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s*(?P<zone>[A-Za-z]{1,5}|[+-]\d{4}))?)?",
    re.ASCII,
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[Tt ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,12})?)?"
    r"(?P<zone>[Zz]|[+-]\d{2}:?\d{2})?)?)?)?",
    re.ASCII,
)
MONTH_NAMES = "|".join(sorted([*_MONTHS, *_SHORT_MONTHS], key=len, reverse=True))
_IN_TEXT = re.compile(
    rf"(?<![\d/.-])(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{MONTH_NAMES})\.?\s+(?P<year>\d{{4}})"
    r"|(?P<day2>\d{1,2})/(?P<month2>\d{1,2})/(?P<year2>\d{4}))(?![\d/])",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A written date and, where the time and its zone were written too, the instant in UTC."""

    on: WrittenDate
    at: datetime | None = None


_NOT_WRITTEN = Moment(WrittenDate(None))


def read_moment(written: str) -> Moment:
    """A date as feeds write it: RFC 822 or RFC 3339 (W3C profile), nothing else.

    A wrong weekday, an impossible day or time, an unknown zone's instant or a year outside 1971 to 2100 is unknown.
    """
    if not written:
        return _NOT_WRITTEN
    text = " ".join(written.split())
    unknown = Moment(WrittenDate(None, as_written=text[:LONGEST_WRITTEN]))
    for shape, month_of in ((_RFC_822, month_number), (_ISO, _month_by_number)):
        parts = shape.fullmatch(text)
        if parts:
            return _moment(parts.groupdict(), month_of, text) or unknown
    return unknown


def month_number(name: str) -> int | None:
    """1 to 12 for an English month, written out or in its usual short form."""
    lower = name.lower()
    return _MONTHS.get(lower) or _SHORT_MONTHS.get(lower)


def _month_by_number(number: str | None) -> int | None:
    return int(number) if number else 1


def _moment(parts: dict[str, str | None], month_of: Callable[[str], int | None], text: str) -> Moment | None:
    year, month = _full_year(parts["year"] or ""), month_of(parts["month"] or "")
    on = _day(year, month or 0, int(parts["day"] or 1))
    if on is None or not _weekday_fits(parts.get("weekday"), on) or not _time_fits(parts):
        return None
    precision: Precision = "day" if parts["day"] else "month" if parts["month"] else "year"
    return Moment(WrittenDate(on, precision, text[:LONGEST_WRITTEN]), _instant(parts, on))


def _full_year(written: str) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    return year + (2000 if year < 50 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday_fits(weekday: str | None, on: date) -> bool:
    return weekday is None or on.strftime("%A").lower().startswith(weekday.lower())


def _time_fits(parts: dict[str, str | None]) -> bool:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    leap = (hour, minute, second) == (23, 59, 60)
    zone_fits = parts["zone"] is None or parts["zone"][0] not in "+-" or _offset(parts["zone"]) is not None
    return (leap or (hour < 24 and minute < 60 and second < 60)) and zone_fits


def _offset(zone: str) -> int | None:
    """Minutes ahead of UTC; None for a zone we do not know or an impossible one."""
    if zone[0] not in "+-":
        return _ZONES.get(zone.lower())
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        return None
    return (1 if zone[0] == "+" else -1) * (hours * 60 + minutes)


def _instant(parts: dict[str, str | None], on: date) -> datetime | None:
    offset = _offset(parts["zone"]) if parts["zone"] else None
    if offset is None or parts["hour"] is None:
        return None
    second = min(int(parts["second"] or 0), 59)
    local = datetime(
        on.year, on.month, on.day, int(parts["hour"]), int(parts["minute"] or 0), second, tzinfo=UTC
    )
    return local.replace(tzinfo=timezone(timedelta(minutes=offset))).astimezone(UTC)


def days_in_text(text: str) -> Iterator[tuple[int, WrittenDate]]:
    """Each complete date in running text, with its place: `20 December 2013` or, day first, `28/02/2014`."""
    for found in _IN_TEXT.finditer(text):
        parts = found.groupdict()
        month = month_number(parts["name"]) if parts["name"] else int(parts["month2"])
        on = _day(int(parts["year"] or parts["year2"]), month or 0, int(parts["day"] or parts["day2"]))
        yield found.start(), WrittenDate(on, "day", found.group())


def day_in(text: str) -> WrittenDate | None:
    """The one date a short text consists of or begins with; None where there is none."""
    return next((written for _, written in days_in_text(text)), None)
