"""Working days, holidays, unions and closures per jurisdiction.

Built on the package `holidays`, corrected by `tracker/calendars/*.toml`: each correction cites its source.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from importlib import metadata

from tracker.domain.calendar_days import CalendarError, Definition, canonical, days_of_year, definitions
from tracker.domain.zones import today_in, zone_of

__all__ = ["Calendar", "CalendarError", "calendar", "calendar_codes", "today_in", "zone_of"]


MOST_PLACES = 5
"""So many places may be joined in a code such as EU+BE."""
LONGEST_CODE = 100


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days and holidays of one place; days are dates, never instants."""

    code: str
    name: str
    parts: tuple[Definition, ...]
    horizon: int
    """The last year whose holidays are all known; dates beyond it are provisional."""
    version: str
    """Which package and which corrections the answers rest on."""
    added: Mapping[date, str] = field(default_factory=dict)
    removed: frozenset[date] = frozenset()
    _years: dict[int, Mapping[date, str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _weekend: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """In a union a weekday is a working day only where every part works."""
        object.__setattr__(self, "_weekend", frozenset[int]().union(*(part.weekend for part in self.parts)))

    def holiday_name(self, day: date) -> str | None:
        """The name of the holiday or closure on that day, if there is one."""
        known = self._years.get(day.year)
        return (self._year(day.year) if known is None else known).get(day)

    def _year(self, year: int) -> Mapping[date, str]:
        """The holidays of a year, worked out once; the first part of a union that names a day names it."""
        found: dict[date, str] = {}
        for part in reversed(self.parts):
            found.update(_weekly_holidays(part, year))
        for part in reversed(self.parts):
            found.update(days_of_year(part, year))
        for day in self.removed:
            found.pop(day, None)
        found.update((day, name) for day, name in self.added.items() if day.year == year)
        self._years[year] = found
        return found

    def only_in(self, day: date) -> str:
        """Of a union, the parts that have that holiday where others work; empty where all have it or none."""
        having = [part.name for part in self.parts if day in days_of_year(part, day.year)]
        return ", ".join(having) if 0 < len(having) < len(self.parts) and day not in self.added else ""

    def is_holiday(self, day: date) -> bool:
        """Whether the place calls that day a holiday (a plain Saturday is none)."""
        return self.holiday_name(day) is not None

    def is_weekend(self, day: date) -> bool:
        """Whether that weekday is never a working day in the place (or in any part of a union)."""
        return day.weekday() in self._weekend

    def is_working(self, day: date) -> bool:
        """Whether that day is a working day: neither weekend, holiday nor closure."""
        return day.weekday() not in self._weekend and self.holiday_name(day) is None

    def working_days(self, first: date, last: date) -> int:
        """How many working days lie between two days, both counted."""
        span = (last - first).days + 1
        return sum(self.is_working(first + timedelta(days=n)) for n in range(span))


def _weekly_holidays(part: Definition, year: int) -> Mapping[date, str]:
    """Canada's Interpretation Act makes Sunday a holiday, and Saturday not."""
    if not part.holiday_weekdays:
        return {}
    length = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(length))
    return {day: f"{day:%A}" for day in days if day.weekday() in part.holiday_weekdays}


@lru_cache(maxsize=1)
def _package_version() -> str:
    return metadata.version("holidays")


@lru_cache(maxsize=512)
def _plain(code: str) -> Calendar:
    parts = _parts(code)
    known = definitions().get(code)
    name = known.name if known else " and ".join(dict.fromkeys(part.name for part in parts))
    mark = hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
    version = f"{code} holidays-{_package_version()} {mark}"
    return Calendar(code, name, parts, min(part.horizon for part in parts), version)


def _parts(code: str) -> tuple[Definition, ...]:
    if "+" in code:
        return tuple(part for member in code.split("+") for part in _parts(member))
    known = definitions().get(code)
    if known is None:
        return (Definition.from_package(code),)
    if not known.union:
        return (known,)
    return tuple(part for member in known.union for part in _parts(member))


@lru_cache(maxsize=512)
def one_code(code: str) -> str:
    """The one spelling of a code of one place or several: UK, GBR and "gb " are GB.

    In an address `+` may arrive as a space.
    """
    members = re.split(r"\s*[+,\s]\s*", code.strip().upper()[:LONGEST_CODE])
    if len(members) > MOST_PLACES:
        raise CalendarError(f"{code[:40]!r} joins more than {MOST_PLACES} places: use fewer, such as EU+BE")
    return "+".join(dict.fromkeys(canonical(member) for member in members))


def calendar(code: str, extra: Mapping[str, str | None] | None = None) -> Calendar:
    """The calendar of a code such as GB, GB-SCT, DE-NW, EU or XX (weekdays only).

    `EU+BE` are the working days of both places: a holiday in one of them is none.

    `extra` adds a site's own days: an ISO day or `from..to` with a name, or with None to make it a working day.
    """
    plain = _plain(one_code(code))
    return _with_own_days(plain.code, tuple(sorted(extra.items()))) if extra else plain


@lru_cache(maxsize=64)
def _with_own_days(code: str, extra: tuple[tuple[str, str | None], ...]) -> Calendar:
    plain = _plain(code)
    added: dict[date, str] = {}
    removed: set[date] = set()
    for key, name in extra:
        days = _span(key)
        added.update(dict.fromkeys(days, name) if name else {})
        removed.update(() if name else days)
    mark = hashlib.sha256(json.dumps(dict(extra), sort_keys=True).encode()).hexdigest()[:8]
    version = f"{plain.version}+{mark}"
    return replace(plain, version=version, added=added, removed=frozenset(removed))


def _span(key: str) -> list[date]:
    """The days of `2026-12-24` or `2026-12-24..2026-12-31`, at most a year."""
    first_text, _, last_text = key.partition("..")
    try:
        first = date.fromisoformat(first_text)
        last = date.fromisoformat(last_text or first_text)
    except ValueError as error:
        raise CalendarError(
            f"{key!r} is not a day such as 2026-12-24 or a span such as 2026-12-24..2026-12-31"
        ) from error
    length = (last - first).days + 1
    if not 1 <= length <= 366:
        raise CalendarError(f"the span {key!r} must end after it begins and last at most a year")
    return [first + timedelta(days=n) for n in range(length)]


def calendar_codes() -> tuple[str, ...]:
    """The codes that have corrections of ours; other countries come from the package alone."""
    return tuple(sorted(definitions()))
