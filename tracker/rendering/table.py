"""Rows as CSV for people: UTF-8, CRLF, and no cell that a spreadsheet would run as a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from tracker.domain.formulas import neutral, restored

__all__ = ["CONTENT_TYPE", "cell", "neutral", "restored", "table"]

CONTENT_TYPE = "text/csv"


def table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A header line and a line for each row; lists are joined by "; "."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue().encode()


def cell(value: object) -> str:
    """One cell. Text that a spreadsheet would run gets an apostrophe before it (OWASP ASVS 5.0, 1.2.10)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return neutral("; ".join(str(part) for part in value))
    return neutral(str(value))
