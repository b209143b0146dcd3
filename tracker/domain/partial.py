"""Partial dates: a value, how much of it is known, and how it was written."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.words import Precision

_SPANS = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.SEASON: 3,
    Precision.HALF: 6,
    Precision.YEAR: 12,
}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, month, quarter, season, half or year; `value` is the first day of the period."""

    value: date
    precision: Precision = Precision.DAY
    as_written: str = ""

    @property
    def first(self) -> date:
        """The first day of the period."""
        return self.value

    @property
    def last(self) -> date:
        """The last day of the period: what a due day or a trigger counts from."""
        months = _SPANS.get(self.precision)
        if months is None:
            return self.value
        total = self.value.year * 12 + self.value.month - 1 + months - 1
        year, month = divmod(total, 12)
        return date(year, month + 1, monthrange(year, month + 1)[1])

    def __str__(self) -> str:
        """The ISO form as far as known: 2026, 2026-H2, 2026-06/2026-08 (a season), 2026-Q3, 2026-09, 2026-09-04."""
        forms = {
            Precision.DAY: self.value.isoformat(),
            Precision.MONTH: f"{self.value:%Y-%m}",
            Precision.QUARTER: f"{self.value.year}-Q{(self.value.month + 2) // 3}",
            Precision.SEASON: f"{self.value:%Y-%m}/{self.last:%Y-%m}",
            Precision.HALF: f"{self.value.year}-H{(self.value.month + 5) // 6}",
            Precision.YEAR: f"{self.value:%Y}",
        }
        return forms[self.precision]


def day(value: date) -> PartialDate:
    """A fully known day."""
    return PartialDate(value, Precision.DAY, value.isoformat())


def after(value: date) -> date:
    """The day after."""
    return value + timedelta(days=1)
