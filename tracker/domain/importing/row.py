"""One row of a table, and what is known while the rows are gone through."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from tracker.domain.importing.dating import Calendar
from tracker.domain.importing.mapping import ClaimMap, ResponseMap
from tracker.domain.importing.mapping import Mapping as Said
from tracker.domain.importing.planned import PlannedDocument, PlannedProcess
from tracker.domain.importing.problems import RowProblem, Weight
from tracker.domain.importing.template import Template
from tracker.domain.nearest import nearest

Word = TypeVar("Word", bound=StrEnum)
MOST_NUMBERS = 300
"""Columns of one name that bear a number."""


def spelt(name: str) -> str:
    """A name whatever its case, its blanks and the form of its apostrophes."""
    return " ".join(name.replace("’", "'").casefold().split())


@dataclass(frozen=True, slots=True)
class Row:
    """Its number, its cells without the words for nothing, and its cells as written."""

    number: int
    cells: Mapping[str, str]
    written: Mapping[str, str]


@dataclass(slots=True)
class Reader:
    """Goes through the rows with a mapping, and remembers what it met."""

    said: Said
    calendar: Calendar
    columns: Collection[str] = ()
    problems: list[RowProblem] = field(default_factory=list)
    processes: dict[str, PlannedProcess] = field(default_factory=dict)
    documents: dict[tuple[str, str], PlannedDocument] = field(default_factory=dict)
    unknown: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    """(where, column, word) nobody gave a meaning → the rows that bear it."""
    asked: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    """Bodies as they were first written."""
    names: dict[str, str] = field(init=False)
    """What the mapping calls bodies, by their names as `spelt` has them."""

    def __post_init__(self) -> None:
        self.names = {spelt(name): called for name, called in self.said.bodies.names.items()}

    def error(self, row: Row, sentence: str, column: str = "", written: str = "") -> None:
        """Nothing is imported before this is mended."""
        self.problems.append(RowProblem(Weight.ERROR, sentence, row.number, column, written[:200]))

    def ask(self, row: Row, sentence: str, column: str = "", written: str = "") -> None:
        """A person has to say what this means."""
        self.problems.append(RowProblem(Weight.QUESTION, sentence, row.number, column, written[:200]))

    def note(self, row: Row, sentence: str, column: str = "", written: str = "") -> None:
        """Said, and without effect on what is imported."""
        self.problems.append(RowProblem(Weight.NOTE, sentence, row.number, column, written[:200]))

    def word(self, row: Row, kind: type[Word], column: str, otherwise: Word) -> Word | None:
        """One of our own words from a column; None and an error where it is none."""
        written = row.cells.get(column, "") if column else ""
        if not written:
            return otherwise
        try:
            return kind(written)
        except ValueError:
            known = [member.value for member in kind]
            self.error(row, f"This is none of: {', '.join(known)}{nearest(written, known)}.", column, written)
            return None

    def meaning(
        self, row: Row, words: Mapping[str, str], kind: type[Word], written: str, column: str, where: str
    ) -> Word | None:
        """What a word of the source means by its vocabulary; a question where nobody has said."""
        found = {word.casefold(): meaning for word, meaning in words.items()}.get(written.casefold())
        if found is None and not words:
            found = next((member.value for member in kind if member.value == written.casefold()), None)
        if found is None:
            known = ", ".join(member.value for member in kind)
            place = (where, column, written.casefold())
            self.unknown.setdefault(place, []).append(row.number)
            said = f'Nobody has said what this word means. Say so under {where}: "{written[:60]}" = one of {known}'
            self.asked.setdefault(place, (said, written))
            return None
        return kind(found) if found else None

    def words_asked(self) -> list[RowProblem]:
        """One question for each word without a meaning, and how many rows bear it."""
        found = []
        for place, rows in self.unknown.items():
            more = len(set(rows)) - 1
            said, written = self.asked[place]
            sentence = said + (f" ({more} more rows say so)." if more else ".")
            found.append(RowProblem(Weight.QUESTION, sentence, rows[0], place[1], written[:200]))
        return found

    def numbers(self, said: ResponseMap | ClaimMap) -> range:
        """The numbers of numbered columns the table has, up to the last that is wanted."""
        return range(1, (said.numbers or last_number(said, self.columns)) + 1)


def last_number(said: ResponseMap | ClaimMap, columns: Collection[str]) -> int:
    """The highest number among the columns of an answer; 1 where they bear none."""
    parts = (getattr(said, name) for name in said.__slots__)
    names = {name for part in parts if isinstance(part, Template) for name in part.names() if "#" in name}
    numbered = [
        number
        for number in range(1, MOST_NUMBERS + 1)
        if any(name not in columns and name.replace("#", str(number)) in columns for name in names)
    ]
    return max(numbered, default=1)
