"""Dates of a table: read strictly, their order declared or proved by other rows of the column; never guessed."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from tracker.domain.dates import Order, read_date
from tracker.domain.importing.mapping import ORDERS, DatesMap
from tracker.domain.importing.problems import RowProblem, Weight
from tracker.domain.partial import PartialDate

_FIGURES = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?\s*")
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?"
)
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})")
_SHORT = re.compile(r"([A-Za-zé]{3,9})\.?[- ](\d{2}|\d{4})")


@dataclass(frozen=True, slots=True)
class Dated:
    """What a cell says of a date."""

    value: PartialDate | None = None
    written: str = ""
    in_doubt: bool = False


def proved_order(cells: Iterable[str]) -> str:
    """`dmy` or `mdy` where some dates can only be read so and none the other way; else nothing."""
    found = {order for cell in cells if (order := only_order(cell))}
    return found.pop() if len(found) == 1 else ""


def only_order(cell: str) -> str:
    """The one order in which a date in figures is possible; nothing where both or neither are."""
    match = _FIGURES.fullmatch(cell)
    if match is None:
        return ""
    first, second = int(match[1]), int(match[3])
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else ""


def is_ambiguous(cell: str) -> bool:
    """Whether day and month could change places and be another day."""
    match = _FIGURES.fullmatch(cell)
    if match is None:
        return False
    first, second = int(match[1]), int(match[3])
    return first <= 12 and second <= 12 and first != second


@dataclass(slots=True)
class Calendar:
    """Reads the dates of one table; what is in doubt is asked once for each cell."""

    said: DatesMap
    answers: Mapping[str, str]
    cells: Mapping[str, Collection[str]]
    """All values of each column that holds dates: the other rows by which an order is proved."""
    problems: list[RowProblem] = field(default_factory=list)
    _orders: dict[str, str] = field(default_factory=dict)
    _asked: set[tuple[int, str, str]] = field(default_factory=set)

    def read(self, written: str, row: int, column: str) -> Dated:
        """The date of a cell; a question for what reads in two ways or in none."""
        if not written:
            return Dated()
        answer = self.answers.get(f"row {row}, {column}", "")
        order = ORDERS.get(answer, "") or self._order(column)
        text = answer if answer and answer not in ORDERS else written
        value = read_cell(text, order)
        if value is not None:
            return Dated(PartialDate(value.value, value.precision, written[:100]), written)
        self._ask(written, row, column)
        return Dated(None, written, True)

    def _order(self, column: str) -> str:
        if column not in self._orders:
            declared = self.said.columns.get(column, self.said.order)
            proved = proved_order(self.cells.get(column, ())) if declared == "ask" else ""
            self._orders[column] = ORDERS[declared] or proved
        return self._orders[column]

    def _ask(self, written: str, row: int, column: str) -> None:
        if (row, column, written) in self._asked:
            return
        self._asked.add((row, column, written))
        if is_ambiguous(written):
            sentence = (
                "Day and month can stand in either order here. Declare the order of the column "
                f'([dates.columns]), or answer for this row: [answers] "row {row}, {column}" = "2024-12-31"'
            )
        else:
            sentence = (
                f'No date could be read. Answer for this row: [answers] "row {row}, {column}" = "2024-12", '
                "or list the word under [deadline] no_date"
            )
        self.problems.append(RowProblem(Weight.QUESTION, sentence, row, column, written[:200]))


def read_cell(text: str, order: str) -> PartialDate | None:
    """A date as tables write it: also with a time behind it, or as month and year in figures."""
    plain = text.strip()
    if match := _INSTANT.fullmatch(plain):
        plain = match[1]
    elif match := _FIGURES.fullmatch(plain):
        plain = f"{match[1]}/{match[3]}/{match[4]}"
    elif (match := _MONTH_YEAR.fullmatch(plain)) and 1 <= int(match[1]) <= 12:
        plain = f"{match[2]}-{int(match[1]):02}"
    wanted: Order | None = "dmy" if order == "dmy" else "mdy" if order == "mdy" else None
    # A date that can only be read one way is read that way, whatever the order of its column.
    return read_date(plain, order=wanted if not only_order(plain) else None)
