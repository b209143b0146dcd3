"""A spreadsheet (XLSX), read only: the archive is checked before anything in it is unpacked, no formula is run.

Formulas count as the text of their last result; a merged cell counts in each of its rows, since the file says so.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from xml.parsers import expat

from scrapers.model import Json, Problem, Result
from scrapers.tables import columns, merged, together
from scrapers.tables.refused import Unusable
from scrapers.tables.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Sheet

MOST_UNPACKED = 160 * 1024 * 1024
MOST_SMALL_PART = 8 * 1024 * 1024
MOST_PARTS = 2_000
_PIECE = 1 << 16
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_IN_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of a calendar, no instant
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_GENERAL = re.compile(r"\d+\.\d*?(?:0{4,}|9{4,})\d+")

Attributes = Mapping[str, str]
Place = tuple[str, str, bool]
"""Name and part of a sheet, and whether it is hidden."""


def read(body: bytes, options: Mapping[str, Json]) -> Iterator[Result]:
    """The chosen sheet and what was met; raises Unusable."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            _insist_harmless(archive)
            yield from _chosen(archive, options.get("sheet", ""), options)
    except zipfile.BadZipFile:
        raise Unusable("broken_archive", "The spreadsheet is damaged or cut short: save it again.") from None
    except (expat.ExpatError, KeyError, NotImplementedError, EOFError, OSError) as error:
        sentence = (
            f"The spreadsheet cannot be read ({type(error).__name__}): open it and save it again, or as CSV."
        )
        raise Unusable("broken_workbook", sentence) from None


def _insist_harmless(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Unusable("encrypted", "The spreadsheet is protected by a password: save it without one.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unusable(
            "too_large", f"The spreadsheet unpacks to more than {MOST_UNPACKED >> 20} MB: split it."
        )
    if "xl/workbook.xml" not in archive.namelist():
        raise Unusable("not_a_table", "This archive is no XLSX spreadsheet: save the table as XLSX or CSV.")


def _chosen(archive: zipfile.ZipFile, wanted: Json, options: Mapping[str, Json]) -> Iterator[Result]:
    sheets = _sheets(archive)
    names = tuple(name for name, _, _ in sheets)
    if not sheets:
        raise Unusable("no_sheets", "The spreadsheet has no sheet.")
    several = [str(one) for one in wanted if one] if isinstance(wanted, list) else [str(wanted or "")]
    found = [_named(sheets, one) for one in several or [""]]
    if len(set(found)) < len(found):
        raise Unusable("sheet_doubled", "One sheet is named twice: name each once.")
    shared, styles = _shared(archive), _styles(archive)
    read: list[Sheet] = []
    for one in found:
        for result in _one(archive, one, names, _Rows(shared, styles), options):
            if isinstance(result, Sheet):
                read.append(result)
            elif isinstance(result, Problem):
                yield result if len(found) == 1 else together.placed(result, len(read), one[0])
    yield read[0] if len(read) == 1 else together.joined(read)


def _named(sheets: list[Place], wanted: str) -> Place:
    """The sheet of a name or number; without one the first that is shown."""
    if not wanted:
        return next((one for one in sheets if not one[2]), sheets[0])
    found = next((one for one in sheets if one[0] == wanted), None)
    if found is None and wanted.isascii() and wanted.isdigit() and 0 < int(wanted[:9]) <= len(sheets):
        return sheets[int(wanted) - 1]
    if found is None:
        names = ", ".join(name for name, _, _ in sheets)[:300]
        raise Unusable("sheet_missing", f"There is no sheet {wanted[:60]!r}; there are: {names}.")
    return found


def _one(
    archive: zipfile.ZipFile, place: Place, names: tuple[str, ...], rows: "_Rows", options: Mapping[str, Json]
) -> Iterator[Result]:
    name, part, hidden = place
    if hidden:
        yield Problem("sheet_hidden", f"The sheet {name[:60]!r} is hidden in the file.", "note")
    lines, errors = rows.read(archive, part)
    sentence = "A formula of this row ends in an error: it was left empty."
    for number, value in errors[: columns.MOST_SAID]:
        yield Problem("error_value", sentence, "question", f"row {number}", value)
    if rows.hidden and not hidden:
        yield Problem("parts_hidden", "Rows or columns of this sheet are hidden: they were read too.", "note")
    yield from columns.sheet_of(name, lines, options, sheets=names, said={"sheet": name}, padded=True)


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, Attributes], None] | None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    *,
    small: bool = False,
) -> None:
    """One part, piece by piece, without declarations: no entity, no outside file."""
    if small and archive.getinfo(part).file_size > MOST_SMALL_PART:
        raise Unusable("too_large", "A part of the spreadsheet that is small in honest files is huge.")
    parser = expat.ParserCreate(namespace_separator=None)
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.StartElementHandler = (
        (lambda name, found: start(name.rpartition(":")[2], found)) if start else None
    )
    parser.EndElementHandler = (lambda name: end(name.rpartition(":")[2])) if end else None
    parser.CharacterDataHandler = text
    parser.buffer_text = True
    seen = 0
    with archive.open(part) as opened:
        while piece := opened.read(_PIECE):
            seen += len(piece)
            if seen > MOST_UNPACKED:
                raise Unusable(
                    "too_large", f"The sheet unpacks to more than {MOST_UNPACKED >> 20} MB: split it."
                )
            parser.Parse(piece, False)
        parser.Parse(b"", True)


def _refuse_declarations(*_: object) -> None:
    raise Unusable("declarations", "The spreadsheet declares entities, which no honest one does.")


def _sheets(archive: zipfile.ZipFile) -> list[Place]:
    """Name, part and whether it is hidden, of each sheet in its order."""
    targets: dict[str, str] = {}
    found: list[Place] = []

    def relation(name: str, given: Attributes) -> None:
        if name == "Relationship":
            targets[given.get("Id", "")] = given.get("Target", "")

    def sheet(name: str, given: Attributes) -> None:
        if name == "sheet":
            target = targets.get(next((v for k, v in given.items() if k.rpartition(":")[2] == "id"), ""), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in archive.namelist():
                found.append((given.get("name", ""), part, given.get("state", "visible") != "visible"))

    _parse(archive, "xl/_rels/workbook.xml.rels", relation, small=True)
    _parse(archive, "xl/workbook.xml", sheet, small=True)
    return found


def _shared(archive: zipfile.ZipFile) -> list[str]:
    """The texts that cells point at."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    found: list[str] = []
    parts: list[str] = []
    state = {"text": False, "aside": False}

    def start(name: str, _: Attributes) -> None:
        if name == "si":
            parts.clear()
        state["text"] = name == "t"
        state["aside"] = state["aside"] or name == "rPh"

    def end(name: str) -> None:
        if name == "si":
            found.append(_plain("".join(parts)))
        state["text"] = False
        state["aside"] = state["aside"] and name != "rPh"

    def text(said: str) -> None:
        if state["text"] and not state["aside"]:
            parts.append(said)

    _parse(archive, "xl/sharedStrings.xml", start, end, text)
    return found


def _styles(archive: zipfile.ZipFile) -> list[bool]:
    """For each style of a cell, whether it shows a number as a date."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    own: dict[str, bool] = {}
    found: list[bool] = []
    inside = {"cells": False}

    def start(name: str, given: Attributes) -> None:
        if name == "numFmt":
            code = _NOT_IN_FORMAT.sub("", given.get("formatCode", "")).lower()
            own[given.get("numFmtId", "")] = (
                any(sign in code for sign in "dmy") and "0" not in code.split(".")[0]
            )
        elif name == "cellXfs":
            inside["cells"] = True
        elif name == "xf" and inside["cells"]:
            number = given.get("numFmtId", "0")
            found.append(own.get(number, number.isdigit() and int(number) in _DATE_FORMATS))

    def end(name: str) -> None:
        inside["cells"] = inside["cells"] and name != "cellXfs"

    _parse(archive, "xl/styles.xml", start, end, small=True)
    return found


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


class _Rows:
    """The rows of a sheet while it is read."""

    def __init__(self, shared: list[str], dates: list[bool]) -> None:
        self.shared, self.dates = shared, dates
        self.lines: list[tuple[int, list[str]]] = []
        self.errors: list[tuple[int, str]] = []
        self.row, self.cells, self.kind, self.style, self.place = 0, list[str](), "", 0, -1
        self.parts: list[str] = []
        self.merged: list[str] = []
        self.hidden = 0
        self.reading = False

    def read(
        self, archive: zipfile.ZipFile, part: str
    ) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str]]]:
        """The rows that hold something, merged cells in each of their rows, and error values."""
        _parse(archive, part, self.start, self.end, self.text)
        self.lines.sort(key=lambda line: line[0])
        merged.filled(self.lines, self.merged)
        return self.lines, self.errors

    def start(self, name: str, given: Attributes) -> None:
        if name == "row":
            number = given.get("r", "")
            self.row = int(number) if number.isdigit() and len(number) < 8 else self.row + 1
            self.cells, self.place = [], -1
            self.hidden += given.get("hidden") in ("1", "true")
        elif name == "c":
            match = _PLACE.fullmatch(given.get("r", ""))
            self.place = merged.column_of(match[1]) if match else self.place + 1
            if self.place >= MOST_COLUMNS:
                raise Unusable("too_many_columns", f"The sheet has more than {MOST_COLUMNS} columns.")
            style = given.get("s", "0")
            self.kind, self.style = given.get("t", "n"), int(style) if style.isdigit() else 0
            self.parts = []
        elif name == "col":
            self.hidden += given.get("hidden") in ("1", "true")
        elif name == "mergeCell":
            self.merged.append(given.get("ref", ""))
        self.reading = name in ("v", "t")

    def text(self, said: str) -> None:
        if self.reading:
            self.parts.append(said)

    def end(self, name: str) -> None:
        self.reading = False
        if name == "c":
            self.cells.extend([""] * (self.place + 1 - len(self.cells)))
            self.cells[self.place] = self.value("".join(self.parts))
        elif name == "row" and any(cell.strip() for cell in self.cells):
            self.lines.append((self.row, self.cells))
            if len(self.lines) > MOST_ROWS + 1:
                raise Unusable("too_many_rows", f"The sheet has more than {MOST_ROWS} rows: split it.")

    def value(self, written: str) -> str:
        if len(written) > LONGEST_CELL:
            raise Unusable(
                "cell_too_long", f"A value is longer than {LONGEST_CELL} characters.", f"row {self.row}"
            )
        if self.kind == "s":
            return self.shared[int(written)] if written.isdigit() and int(written) < len(self.shared) else ""
        if self.kind == "e":
            self.errors.append((self.row, written))
            return ""
        if self.kind == "b":
            return "yes" if written == "1" else "no"
        if self.kind == "n" and written and self.style < len(self.dates) and self.dates[self.style]:
            return _day(written)
        return _number(written) if self.kind == "n" else _plain(written)


def _day(written: str) -> str:
    """The number of a day as its date; the time only where there is one."""
    try:
        moment = _EPOCH + timedelta(seconds=round(float(written) * 86400))
    except (ValueError, OverflowError):
        return written
    return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat(" ")


def _number(written: str) -> str:
    """As its program shows it: 3 and not 3.0, 0.1 and not 0.1000000000001."""
    try:
        value = float(written)
    except ValueError:
        return written
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(round(value, 12)) if _GENERAL.fullmatch(written) else written
