"""The labelled findings as they lie in the CSV files beside this one, and how well matching does on them."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from zlib import crc32

from tests.domain.matching_labels.registers import HERE, on_record
from tracker.domain.matching import Choice, Found, Match, Register

FILES = ("pfd", "pfd_by_hand", "eci", "demo", "inquiries", "upr", "questions", "govuk", "by_hand")


@dataclass(frozen=True, slots=True)
class Case:
    """A finding with the keys of the obligations it belongs to; none: it belongs to nobody on record."""

    id: str
    source: str
    kind: str
    found: Found
    right: frozenset[str]

    @property
    def held_out(self) -> bool:
        """A third, by the checksum of the id: not looked at when weights were chosen."""
        return crc32(self.id.encode()) % 3 == 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What matching said to a case."""

    case: Case
    first: tuple[str, ...]
    """The keys of the first three it lists."""
    chosen: tuple[tuple[str, bool], ...]
    """Those it suggests, and whether on an exact key."""
    tied: bool


@dataclass(slots=True)
class Figures:
    """Counts over cases; what belongs to nobody counts for precision only."""

    cases: int = 0
    with_right: int = 0
    at_1: int = 0
    at_3: int = 0
    suggested: int = 0
    suggested_right: int = 0
    exact: int = 0
    exact_right: int = 0
    tied: int = 0

    def add(self, one: Outcome) -> None:
        """One more case."""
        right = one.case.right
        self.cases += 1
        self.with_right += bool(right)
        self.at_1 += bool(right & set(one.first[:1]))
        self.at_3 += bool(right & set(one.first))
        self.suggested += len(one.chosen)
        self.suggested_right += sum(key in right for key, _ in one.chosen)
        self.exact += sum(exact for _, exact in one.chosen)
        self.exact_right += sum(exact and key in right for key, exact in one.chosen)
        self.tied += one.tied


def cases() -> list[Case]:
    """All labelled findings."""
    return [_case(row) for name in FILES for row in _rows(name)]


@cache
def outcomes() -> tuple[Outcome, ...]:
    """What matching says to every labelled finding, among everything on record."""
    by_source: dict[str, list[Case]] = defaultdict(list)
    for case in cases():
        by_source[case.source].append(case)
    return tuple(one for source, some in by_source.items() for one in _of_source(source, some))


def figures(of: Iterable[Outcome]) -> Figures:
    """The counts of some outcomes."""
    counted = Figures()
    for one in of:
        counted.add(one)
    return counted


def _of_source(source: str, some: Iterable[Case]) -> list[Outcome]:
    record = on_record(source)
    register = Register(one.candidate for one in record)
    keys = {one.candidate.id: one.key for one in record}
    return [_outcome(case, register, keys) for case in some]


def _outcome(case: Case, register: Register, keys: Mapping[int, str]) -> Outcome:
    ranked: list[Match] = register.rank(case.found)
    choice: Choice = register.choose(case.found, ranked)
    first = tuple(keys[match.id] for match in ranked[:3])
    chosen = tuple((keys[match.id], match.exact) for match in choice.chosen)
    return Outcome(case, first, chosen, bool(choice.tied))


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _case(row: Mapping[str, str]) -> Case:
    found = Found(
        key=row["key"],
        title=row["title"],
        text=row["text"],
        document=row["document"],
        body_name=row["body"],
        link=row["link"],
        pages=tuple(filter(None, [row["page"]])),
        asked_on=date.fromisoformat(row["asked_on"]) if row["asked_on"] else None,
        answered_on=date.fromisoformat(row["answered_on"]) if row["answered_on"] else None,
    )
    return Case(row["id"], row["source"], row["kind"], found, frozenset(row["right"].split()))
