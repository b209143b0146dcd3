"""Templates of a mapping: `{Column}` stands for a cell, `{Column?}` for one that may be missing, `#` for a number."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tracker.domain.importing.problems import MappingError
from tracker.domain.nearest import nearest

_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Template:
    """The first of its alternatives that comes to something."""

    alternatives: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is said at all."""
        return any(self.alternatives)

    def names(self) -> Iterator[str]:
        """The columns as they are written, those that may be missing too."""
        for text in self.alternatives:
            for match in _PART.finditer(text):
                if match[1]:
                    yield match[1].removesuffix("?")

    def columns(self, number: int = 0) -> Iterator[str]:
        """The columns that must be there; of numbered ones that of a number."""
        for text in self.alternatives:
            for match in _PART.finditer(text):
                if match[1] and not match[1].endswith("?"):
                    yield _numbered(match[1], number)

    def is_numbered(self) -> bool:
        """Whether its columns may bear a number."""
        return any("#" in name for name in self.names())

    def first_column(self, number: int = 0) -> str:
        """The column to name where what it comes to is in doubt."""
        return _numbered(next(self.names(), ""), number)

    def filled(self, cells: Cells, number: int = 0) -> str:
        """The text for a row; empty where a cell it needs is."""
        for text in self.alternatives:
            found = _filled(text, cells, number)
            if found:
                return found
        return ""

    def insist_on(self, columns: Collection[str]) -> None:
        """Raise MappingError where a column is not in the table: of numbered ones the first."""
        for name in self.columns():
            if name not in columns and ("#" not in name or _numbered(name, 1) not in columns):
                near = nearest(name[:80], columns)
                raise MappingError(f"The table has no column {name[:80]!r}{near}.")


def _numbered(name: str, number: int) -> str:
    return name.replace("#", str(number)) if number else name


def _filled(text: str, cells: Cells, number: int) -> str:
    missing = False

    def cell(match: re.Match[str]) -> str:
        nonlocal missing
        if match[1] is None:
            return match[0][0]
        optional, name = match[1].endswith("?"), match[1].removesuffix("?")
        # A column may bear the sign itself (`Rec #`): then it is that column and no number.
        value = cells[name] if name in cells else cells.get(_numbered(name, number), "")
        missing = missing or not (value or optional)
        return value

    found = _PART.sub(cell, text).strip()
    return "" if missing else found
