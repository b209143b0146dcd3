"""A public list published as a file of values (CSV, TSV, semicolons): its lines are rows; options only, no code.

A field is a column, by its name in the first line or by its number from 1. A line of another length than the first is
a question, never shifted into place; a quote that does not end makes the whole file unreadable. OPTIONS says what may
be set.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from scrapers.feeds.decoding import Unreadable, decoded
from scrapers.impostors import empty_page, looks_like_html, not_what_was_asked
from scrapers.model import Json, Page, Problem, Result, Source
from scrapers.plain import one_line
from scrapers.rows.findings import MOST_ROWS, Row, results_of
from scrapers.rows.plan import ROW_OPTIONS, Plan, one_of, plan_of, row_complaints
from scrapers.rows.plan import VOCABULARY as VOCABULARY
from scrapers.strict_json import said_as_problem

DELIMITERS: Mapping[str, str] = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
OPTIONS: Mapping[str, str] = {
    **ROW_OPTIONS,
    "delimiter": "what stands between two values: comma, semicolon, tab or pipe; without it the first line tells",
    "expect_headers": "the names of the columns, in order; other names are a broken file",
}
MOST_COLUMNS = 500
LONGEST_CELL = 100_000
_QUOTED = re.compile(r'"[^"]*"')
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\r?\n?", re.I)
_OTHER_FILES = {
    b"PK\x03\x04": "a spreadsheet or archive",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
}


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: list[str]


def complaints(options: Mapping[str, Json]) -> Iterator[str]:
    """What is wrong with the options, each as a sentence."""
    yield from row_complaints(options)
    wrong = one_of(*DELIMITERS)(options["delimiter"]) if "delimiter" in options else ""
    if wrong:
        yield f"Option delimiter {wrong}"
    expected = options.get("expect_headers", [])
    if not isinstance(expected, list | tuple) or not all(isinstance(name, str) for name in expected):
        yield 'Option expect_headers is no list of names, such as ["Date", "Title"].'


@said_as_problem
def read(page: Page, source: Source) -> Iterator[Result]:
    """The lines of a file as findings; a file that is none, or whose columns moved, is one fatal problem."""
    empty = empty_page(page.body)
    if empty:
        raise Unreadable(empty.code, empty.sentence)
    for start, name in _OTHER_FILES.items():
        if page.body.startswith(start):
            raise Unreadable("not_recognised", f"This is {name} and not a file of values (CSV).")
    whole = decoded(page)
    if looks_like_html(whole.text):
        other = not_what_was_asked(whole.text, "a file of values (CSV)")
        raise Unreadable(other.code, other.sentence, other.as_written)
    yield from whole.problems
    plan = plan_of(source)
    header, *lines = _lines(whole.text, source.options)
    places = _places(header, plan, source.options)
    fitting = [line for line in lines if len(line.cells) == len(header.cells)]
    yield from _uneven(lines, fitting, len(header.cells))
    yield from results_of((_row(line, places) for line in fitting), plan, page)


def _lines(text: str, options: Mapping[str, Json]) -> list[_Line]:
    """The lines that hold something, the names of the columns first."""
    told = _SEPARATOR_LINE.match(text)
    body = text[told.end() :] if told else text
    delimiter = DELIMITERS.get(str(options.get("delimiter", ""))) or (told[1] if told else _likely(body))
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(StringIO(body, newline=""), delimiter=delimiter, strict=True)
    found: list[_Line] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append(_Line(reader.line_num, _trimmed(cells, found[0].cells if found else None)))
            if len(found) > MOST_ROWS + 2:
                break
    except csv.Error as error:
        sentence = f"The file cannot be read as values from line {reader.line_num} on: {error}."
        raise Unreadable("bad_csv", sentence) from None
    if not found:
        raise Unreadable("no_rows", "The file holds no line with a value.")
    if len(found[0].cells) > MOST_COLUMNS:
        raise Unreadable("too_many_columns", f"The file has more than {MOST_COLUMNS} columns.")
    return found


def _likely(text: str) -> str:
    """What stands most often between the names of the first line."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    found = Counter(sign for sign in _QUOTED.sub("", first) if sign in DELIMITERS.values())
    return found.most_common(1)[0][0] if found else ","


def _trimmed(cells: list[str], header: list[str] | None) -> list[str]:
    """Without empty cells beyond the last column, which spreadsheets like to add."""
    width = len(header) if header is not None else 0
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _places(header: _Line, plan: Plan, options: Mapping[str, Json]) -> dict[str, int]:
    """In which column each field stands."""
    names = [one_line(name) for name in header.cells]
    expected = [one_line(name).casefold() for name in options.get("expect_headers", ())]
    if expected and [name.casefold() for name in names] != expected:
        sentence = (
            "The columns of the file are not those we know "
            f"({', '.join(options['expect_headers'])}): they may have moved."
        )
        raise Unreadable("columns_moved", sentence, ", ".join(names))
    return {name: _place(where, names) for name, where in plan.fields.items()}


def _place(where: str, names: list[str]) -> int:
    wanted = where.removeprefix("column:").strip()
    found = [place for place, name in enumerate(names) if name.casefold() == wanted.casefold()]
    if len(found) > 1:
        sentence = (
            f"The file has {len(found)} columns named {wanted!r}: name the one that is meant by its number."
        )
        raise Unreadable("column_doubled", sentence, ", ".join(names))
    if found:
        return found[0]
    if wanted.isascii() and wanted.isdigit() and 0 < int(wanted[:4]) <= len(names):
        return int(wanted) - 1
    raise Unreadable("column_missing", f"The file has no column {wanted!r}.", ", ".join(names))


def _row(line: _Line, places: Mapping[str, int]) -> Row:
    return Row(f"line {line.number}", {name: line.cells[place] for name, place in places.items()})


def _uneven(lines: list[_Line], fitting: list[_Line], width: int) -> Iterator[Result]:
    left = len(lines) - len(fitting)
    if not left:
        return
    first = next(line for line in lines if len(line.cells) != width)
    sentence = f"{left} lines do not have the {width} values that the first line names; they were left out."
    yield Problem("uneven_lines", sentence, "question", f"line {first.number}", " ".join(first.cells)[:200])
