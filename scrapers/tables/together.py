"""Several sheets as one table: columns of one name are one, a row keeps its number and its sheet."""

from collections.abc import Sequence
from dataclasses import replace

from scrapers.model import Problem
from scrapers.tables.refused import Unusable
from scrapers.tables.sheet import APART, MOST_CELLS, MOST_ROWS, Sheet

SHEET = "@sheet"
"""The column that names the sheet of a row."""


def placed(problem: Problem, sheet: int, name: str) -> Problem:
    """A problem of one of several sheets, its row numbered among those of all."""
    number = problem.locator.removeprefix("row ")
    locator = f"row {int(number) + sheet * APART}" if number.isdigit() else problem.locator
    return replace(problem, locator=locator, sentence=f"{problem.sentence} (Sheet {name[:60]!r}.)")


def joined(sheets: Sequence[Sheet]) -> Sheet:
    """The rows of all, under the names of all; a column that a sheet lacks is empty there."""
    columns = tuple(dict.fromkeys(name for sheet in sheets for name in sheet.columns))
    count = sum(len(sheet.rows) for sheet in sheets)
    if count > MOST_ROWS:
        raise Unusable("too_many_rows", f"The sheets have more than {MOST_ROWS} rows together: split them.")
    if count * len(columns) > MOST_CELLS:
        raise Unusable("too_many_cells", f"The sheets have more than {MOST_CELLS:,} cells: split them.")
    rows: list[tuple[int, list[str]]] = []
    for at, sheet in enumerate(sheets):
        places = {name: place for place, name in enumerate(sheet.columns)}
        order = [places.get(name) for name in columns]
        for number, cells in sheet.rows:
            own = ["" if place is None else cells[place] for place in order]
            rows.append((number + at * APART, [*own, sheet.name]))
    said = {"sheet": ", ".join(sheet.name for sheet in sheets)}
    lines = sum(sheet.lines for sheet in sheets)
    return Sheet(said["sheet"], (*columns, SHEET), rows, sheets[0].sheets, (), lines, said)
