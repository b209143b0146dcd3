"""Days as tables and data give them, in the source's own order and zone; what may be two days is none."""

import re
from datetime import UTC, date, datetime
from typing import Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scrapers.dates import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    LONGEST_WRITTEN,
    MONTH_NAMES,
    month_number,
    read_moment,
)
from scrapers.model import Precision, WrittenDate
from scrapers.plain import one_line

Order = Literal["dmy", "mdy", "ymd"]
ORDERS: tuple[Order, ...] = get_args(Order)
_WEEKDAY = r"(?:(?P<weekday>[A-Z][a-z]{2,8})\.?,?\s+)?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH_NAMES})\.?,?\s+(?P<year>\d{{4}})",
    re.I | re.A,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<month>{MONTH_NAMES})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    re.I | re.A,
)
_MONTH = re.compile(rf"(?P<month>{MONTH_NAMES})\.?,?\s+(?P<year>\d{{4}})", re.I | re.A)
_NUMBERS = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})", re.A)
_NO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?", re.A)


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of that IANA name; None where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def day_read(written: str, order: Order | None = None, zone: ZoneInfo | None = None) -> WrittenDate:
    """The day a text consists of; an instant is the day it was in the source's zone, where that is known."""
    text = one_line(written, LONGEST_WRITTEN)
    unknown = WrittenDate(None, as_written=text)
    for shape in (_DAY_FIRST, _MONTH_FIRST, _MONTH):
        found = shape.fullmatch(text)
        if found:
            return _named(found, text) or unknown
    numbers = _NUMBERS.fullmatch(text)
    if numbers and not re.match(r"\d{4}-\d{2}-\d{2}$", text):
        return _numbered(numbers, text, order) or unknown
    return _moment(text, zone)


def _named(found: re.Match[str], text: str) -> WrittenDate | None:
    parts = found.groupdict()
    on = _real(int(parts["year"]), month_number(parts["month"]) or 0, int(parts.get("day") or 1))
    weekday = parts.get("weekday")
    if on is None or (weekday and not on.strftime("%A").lower().startswith(weekday.lower())):
        return None
    precision: Precision = "day" if parts.get("day") else "month"
    return WrittenDate(on, precision, text)


def _numbered(found: re.Match[str], text: str, order: Order | None) -> WrittenDate | None:
    first, second, third = found.groups()
    if len(first) == 4:
        order = "ymd"
    if order is None or len(first if order == "ymd" else third) != 4:
        return None
    parts = dict(zip(order, map(int, (first, second, third)), strict=True))
    on = _real(parts["y"], parts["m"], parts["d"])
    return WrittenDate(on, "day", text) if on else None


def _real(year: int, month: int, day: int) -> date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moment(text: str, zone: ZoneInfo | None) -> WrittenDate:
    midnight = _NO_TIME.fullmatch(text)
    moment = read_moment(midnight[1] if midnight else text)
    if midnight:
        return WrittenDate(moment.on.value, moment.on.precision, text)
    if moment.at is None or zone is None or moment.on.value is None:
        return moment.on
    return WrittenDate(_day_in(moment.at, zone), "day", text)


def _day_in(at: datetime, zone: ZoneInfo) -> date | None:
    try:
        return at.astimezone(zone).date()
    except (OverflowError, ValueError):
        return at.astimezone(UTC).date()
