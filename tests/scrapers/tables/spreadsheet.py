"""A small spreadsheet (XLSX) with merged ranges, hidden parts and dates, as its program would write it."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

Value = str | int | float | bool | date | None
FIRST_DAYS = {1900: datetime(1899, 12, 30), 1904: datetime(1904, 1, 1)}
"""From where a program counts days: some begin in 1904."""


@dataclass(frozen=True)
class Page:
    """The rows of a sheet, the ranges that are merged and what is hidden."""

    rows: Sequence[Sequence[Value]]
    merged: Sequence[str] = ()
    hidden_columns: Sequence[int] = ()
    hidden_rows: Sequence[int] = ()
    state: str = "visible"


def workbook(pages: Mapping[str, Page], *, first_year: int = 1900) -> bytes:
    """The bytes of a spreadsheet."""
    book = Workbook(write_only=False)
    book.epoch = FIRST_DAYS[first_year]
    book.remove(book.worksheets[0])
    for name, page in pages.items():
        sheet = book.create_sheet(name)
        for row in page.rows:
            sheet.append(list(row))
        for place in page.merged:
            sheet.merge_cells(place)
        for number in page.hidden_rows:
            sheet.row_dimensions[number].hidden = True
        for number in page.hidden_columns:
            sheet.column_dimensions[get_column_letter(number)].hidden = True
        sheet.sheet_state = page.state
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()
