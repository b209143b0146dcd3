"""What is wrong with a table or its mapping: at which row and column, in a sentence that says how to mend it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Weight(StrEnum):
    """What a problem does to an import."""

    ERROR = "error"
    """Nothing is imported before it is mended."""
    QUESTION = "question"
    """What it is about is left out until somebody answers; the rest can be imported."""
    NOTE = "note"


APART = 10_000_000
"""By so much the rows of the next of several sheets are numbered higher."""


def row_name(row: int) -> str:
    """What a row is called: its number, and its sheet where several are read as one table."""
    sheet, number = divmod(row, APART)
    return f"row {number} of sheet {sheet + 1}" if sheet else f"row {number}"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One problem; row 0 is the whole file."""

    weight: Weight
    sentence: str
    row: int = 0
    column: str = ""
    written: str = ""

    @property
    def place(self) -> str:
        """What its row is called; nothing where it is about the whole file."""
        return row_name(self.row) if self.row else ""

    def __str__(self) -> str:
        """One line for a terminal or a log."""
        places = [self.place] if self.row else []
        places += [f"column {self.column}"] if self.column else []
        where = f" ({', '.join(places)})" if places else ""
        written = f": “{self.written[:120]}”" if self.written else ""
        return f"{self.weight}{where}: {self.sentence}{written}"

    def as_data(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self) | {"weight": self.weight.value, "place": self.place}


class MappingError(ValueError):
    """A mapping that cannot be used; the text says which key and how to mend it."""


def count(problems: Sequence[RowProblem], weight: Weight) -> int:
    """How many there are of one weight."""
    return sum(one.weight is weight for one in problems)
