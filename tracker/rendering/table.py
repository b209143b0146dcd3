"""Rows as CSV for people: UTF-8, CRLF, and no cell that a spreadsheet would run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice

from tracker.domain.formulas import neutral, restored

__all__ = ["CONTENT_TYPE", "cell", "neutral", "restored", "table", "table_parts"]

CONTENT_TYPE = "text/csv"
AT_ONCE = 500


def table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A header line and a line for each row; lists are joined by "; "."""
    return b"".join(table_parts(columns, rows))


def table_parts(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """The same in parts of some hundred lines, each made when it is asked for."""
    several = iter(rows)
    part: list[Sequence[str]] = [columns]
    while part:
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(part)
        yield out.getvalue().encode()
        part = [[cell(row.get(column)) for column in columns] for row in islice(several, AT_ONCE)]


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
