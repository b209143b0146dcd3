"""A file of values (CSV): commas, semicolons, tabs or pipes; any line ends; quotes that must close."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from scrapers.tables.refused import Unusable
from scrapers.tables.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_SAID = re.compile(r"sep=([,;\t|])(?:\r\n|\r|\n)", re.I)
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SWALLOWED = 3
"""So many whole lines inside one quoted value: its quote was never closed where it should."""

Line = tuple[int, list[str]]


def lines_of(text: str, delimiter: str = "") -> tuple[list[Line], str]:
    """The rows with a value, each with its number as a spreadsheet shows it, and the delimiter; raises Unusable."""
    told = _SAID.match(text)
    body = text[told.end() :] if told else text
    sign = DELIMITERS.get(delimiter, delimiter) or (told[1] if told else likely_delimiter(body))
    if sign not in DELIMITERS.values():
        raise Unusable("delimiter_unknown", f"A delimiter is one of: {', '.join(DELIMITERS)}.")
    return list(_read(body, sign, 1 if told else 0)), sign


def likely_delimiter(text: str) -> str:
    """What stands most often between the names of the first line."""
    first = next((line for line in re.split(r"\r\n|\r|\n", text[:200_000]) if line.strip()), "")
    found = Counter(sign for sign in _QUOTED.sub("", first) if sign in DELIMITERS.values())
    return found.most_common(1)[0][0] if found else ","


def _read(body: str, sign: str, before: int) -> Iterator[Line]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(StringIO(body, newline=""), delimiter=sign, strict=True)
    width, seen, start = 0, 0, before
    try:
        for cells in reader:
            start += 1
            if not any(cell.strip() for cell in cells):
                continue
            width, seen = width or len(cells), seen + 1
            _bounded(cells, seen, start)
            _insist_closed(cells, sign, width, start)
            yield start, cells
    except csv.Error as error:
        raise _broken(str(error), start + 1) from None


def _bounded(cells: list[str], seen: int, start: int) -> None:
    if len(cells) > MOST_COLUMNS:
        sentence = f"The file has more than {MOST_COLUMNS} columns: keep those you need."
        raise Unusable("too_many_columns", sentence, f"row {start}")
    if seen > MOST_ROWS + 1:
        raise Unusable("too_many_rows", f"The file has more than {MOST_ROWS} rows: split it.", f"row {start}")


def _broken(why: str, start: int) -> Unusable:
    if "field larger" in why:
        return Unusable("cell_too_long", f"A value is longer than {LONGEST_CELL} characters.", f"row {start}")
    sentence = "A quotation mark in this row is not closed, or something stands behind the closing one."
    return Unusable("quote_open", f"{sentence} Mend it and try again.", f"row {start}")


def _insist_closed(cells: list[str], sign: str, width: int, start: int) -> None:
    if width < 2:
        return
    for cell in cells:
        inner = cell.split("\n")[1:-1] if "\n" in cell else ()
        if sum(line.count(sign) == width - 1 for line in inner) >= _SWALLOWED:
            sentence = "A quotation mark in this row swallows the rows that follow: close it and try again."
            raise Unusable("quote_open", sentence, f"row {start}", cell[:80])
