"""Working days, holidays, unions and closures per jurisdiction.

Built on the package `holidays`, corrected by `tracker/calendars/*.toml`: each correction cites its source.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from importlib import metadata

from tracker.domain.calendar_days import CalendarError, Definition, days_of_year, definitions
from tracker.domain.zones import today_in, zone_of

__all__ = ["Calendar", "CalendarError", "calendar", "calendar_codes", "today_in", "zone_of"]


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

    def holiday_name(self, day: date) -> str | None:
        """The name of the holiday or closure on that day, if there is one."""
        if day in self.added:
            return self.added[day]
        if day in self.removed:
            return None
        names = (days_of_year(part, day.year).get(day) for part in self.parts)
        return next((name for name in names if name), None) or self._weekly_holiday(day)

    def _weekly_holiday(self, day: date) -> str | None:
        """Canada's Interpretation Act makes Sunday a holiday, and Saturday not."""
        weekly = any(day.weekday() in part.holiday_weekdays for part in self.parts)
        return f"{day:%A}" if weekly else None

    def is_holiday(self, day: date) -> bool:
        """Whether the place calls that day a holiday (a plain Saturday is none)."""
        return self.holiday_name(day) is not None

    def is_weekend(self, day: date) -> bool:
        """Whether that weekday is never a working day in the place (or in any part of a union)."""
        return any(day.weekday() in part.weekend for part in self.parts)

    def is_working(self, day: date) -> bool:
        """Whether that day is a working day: neither weekend, holiday nor closure."""
        return not self.is_weekend(day) and not self.is_holiday(day)

    def working_days(self, first: date, last: date) -> int:
        """How many working days lie between two days, both counted."""
        span = (last - first).days + 1
        return sum(self.is_working(first + timedelta(days=n)) for n in range(span))


@lru_cache(maxsize=1)
def _package_version() -> str:
    return metadata.version("holidays")


@lru_cache(maxsize=512)
def _plain(code: str) -> Calendar:
    parts = _parts(code)
    known = definitions().get(code)
    name = known.name if known else parts[0].name
    mark = hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
    version = f"{code} holidays-{_package_version()} {mark}"
    return Calendar(code, name, parts, min(part.horizon for part in parts), version)


def _parts(code: str) -> tuple[Definition, ...]:
    known = definitions().get(code)
    if known is None:
        return (Definition.from_package(code),)
    if not known.union:
        return (known,)
    return tuple(part for member in known.union for part in _parts(member))


def calendar(code: str, extra: Mapping[str, str | None] | None = None) -> Calendar:
    """The calendar of a code such as GB, GB-SCT, DE-NW, EU or XX (weekdays only).

    `extra` adds a site's own days: an ISO day or `from..to` with a name, or with None to make it a working day.
    """
    plain = _plain(code.strip().upper())
    if not extra:
        return plain
    added: dict[date, str] = {}
    removed: set[date] = set()
    for key, name in extra.items():
        days = _span(key)
        added.update(dict.fromkeys(days, name) if name else {})
        removed.update(() if name else days)
    mark = hashlib.sha256(json.dumps(dict(extra), sort_keys=True).encode()).hexdigest()[:8]
    return Calendar(
        plain.code,
        plain.name,
        plain.parts,
        plain.horizon,
        f"{plain.version}+{mark}",
        added,
        frozenset(removed),
    )


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
