"""What one calendar is made of: a package, corrections and closures as data, and its days in a year."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

import holidays
from dateutil.easter import easter

from tracker.domain.nearest import nearest

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNCORRECTED_HORIZON = 2030


class CalendarError(ValueError):
    """A calendar that does not exist or is written wrongly; the text says what to do."""


@dataclass(frozen=True, slots=True)
class DayRule:
    """One yearly holiday: a fixed day, a distance from Easter Sunday, or a weekday of a month."""

    name: str
    on: str = ""
    """MM-DD every year, or one YYYY-MM-DD."""
    easter: int | None = None
    weekday: str = ""
    nth: int = 0
    """1 = the first such weekday on or after `on`, -1 = the last before `on`."""
    since: int = 1
    until: int = 9999
    if_sunday: str = ""
    """MM-DD kept instead when the day falls on a Sunday."""

    def day_in(self, year: int) -> date | None:
        """The day of that year, or None where the holiday did not exist."""
        if not self.since <= year <= self.until:
            return None
        if self.easter is not None:
            return easter(year) + timedelta(days=self.easter)
        return self._fixed(year)

    def _fixed(self, year: int) -> date | None:
        if len(self.on) == 10:
            day = date.fromisoformat(self.on)
            return day if day.year == year else None
        day = _month_day(year, self.on)
        if self.weekday:
            return _weekday_near(day, WEEKDAYS.index(self.weekday), self.nth)
        moved = self.if_sunday and day.weekday() == 6
        return _month_day(year, self.if_sunday) if moved else day


@dataclass(frozen=True, slots=True)
class Closure:
    """Days every year, both ends included, that are no working days there (MM-DD, may run over New Year)."""

    name: str
    first: str
    last: str

    def days_in(self, year: int) -> list[date]:
        """Its days in that calendar year."""
        first, last = _month_day(year, self.first), _month_day(year, self.last)
        if first <= last:
            return _days(first, last)
        return [*_days(date(year, 1, 1), last), *_days(first, date(year, 12, 31))]


@dataclass(frozen=True, slots=True)
class Definition:
    """One calendar as written in `tracker/calendars/*.toml`."""

    code: str
    name: str
    source: str = ""
    package: str = ""
    """The country in the package `holidays`, with `subdivision`; empty = only our own days."""
    subdivision: str = ""
    union: tuple[str, ...] = ()
    weekend: frozenset[int] = frozenset({5, 6})
    holiday_weekdays: frozenset[int] = frozenset()
    days: tuple[DayRule, ...] = ()
    closures: tuple[Closure, ...] = ()
    working: tuple[str, ...] = ()
    """ISO days the package calls holidays and the law does not."""
    horizon: int = _UNCORRECTED_HORIZON
    core_days_only: bool = field(default=False, repr=False)
    """The place closes on further days, set every year, that no list of ours has; moves no date."""

    @classmethod
    def from_package(cls, code: str) -> "Definition":
        """The package's own calendar of a country or one of its subdivisions."""
        country, _, subdivision = code.partition("-")
        known = holidays.list_supported_countries()
        dangling = code != country and not subdivision
        if country not in known or dangling or (subdivision and subdivision not in known[country]):
            hint = nearest(code, _codes(country), likeness=0.75)
            raise CalendarError(
                f"no calendar {code[:40]!r}{hint}: use XX (weekdays only), a country such as GB, DE or US, "
                f"or a part such as GB-SCT or DE-NW"
            )
        package = _package(country, subdivision)
        plain = cls(code, code, package=country, subdivision=subdivision, weekend=frozenset(package.weekend))
        whole = definitions().get(country)
        if whole is None or not whole.package:
            return replace(plain, horizon=min(_UNCORRECTED_HORIZON, package.end_year))
        # What we correct for a country holds in its parts.
        name, days = f"{whole.name} ({subdivision})", whole.days
        return replace(
            plain, name=name, source=whole.source, days=days, working=whole.working, horizon=whole.horizon
        )


@lru_cache(maxsize=1024)
def canonical(code: str) -> str:
    """The one code of a place that has several: GBR and UK are GB, UK-SCT is GB-SCT; others stay as they are."""
    country, dash, subdivision = code.partition("-")
    if code in definitions() or country not in holidays.list_supported_countries():
        return code
    return f"{_package(country, '').country}{dash}{subdivision}"


def _codes(country: str) -> list[str]:
    """Every valid code, those of the country first; the countries alone where nobody knows the country."""
    known = holidays.list_supported_countries()
    parts = [f"{country}-{part}" for part in known.get(country, ())]
    return [*(code for code in definitions() if code != "XX"), *parts, *known]


def _package(country: str, subdivision: str, year: int | None = None) -> holidays.HolidayBase:
    return holidays.country_holidays(country, subdiv=subdivision or None, years=year, language="en_US")


@lru_cache(maxsize=4096)
def days_of_year(definition: Definition, year: int) -> Mapping[date, str]:
    """The holidays and closures of a calendar in one year, by day."""
    found: dict[date, str] = {}
    for closure in definition.closures:
        found.update(dict.fromkeys(closure.days_in(year), closure.name))
    if definition.package:
        found.update(_package(definition.package, definition.subdivision, year))
    for rule in definition.days:
        day = rule.day_in(year)
        found.update({day: rule.name} if day else {})
    return {day: name for day, name in found.items() if day.isoformat() not in definition.working}


@lru_cache(maxsize=1)
def definitions() -> Mapping[str, Definition]:
    """Every calendar with corrections of ours, by code."""
    found: dict[str, Definition] = {}
    folder = resources.files("tracker") / "calendars"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml") and file.name != "zones.toml":
            found.update(read_definitions(file.read_text(encoding="utf-8"), file.name))
    return found


def read_definitions(text: str, where: str) -> dict[str, Definition]:
    """The calendars in one TOML text; `where` names it in errors."""
    try:
        tables = tomllib.loads(text)
        return {code: _definition(code, table) for code, table in tables.items()}
    except (tomllib.TOMLDecodeError, TypeError, ValueError, KeyError) as error:
        raise CalendarError(
            f"{where}: {error}; see the other files in tracker/calendars for the form"
        ) from error


def _definition(code: str, table: dict[str, Any]) -> Definition:
    unknown = set(table) - {item.name for item in fields(Definition)}
    if unknown:
        raise ValueError(f"[{code}] has an unknown key {min(unknown)!r}")
    made = Definition(code, table["name"])
    values = {key: _CONVERT[key](value) if key in _CONVERT else value for key, value in table.items()}
    return replace(made, **values)


def _weekday_numbers(names: list[str]) -> frozenset[int]:
    return frozenset(WEEKDAYS.index(name) for name in names)


_CONVERT: Mapping[str, Callable[[Any], Any]] = {
    "union": tuple,
    "working": tuple,
    "weekend": _weekday_numbers,
    "holiday_weekdays": _weekday_numbers,
    "days": lambda rows: tuple(DayRule(**row) for row in rows),
    "closures": lambda rows: tuple(Closure(**row) for row in rows),
}


def _month_day(year: int, text: str) -> date:
    return date.fromisoformat(f"{year:04d}-{text}")


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _weekday_near(day: date, weekday: int, nth: int) -> date:
    """The nth such weekday on or after the day, or before it where nth is negative."""
    ahead = (weekday - day.weekday()) % 7
    return day + timedelta(days=ahead + 7 * (nth - 1 if nth > 0 else nth))
