"""Reads a row of the golden table the way a person would type it after `answerby due`."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tests.shared import shared
from tracker.domain.calendars import Calendar, calendar
from tracker.domain.catalogue import catalogue
from tracker.domain.deadlines import Due, compute

RIGHT = frozenset({"official_stated", "official_derived", "computed", "third_party_stated", "peer_test"})
_AMOUNT = re.compile(r"\b(\d+) (?:days|month\(s\))")
_PAUSE = re.compile(r"fees_notice=([\d-]+);fee_received=([\d-]+)")
_PLACE_IN_NOTES = {"Corpus Christi: AT only": "AT"}
_DATE_OF_ART_113 = {
    "chapters I-II": 2,
    "general-purpose": 3,
    "GPAI": 3,
    "general application": 4,
    "art 6(1)": 5,
}


@dataclass(frozen=True)
class Options:
    """What follows RULE and START on the command line."""

    amount: int | None = None
    calendar: Calendar | None = None
    pauses: tuple[tuple[date, date], ...] = ()


@lru_cache(maxsize=1)
def rows() -> tuple[Mapping[str, str], ...]:
    with shared("data", "deadlines", "golden.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def rows_that_must_be_right() -> Iterator[Mapping[str, str]]:
    return (row for row in rows() if row["basis"] in RIGHT)


def options(row: Mapping[str, str]) -> Options:
    words = f"{row['trap']} {row['notes']}"
    return Options(_amount(row, words), _calendar(row), _pauses(row))


@dataclass(frozen=True)
class Typed:
    """The same row as somebody types it: on the command line, or in an address of the API."""

    rule: str
    start: str
    amount: str = ""
    calendar: str = ""
    pause: str = ""

    @property
    def words(self) -> list[str]:
        """What follows `answerby due`."""
        named = {"--amount": self.amount, "--calendar": self.calendar, "--pause": self.pause}
        given = [part for option, value in named.items() if value for part in (option, value)]
        return [self.rule, self.start, *given, "--json"]

    @property
    def query(self) -> dict[str, str]:
        """The parameters of `/api/v1/due`."""
        named = {name: getattr(self, name) for name in ("rule", "start", "amount", "calendar", "pause")}
        return {name: value for name, value in named.items() if value}


def typed(row: Mapping[str, str]) -> Typed:
    given = options(row)
    return Typed(
        row["rule"],
        row["start_date"],
        str(given.amount or ""),
        given.calendar.code if given.calendar else "",
        "".join(f"{since}..{until}" for since, until in given.pauses),
    )


def _amount(row: Mapping[str, str], words: str) -> int | None:
    """A number of its own is given only where the rule leaves it open, or names several dates."""
    rule = catalogue()[row["rule"]]
    if rule.key == "eu-aia-art113":
        return next((place for phrase, place in _DATE_OF_ART_113.items() if phrase in row["notes"]), None)
    found = _AMOUNT.search(words) if rule.amount == 0 or rule.key == "eu-1182-days" else None
    return int(found[1]) if found else None


def _calendar(row: Mapping[str, str]) -> Calendar | None:
    place = _PLACE_IN_NOTES.get(row["notes"]) or (
        row["jurisdiction"] if row["jurisdiction"].startswith("DE-") else None
    )
    return calendar(place) if place else None


def _pauses(row: Mapping[str, str]) -> tuple[tuple[date, date], ...]:
    found = _PAUSE.search(row["notes"])
    return ((date.fromisoformat(found[1]), date.fromisoformat(found[2])),) if found else ()


def due_of(row: Mapping[str, str]) -> Due:
    given = options(row)
    return compute(
        catalogue()[row["rule"]],
        date.fromisoformat(row["start_date"]),
        amount=given.amount,
        calendar=given.calendar,
        pauses=given.pauses,
    )
