"""A reader's language, handed to everything that words something: gettext functions and dates."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_interval
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations

from tracker.domain.partial import PartialDate
from tracker.domain.words import Precision

DOMAIN = "messages"
_GROUPED_FROM = 1000
_GROUPED_LATE = {"es": 10_000}
"""Languages that write numbers of four digits without a separator, as CLDR has it and the library does not."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a message in a table for translation; the table's reader translates it."""
    return message


Forms = tuple[str, str]
"""A message about one thing and about several."""


def NN_(one: str, many: str) -> Forms:  # noqa: N802 - as N_, for a message with a plural
    """Marks a message with its plural in a table for translation."""
    return one, many


@lru_cache(maxsize=4096)
def _date(value: date, pattern: str, code: str) -> str:
    """A long list names the same few days again and again."""
    written = format_date(value, format=pattern, locale=Locale.parse(code))
    # CLDR writes every day as a number; in French the first of a month is "1er".
    return re.sub(r"\b1 ", "1er ", written, count=1) if code == "fr" and value.day == 1 else written


@lru_cache(maxsize=4096)
def _part_of_date(value: date, pattern: str, code: str) -> str:
    """A month, quarter or year, without the day."""
    return str(format_date(value, format=pattern, locale=Locale.parse(code)))


@lru_cache(maxsize=4096)
def _percent(share: float, code: str) -> str:
    return str(format_percent(share, locale=Locale.parse(code)))


@lru_cache(maxsize=4096)
def _number(value: float, code: str) -> str:
    grouped = abs(value) >= _GROUPED_LATE.get(code, _GROUPED_FROM)
    return str(format_decimal(value, locale=Locale.parse(code), group_separator=grouped))


@dataclass(frozen=True)
class Tongue:
    """One language: `say` and `count` word a message, `day` and its like write dates out, never "in 5 days"."""

    code: str
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]

    def say(self, message: str, **values: object) -> str:
        """A message in this language, its values put in."""
        worded = self.gettext(message)
        return worded % values if values else worded

    def count(self, forms: Forms, n: int, **values: object) -> str:
        """A message about n things, whose number is grouped as in a table (1,308)."""
        worded = self.ngettext(*forms, n)
        if abs(n) < _GROUPED_FROM:
            return worded % {"n": n, **values}
        return worded.replace("%(n)d", "%(n)s") % {"n": self.number(n), **values}

    def day(self, value: date) -> str:
        """4 May 2026."""
        return _date(value, "d MMMM y" if self.code == "en" else "long", self.code)

    def weekday(self, value: date) -> str:
        """Monday 4 May 2026."""
        return _date(value, "EEEE d MMMM y" if self.code == "en" else "full", self.code)

    def month(self, value: date) -> str:
        """May 2026."""
        return _part_of_date(value, _MONTHS.get(self.code, "MMMM y"), self.code)

    def short_month(self, value: date) -> str:
        """May; where there is little room."""
        return _part_of_date(value, "LLL", self.code).rstrip(".")

    def quarter(self, value: date) -> str:
        """Q2."""
        return _part_of_date(value, "QQQ", self.code)

    @property
    def first_day_of_week(self) -> int:
        """0 where weeks start on Monday, 6 where on Sunday."""
        return int(Locale.parse(_PLACES.get(self.code, self.code)).first_week_day)

    def short_day_of_week(self, number: int) -> str:
        """Mon, of 0."""
        return str(self._locale.days["stand-alone"]["abbreviated"][number]).rstrip(".")

    def instant(self, value: datetime, zone: str = "UTC") -> str:
        """4 May 2026, 14:05 UTC; by the clocks of a zone 16:05 CEST, where it has no letters 09:05 UTC-05."""
        here = value.astimezone(ZoneInfo(zone))
        return f"{self.day(here.date())}, {here:%H:%M} {_short_zone(here)}"

    def day_of_week(self, number: int) -> str:
        """Monday, of 0; Sunday, of 6."""
        return str(self._locale.days["format"]["wide"][number])

    def partial(self, value: PartialDate) -> str:
        """A date as far as it is known: 4 May 2026, May 2026, third quarter of 2026, June – August 2026, 2026."""
        if value.precision is Precision.DAY:
            return self.day(value.value)
        if value.precision is Precision.MONTH:
            return self.month(value.value)
        if value.precision in (Precision.SEASON, Precision.HALF):
            return format_interval(value.first, value.last, "yMMMM", locale=self._locale)
        pattern = "QQQQ y" if value.precision is Precision.QUARTER else "y"
        return _part_of_date(value.value, pattern, self.code)

    def number(self, value: float) -> str:
        """1,234,567, as this language groups and points its digits."""
        return _number(value, self.code)

    def percent(self, part: int, whole: int) -> str:
        """A part of a whole in whole per cent; what is there is never told as none."""
        if not whole:
            return "–"
        share = max(part / whole, 0.01) if part else 0.0
        return ("< " if part and part / whole < 0.01 else "") + _percent(share, self.code)

    def listed(self, things: Iterable[str]) -> str:
        """A, B and C."""
        return format_list(list(things), locale=self._locale)

    def colon(self, said: str) -> str:
        """What is said, with the colon that leads to what follows."""
        return said + (_COLON_SET_OFF if self.code in _SET_OFF else ":")

    def semicolon(self, said: str) -> str:
        """What is said, with a semicolon."""
        return said + (_SEMICOLON_SET_OFF if self.code in _SET_OFF else ";")

    def in_turn(self, said: Iterable[str]) -> str:
        """Several things one after the other, each parted from the next by a semicolon."""
        return f"{self.semicolon('')} ".join(said)

    def quoted(self, words: str) -> str:
        """Somebody's own words in the quotation marks of this language: “so”, «así», « ainsi »."""
        opening, closing = _QUOTES.get(self.code, ("“", "”"))
        return opening + words + closing

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.code)


def _short_zone(here: datetime) -> str:
    name = here.tzname() or "UTC"
    return name if name.isalpha() else f"UTC{name}"


_PLACES = {"en": "en_GB", "es": "es_ES", "fr": "fr_FR"}
"""Whose weeks are meant: a language alone says nothing of the day on which they start."""
_MONTHS = {"es": "MMMM 'de' y"}
_SET_OFF = {"fr"}
"""Languages that set colon and semicolon off by a space at which no line breaks."""
_COLON_SET_OFF, _SEMICOLON_SET_OFF = "\u00a0:", "\u202f;"
_QUOTES = {"es": ("«", "»"), "fr": ("«\u00a0", "\u00a0»")}


def tongue(code: str, folder: Path) -> Tongue:
    """The language of that code, from the compiled catalogues of a folder; untranslated where there is none."""
    found: NullTranslations = Translations.load(folder, [code], DOMAIN)
    return Tongue(code, found.ugettext, found.ungettext)


def tongues(codes: Iterable[str], folder: Path) -> dict[str, Tongue]:
    """All languages of a site by code."""
    return {code: tongue(code, folder) for code in codes}
