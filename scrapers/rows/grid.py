"""An HTML table as a grid: merged cells stand in each place they cover, so that a column is always the same column."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from scrapers.plain import one_line, text_of_node

MOST_COLUMNS = 200
MOST_SPANNED = 5000


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its node, and the cell in each column."""

    node: LexborNode
    cells: tuple[LexborNode, ...]

    @property
    def is_header(self) -> bool:
        """Whether the row holds names of columns only."""
        return bool(self.cells) and all(cell.tag == "th" for cell in self.cells)


@dataclass(slots=True)
class _Open:
    """Cells that reach down into rows to come: by column, the cell and how many rows it still covers."""

    down: dict[int, tuple[LexborNode, int]] = field(default_factory=dict)

    def row(self, node: LexborNode) -> Line:
        cells: list[LexborNode] = []
        for cell in _children(node):
            self._fill(cells)
            width, height = _span(cell, "colspan", MOST_COLUMNS), _span(cell, "rowspan", MOST_SPANNED)
            for _ in range(min(width, MOST_COLUMNS - len(cells))):
                if height > 1:
                    self.down[len(cells)] = (cell, height - 1)
                cells.append(cell)
        self._fill(cells)
        return Line(node, tuple(cells))

    def _fill(self, cells: list[LexborNode]) -> None:
        while len(cells) in self.down and len(cells) < MOST_COLUMNS:
            column = len(cells)
            cell, left = self.down.pop(column)
            if left > 1:
                self.down[column] = (cell, left - 1)
            cells.append(cell)


def lines_of(rows: list[LexborNode]) -> Iterator[Line]:
    """The rows, in order, with merged cells repeated; a new table or part of one ends what reached down."""
    open_cells, around = _Open(), 0
    for row in rows:
        parent = row.parent.mem_id if row.parent is not None else 0
        if parent != around:
            open_cells, around = _Open(), parent
        yield open_cells.row(row)


def headers_of(lines: list[Line]) -> list[str]:
    """The names of the columns, from the first row of names."""
    first = next((line for line in lines if line.is_header), None)
    return [cell_text(cell) for cell in first.cells] if first else []


def cell_text(cell: LexborNode) -> str:
    """What stands in a cell, on one line."""
    return one_line(text_of_node(cell))


def _children(row: LexborNode) -> Iterator[LexborNode]:
    return (cell for cell in row.iter() if cell.tag in ("td", "th"))


def _span(cell: LexborNode, name: str, most: int) -> int:
    written = (cell.attributes.get(name) or "1").strip()
    return (
        max(1, min(int(written), most)) if written.isascii() and written.isdigit() and len(written) < 9 else 1
    )
