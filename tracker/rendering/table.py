"""Rows as CSV for people: UTF-8, CRLF, and no cell that a spreadsheet would run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

CONTENT_TYPE = "text/csv"

_RUNS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""What begins a formula, also behind apostrophes: so that taking one apostrophe away always restores the text."""


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


def neutral(text: str) -> str:
    """The text as a spreadsheet will not run it."""
    kept = _without_controls(text)
    return f"'{kept}" if _RUNS.match(kept) else kept


def restored(cell_text: str) -> str:
    """What a neutralised cell held: one apostrophe less where one was put."""
    return cell_text[1:] if cell_text.startswith("'") and _RUNS.match(cell_text[1:]) else cell_text


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _without_controls(text: str) -> str:
    """The text without control characters and broken surrogates, which no reader agrees on."""
    return _CONTROLS.sub("", text)
