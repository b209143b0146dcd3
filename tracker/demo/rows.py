"""Reads the demo data set: CSV rows, partial dates, and how each written deadline is to be understood."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from tracker.domain.dates import read_date
from tracker.domain.partial import PartialDate
from tracker.domain.words import Basis, ClockEntryKind, Trigger

COMPILED_ON = date(2026, 11, 21)
"""The day the data set was put together: when a row without `as_of` was seen."""

Row = Mapping[str, str]

_COUNT = re.compile(r"\b([1-9]\d*) of (\d+)\b")
_SOURCES = ("verified_source", "facts_source")
_STORED = re.compile(r"(?:\S+\.txt|\w+ hit id \d+) \((?P<words>[^)]+)\)")
_RECEIVED = re.compile(r"[Rr]eceived by the \w+ on (\d{1,2} \w+ \d{4})")


def rows(name: str) -> Iterator[Row]:
    """The rows of one file of the data set."""
    text = (resources.files("tracker.demo") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines(keepends=True)):
        yield row | {name: what_was_read(row[name]) for name in _SOURCES if row.get(name)}


def what_was_read(cell: str) -> str:
    """The source of a row as a reader can look it up: the words in brackets behind the number of a stored text."""
    found = _STORED.match(cell)
    return found["words"] if found else cell


def several(cell: str) -> list[str]:
    """The values of a cell that holds several, in order, each once."""
    return list(dict.fromkeys(value.strip() for value in cell.split(";") if value.strip()))


def partial(cell: str) -> PartialDate | None:
    """The date of a cell as far as it is known."""
    return read_date(cell) if cell.strip() else None


def seen(row: Row, name: str) -> PartialDate | None:
    """A date of a row, unless the row says that nobody read it: then it is no fact here."""
    return None if name in several(row["unseen_fields"]) else partial(row[name])


def is_a_count(row: Row) -> bool:
    """Whether a row only counts repliers ("5 of 18"): then it says nothing of any one body."""
    found = _COUNT.search(row["substantive_reason"])
    return found is not None and int(found[1]) < int(found[2])


def received(row: Row) -> PartialDate | None:
    """The day of receipt where the row names one beside the day of publication."""
    found = _RECEIVED.search(row["substantive_reason"])
    return read_date(found[1]) if found else None


def seen_on(row: Row) -> date:
    """The day a response was certainly seen: the last day its source supports."""
    as_of = partial(row["as_of"])
    return as_of.last if as_of else COMPILED_ON


def looked_on(row: Row) -> date:
    """The day of a look; of a period only its first day is safe to claim."""
    as_of = partial(row["as_of"])
    return as_of.first if as_of else COMPILED_ON


@dataclass(frozen=True, slots=True)
class Reading:
    """How a deadline written in the data set is understood."""

    basis: Basis | None
    """None: the rule's."""
    rule: str
    trigger: Trigger
    amount: int | None
    start: PartialDate | None
    """The day the period runs from where the words name another than the row's `clock_start`."""
    date: str
    """`none`: no date was set; `unknown`: one exists, nobody here knows it; `ahead`: what starts it never came.

    Empty: it follows from the rest."""
    binds: frozenset[str]
    """The bodies whose own date it is; empty: every addressee."""
    others: Basis | None
    """Why the date counts for the others; None: they only support."""

    def binding_on(self, body_key: str) -> bool:
        """Whether the date is this addressee's own."""
        return not self.binds or body_key in self.binds


def readings() -> Mapping[tuple[str, str], Reading]:
    """The reading of every deadline and legal basis written in the data set."""
    return {(row["deadline_rule"], row["legal_basis"]): _reading(row) for row in _own("reading")}


def moves() -> Mapping[str, ClockEntryKind]:
    """The events of the data set that move or end a clock, by their id."""
    return {row["event"]: ClockEntryKind(row["kind"]) for row in _own("moves")}


@cache
def treated() -> Mapping[str, str]:
    """The responses of the data set whose words say they are something else than their columns, by their id."""
    return {row["row"]: row["as"] for row in _own("treated")}


def claimed() -> Iterator[Row]:
    """The responses of the data set that tell what somebody said of the implementation: who, and how far it is."""
    return _own("claims")


def stated() -> Iterator[Row]:
    """What the askers themselves said of a response, by the rows of the data set that tell it."""
    return _own("statements")


def _own(name: str) -> Iterator[Row]:
    text = (resources.files("tracker.demo") / f"{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _reading(row: Row) -> Reading:
    return Reading(
        basis=Basis(row["basis"]) if row["basis"] else None,
        rule=row["rule"],
        trigger=Trigger(row["trigger"] or Trigger.DATED),
        amount=int(row["amount"]) if row["amount"] else None,
        start=partial(row["start"]),
        date=row["date"],
        binds=frozenset(several(row["binds"])),
        others=Basis(row["others"]) if row["others"] not in ("", "supporting") else None,
    )
