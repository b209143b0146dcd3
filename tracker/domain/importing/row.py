"""One row of a table, and what is known while the rows are gone through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from tracker.domain.importing.dating import Calendar
from tracker.domain.importing.mapping import Mapping as Said
from tracker.domain.importing.planned import PlannedDocument, PlannedProcess
from tracker.domain.importing.problems import RowProblem, Weight
from tracker.domain.nearest import nearest

Word = TypeVar("Word", bound=StrEnum)


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
    problems: list[RowProblem] = field(default_factory=list)
    processes: dict[str, PlannedProcess] = field(default_factory=dict)
    documents: dict[tuple[str, str], PlannedDocument] = field(default_factory=dict)

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
            self.ask(
                row,
                f'Nobody has said what this word means. Say so under {where}: "{written[:60]}" = one of {known}.',
                column,
                written,
            )
            return None
        return kind(found) if found else None
