"""Merged cells of a spreadsheet: the value at their head counts in each of their rows, because the file says so."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from scrapers.tables.refused import Unusable
from scrapers.tables.sheet import MOST_CELLS

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")
MOST_RANGES = 200_000

Line = tuple[int, list[str]]


def column_of(letters: str) -> int:
    """The place of a column from its letters, A being 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def range_of(written: str) -> tuple[int, int, int] | None:
    """Column and first and last row of a range over several rows; none for one beside itself only."""
    found = _RANGE.fullmatch(written)
    if found is None or int(found[4]) <= int(found[2]):
        return None
    return column_of(found[1]), int(found[2]), int(found[4])


def filled(lines: Sequence[Line], ranges: Sequence[str]) -> None:
    """Write the head of each range into its rows; a range across columns counts in its first only."""
    if len(ranges) > MOST_RANGES:
        raise Unusable(
            "too_many_merged", f"The sheet has more than {MOST_RANGES:,} merged ranges: undo them."
        )
    numbers = [number for number, _ in lines]
    written = 0
    for column, first, last in filter(None, map(range_of, ranges)):
        start, end = bisect_left(numbers, first), bisect_right(numbers, last)
        if start == end or numbers[start] != first or column >= len(lines[start][1]):
            continue
        value = lines[start][1][column]
        written += end - start
        if written > MOST_CELLS:
            raise Unusable(
                "too_many_cells", f"The merged ranges hold more than {MOST_CELLS:,} cells: undo them."
            )
        for _, cells in lines[start + 1 : end] if value.strip() else ():
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = cells[column] if cells[column].strip() else value
