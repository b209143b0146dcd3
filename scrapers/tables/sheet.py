"""A table as it was read: its columns, and rows with the numbers by which a person finds them again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
MOST_CELLS = 12_000_000
LONGEST_CELL = 200_000
APART = 10_000_000
"""Row 5 of the second of several sheets has the number 10,000,005; no sheet is that long."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet, file or list of records; cells are text, as long as there are columns."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    """Number of each row as its program shows it, and its cells."""
    sheets: tuple[str, ...] = ()
    """All sheets of the file that can be chosen."""
    lists: tuple[str, ...] = ()
    """Paths of the lists of records in a nested file."""
    lines: int = 0
    """How many lines or records the file has, whatever became of them."""
    said: Mapping[str, str] = field(default_factory=dict)
    """How it was read: encoding, delimiter."""

    def to_dict(self) -> dict[str, Any]:
        """The same as plain JSON."""
        return {
            "what": "sheet",
            "name": self.name,
            "columns": list(self.columns),
            "rows": [[number, cells] for number, cells in self.rows],
            "sheets": list(self.sheets),
            "lists": list(self.lists),
            "lines": self.lines,
            "said": dict(self.said),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Sheet":
        """Back from plain JSON."""
        rows = [(number, cells) for number, cells in data["rows"]]
        return cls(
            data["name"],
            tuple(data["columns"]),
            rows,
            tuple(data["sheets"]),
            tuple(data["lists"]),
            data["lines"],
            dict(data["said"]),
        )
