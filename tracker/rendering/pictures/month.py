"""A month as weeks of days, and the months about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Month:
    """One month; `week_starts` is 0 where weeks start on Monday, 6 where on Sunday."""

    first: date
    week_starts: int = 0

    @property
    def last(self) -> date:
        """Its last day."""
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def before(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return self.last + timedelta(days=1)

    @property
    def day_numbers(self) -> list[int]:
        """The days of the week in order, 0 for Monday."""
        return [(self.week_starts + n) % 7 for n in range(7)]

    def weeks(self) -> Iterator[list[date | None]]:
        """Its weeks, each of seven places; those of other months are empty."""
        skipped = (self.first.weekday() - self.week_starts) % 7
        days: list[date | None] = [None] * skipped
        days += [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]
        days += [None] * (-len(days) % 7)
        for start in range(0, len(days), 7):
            yield days[start : start + 7]


def month_of(written: str) -> date | None:
    """The first day of `2026-05`; None where that is no month, or one outside 1900 to 2999."""
    year, dash, month = written.partition("-")
    if not dash or len(year) != 4 or len(month) != 2 or not (year + month).isascii():
        return None
    if not (year + month).isdigit() or not 1900 <= int(year) < 3000 or not 1 <= int(month) <= 12:
        return None
    return date(int(year), int(month), 1)


def months_ahead(day: date, n: int) -> list[date]:
    """The first days of the month of a day and of those after it, n in all."""
    found = [day.replace(day=1)]
    while len(found) < n:
        found.append(Month(found[-1]).after)
    return found
