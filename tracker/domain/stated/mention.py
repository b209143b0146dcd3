"""A date found in a text, and what the reader of a text was told beforehand."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracker.domain.dates import FIRST_YEAR, LAST_YEAR
from tracker.domain.words import Precision

Language = Literal["en", "fr", "es"]
Order = Literal["dmy", "mdy"]
Hemisphere = Literal["north", "south"]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the text before it is read: its language, order of figures, own date, place and fiscal year."""

    language: Language | None = None
    order: Order | None = None
    near: date | None = None
    hemisphere: Hemisphere | None = None
    fiscal_year_ends: int | None = None

    @property
    def dated(self) -> bool:
        """Whether a year of two figures can be given its century."""
        return self.near is not None or self.order is not None


@dataclass(frozen=True, slots=True)
class Found:
    """A period by its first day, or what keeps it from being one; `weak`: a date only where a cue says so."""

    value: date | None = None
    precision: Precision = Precision.DAY
    problem: str | None = None
    weak: bool = False
    assumed: Hemisphere | None = None
    """The half of the world whose months were taken although nobody told it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where in the text a date stands."""

    start: int
    end: int
    found: Found


def trouble(problem: str, *, weak: bool = False) -> Found:
    """Something that looks like a date and cannot be read as one."""
    return Found(problem=problem, weak=weak)


def a_day(year: int, month: int, day: int) -> Found:
    """A whole day; an impossible one is refused, never rolled over."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return trouble("year")
    try:
        return Found(date(year, month, day))
    except ValueError:
        return trouble("impossible")


def a_period(year: int, month: int, precision: Precision, *, weak: bool = False) -> Found:
    """A month, quarter, season, half or year by its first month."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return trouble("year", weak=weak)
    return Found(date(year, month, 1), precision, weak=weak) if 1 <= month <= 12 else trouble("impossible")


def full_year(written: str, told: Told) -> int | None:
    """The year of four figures; one of two figures is in the century nearest the text's own date, else in 20xx."""
    if len(written) == 4:
        return int(written)
    if not told.dated:
        return None
    near = told.near
    if near is None:
        return 2000 + int(written)
    return min(
        (century + int(written) for century in range(1800, 2200, 100)), key=lambda y: abs(y - near.year)
    )
