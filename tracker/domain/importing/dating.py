"""Dates of a table: read strictly, their order declared or proved by other rows of the column; never guessed."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.dates import Order, read_date
from tracker.domain.importing.mapping import ORDERS, DatesMap
from tracker.domain.importing.periods import in_figures
from tracker.domain.importing.problems import RowProblem, Weight, row_name
from tracker.domain.partial import PartialDate

_FIGURES = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?\s*")
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?"
)
_SHORT_YEAR = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{2})\s*")
_LONG_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
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


def is_slip(value: PartialDate) -> bool:
    """Whether the day is what a spreadsheet makes of a bare year: 2014 as a date is 6 July 1905."""
    return 1950 <= _serial(value) <= 2100


def _serial(value: PartialDate) -> int:
    return (value.value - date(1899, 12, 30)).days


@dataclass(slots=True)
class Calendar:
    """Reads the dates of one table; what is in doubt is asked once for each cell."""

    said: DatesMap
    answers: Mapping[str, str]
    cells: Mapping[str, Collection[str]]
    """All values of each column that holds dates: the other rows by which an order is proved."""
    problems: list[RowProblem] = field(default_factory=list)
    _orders: dict[str, str] = field(default_factory=dict)
    _spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    _said_words: dict[str, str] = field(init=False)
    _asked: set[tuple[int, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._said_words = {word.casefold(): meaning for word, meaning in self.said.words.items()}

    def read(self, written: str, row: int, column: str) -> Dated:
        """The date of a cell; a question for what reads in two ways or in none."""
        if not written:
            return Dated()
        answer = self.answers.get(f"{row_name(row)}, {column}", "")
        order = ORDERS.get(answer, "") or self._order(column)
        text = answer if answer and answer not in ORDERS else self._worded(written, column)
        value = read_cell(text, order)
        if value is not None and text is written and is_slip(value):
            self._ask(written, row, column)
            return Dated(None, written, True)
        if value is not None:
            return Dated(PartialDate(value.value, value.precision, written[:100]), written)
        self._ask(written, row, column)
        return Dated(None, written, True)

    def _worded(self, written: str, column: str) -> str:
        """What the mapping says a text means; a year of two figures with its century, where that is proved."""
        said = self._said_words.get(written.casefold())
        match = _SHORT_YEAR.fullmatch(written) if said is None else None
        if match is None:
            return said or written
        first, last = self._years(column)
        # 8/21/20 is of 2020 where every whole year of the column is of one time, and 2020 lies in it.
        full = [year for year in (1900 + int(match[4]), 2000 + int(match[4])) if first <= year <= last]
        return f"{match[1]}/{match[3]}/{full[0]}" if len(full) == 1 else written

    def _years(self, column: str) -> tuple[int, int]:
        """The first and the last year that stand in whole in a column; none at all is the year 0 alone."""
        if column not in self._spans:
            found = [int(year) for cell in self.cells.get(column, ()) for year in _LONG_YEAR.findall(cell)]
            found = [
                year for year in found if year not in (1900, 1905)
            ]  # what spreadsheets make of 0 and 2014
            self._spans[column] = (min(found, default=0), max(found, default=0))
        return self._spans[column]

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
        slip = read_cell(written, "")
        if slip is not None and is_slip(slip):
            sentence = (
                f"A spreadsheet shows the number {_serial(slip)} as this day: was that year meant? Answer: "
                f'[answers] "{row_name(row)}, {column}" = "{_serial(slip)}"'
            )
        elif is_ambiguous(written):
            sentence = (
                "Day and month can stand in either order here. Declare the order of the column "
                f'([dates.columns]), or answer for this row: [answers] "{row_name(row)}, {column}" = "2024-12-31"'
            )
        else:
            sentence = (
                f'No date could be read. Answer for this row: [answers] "{row_name(row)}, {column}" = "2024-12", '
                f'for every such cell: [dates.words] "{written[:60]}" = "2024-12", '
                "or list the word under [deadline] no_date"
            )
        self.problems.append(RowProblem(Weight.QUESTION, sentence, row, column, written[:200]))


def read_cell(text: str, order: str) -> PartialDate | None:
    """A date as tables write it: also with a time behind it, or as month and year in figures."""
    plain = in_figures(text.strip())
    if match := _INSTANT.fullmatch(plain):
        plain = match[1]
    elif match := _FIGURES.fullmatch(plain):
        plain = f"{match[1]}/{match[3]}/{match[4]}"
    elif (match := _MONTH_YEAR.fullmatch(plain)) and 1 <= int(match[1]) <= 12:
        plain = f"{match[2]}-{int(match[1]):02}"
    wanted: Order | None = "dmy" if order == "dmy" else "mdy" if order == "mdy" else None
    # A date that can only be read one way is read that way, whatever the order of its column.
    return read_date(plain, order=wanted if not only_order(plain) else None)
