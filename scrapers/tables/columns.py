"""Names of columns from the header row, and rows that fit under them; what does not fit is said, never shifted."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from scrapers.model import Json, Problem, Result
from scrapers.tables.refused import Unusable
from scrapers.tables.sheet import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, Sheet
from scrapers.tables.text import clean

Line = tuple[int, list[str]]
_A_VALUE = re.compile(r"[-+]?[\d.,/: %-]+|\d{4}-\d{2}-\d{2}.*|https?://.*", re.S)
_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}")
MOST_SAID = 50
LOOKED_AT = 30
"""Rows among which the names of the columns are looked for."""


def sheet_of(
    name: str,
    lines: Sequence[Line],
    options: Mapping[str, Json],
    *,
    sheets: tuple[str, ...] = (),
    said: Mapping[str, str] | None = None,
    padded: bool = False,
) -> Iterator[Result]:
    """The sheet under its names, after the problems met; `padded` where a row may end before its empty cells."""
    wanted = int(options.get("header_row", 0) or 0)
    header, body = _split(lines, wanted or likely_header(lines))
    if not wanted and header is not lines[0]:
        sentence = (
            "The names of the columns were taken from this row; if they stand elsewhere, say header_row."
        )
        yield Problem("header_found", sentence, "note", f"row {header[0]}", " | ".join(header[1])[:200])
    names = _names(header, _even(header, body) if padded else body)
    if len(body) * len(names) > MOST_CELLS:
        raise Unusable("too_many_cells", f"The table has more than {MOST_CELLS:,} cells: split it.")
    rows = [(number, _trimmed(cells, len(names), padded)) for number, cells in body]
    if not rows:
        raise Unusable("no_rows", "The file has a line of names and no rows.")
    uneven = [row for row in rows if len(row[1]) != len(names)]
    yield from _uneven(uneven, len(names))
    gone = {number for number, _ in uneven}
    kept = [(number, [clean(cell) for cell in cells]) for number, cells in rows if number not in gone]
    _insist_short(kept, names)
    yield Sheet(name, tuple(names), kept, sheets, (), len(lines) - 1, said or {})


def _split(lines: Sequence[Line], header_row: int) -> tuple[Line, list[Line]]:
    """The header: the row of that number, else the first with a value."""
    if not lines:
        raise Unusable("no_rows", "The file holds no line with a value.")
    at = next((place for place, (number, _) in enumerate(lines) if number == header_row), None)
    if header_row and at is None:
        raise Unusable("no_header", f"There is no row {header_row} to take the names of the columns from.")
    return lines[at or 0], list(lines[(at or 0) + 1 :])


def likely_header(lines: Sequence[Line]) -> int:
    """The first row, unless lone cells above the table (its title, the day it was made) stand there."""
    first = lines[:LOOKED_AT]
    filled = [sum(bool(cell.strip()) for cell in cells) for _, cells in first]
    if not filled or filled[0] > 1 or max(filled) < 3:
        return 0
    return next(number for (number, _), count in zip(first, filled, strict=True) if count * 2 > max(filled))


def _even(header: Line, body: list[Line]) -> list[Line]:
    """Rows of a spreadsheet may reach beyond its names: a value there gets a column of its own."""
    last = max((place for _, cells in body for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    header[1].extend([""] * (last - len(header[1])))
    return body


def _names(line: Line, body: Sequence[Line]) -> list[str]:
    header = line[1]
    names = [" ".join(clean(cell).split()) for cell in header]
    while (
        names
        and not names[-1]
        and not any(len(cells) >= len(names) and cells[len(names) - 1].strip() for _, cells in body)
    ):
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise Unusable("too_many_columns", f"The file has more than {MOST_COLUMNS} columns.")
    given = [name for name in names if name]
    numbers = sum(bool(_A_VALUE.fullmatch(name)) for name in given)
    if not given or any(_A_DAY.fullmatch(name) for name in given) or numbers * 2 > len(given):
        sentence = (
            "This row holds values and no names of columns: write the names above it, "
            "or say which row has them (header_row)."
        )
        raise Unusable("no_header", sentence, f"row {line[0]}", ", ".join(given)[:200])
    twice = [name for name, count in Counter(name.casefold() for name in given).items() if count > 1]
    if twice:
        sentence = f"Two columns bear the same name, {twice[0][:80]!r}: rename one of them."
        raise Unusable("header_doubled", sentence, "header", ", ".join(given)[:200])
    return [name or f"column {place}" for place, name in enumerate(names, 1)]


def _trimmed(cells: list[str], width: int, padded: bool) -> list[str]:
    """Without empty cells beyond the last column, which spreadsheets like to add, or with those they leave out."""
    last = len(cells)
    while last > width and not cells[last - 1].strip():
        last -= 1
    return [*cells[:last], *([""] * (width - last) if padded else ())]


def _uneven(rows: list[Line], width: int) -> Iterator[Problem]:
    for number, cells in rows[:MOST_SAID]:
        sentence = f"The row has {len(cells)} values and the header {width}: it was left out."
        yield Problem("row_uneven", sentence, "question", f"row {number}", " | ".join(cells)[:200])
    if len(rows) > MOST_SAID:
        sentence = f"{len(rows) - MOST_SAID} more rows do not have {width} values: they were left out."
        yield Problem("row_uneven", sentence, "question", f"row {rows[MOST_SAID][0]}")


def _insist_short(rows: list[Line], names: list[str]) -> None:
    for number, cells in rows:
        for name, cell in zip(names, cells, strict=True):
            if len(cell) > LONGEST_CELL:
                sentence = f"A value under {name[:60]!r} is longer than {LONGEST_CELL} characters."
                raise Unusable("cell_too_long", sentence, f"row {number}")
