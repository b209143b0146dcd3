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

    def columns(self, number: int = 1) -> Iterator[str]:
        """The columns that must be there."""
        for text in self.alternatives:
            for match in _PART.finditer(_numbered(text, number)):
                if match[1] and not match[1].endswith("?"):
                    yield match[1]

    def is_numbered(self) -> bool:
        """Whether its columns bear a number."""
        return any("#" in (match[1] or "") for text in self.alternatives for match in _PART.finditer(text))

    def first_column(self) -> str:
        """The column to name where what it comes to is in doubt."""
        found = (match[1] for text in self.alternatives for match in _PART.finditer(text) if match[1])
        return next(found, "").removesuffix("?")

    def filled(self, cells: Cells, number: int = 1) -> str:
        """The text for a row; empty where a cell it needs is."""
        for text in self.alternatives:
            found = _filled(_numbered(text, number), cells)
            if found:
                return found
        return ""

    def insist_on(self, columns: Collection[str], number: int = 1) -> None:
        """Raise MappingError where a column is not in the table."""
        for name in self.columns(number):
            if name not in columns:
                near = nearest(name[:80], columns)
                raise MappingError(f"The table has no column {name[:80]!r}{near}.")


def _numbered(text: str, number: int) -> str:
    return _PART.sub(lambda match: match[0].replace("#", str(number)) if match[1] else match[0], text)


def _filled(text: str, cells: Cells) -> str:
    missing = False

    def cell(match: re.Match[str]) -> str:
        nonlocal missing
        if match[1] is None:
            return match[0][0]
        optional, value = match[1].endswith("?"), cells.get(match[1].removesuffix("?"), "")
        missing = missing or not (value or optional)
        return value

    found = _PART.sub(cell, text).strip()
    return "" if missing else found
