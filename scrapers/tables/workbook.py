"""A spreadsheet (XLSX), read only: the archive is checked before anything in it is unpacked, no formula is run.

Formulas count as the text of their last result; a merged cell counts in each of its rows, since the file says so.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping

from defusedxml.common import DefusedXmlException
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException

from scrapers.model import Json, Problem, Result
from scrapers.tables import cells, columns, marks, merged, together
from scrapers.tables.refused import Unusable
from scrapers.tables.sheet import MOST_COLUMNS, MOST_ROWS, Sheet

MOST_UNPACKED = 160 * 1024 * 1024
MOST_SMALL_PART = 8 * 1024 * 1024
MOST_PARTS = 2_000
LAST_ROW = 1_048_576
"""The last row that the format has."""
_LARGE = ("xl/worksheets/", "xl/sharedStrings", "xl/media/")
"""Parts that are read piece by piece, or not at all."""
_BROKEN = (
    InvalidFileException,
    SyntaxError,  # what broken XML raises
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
    EOFError,
)

Line = tuple[int, list[str]]


def read(body: bytes, options: Mapping[str, Json]) -> Iterator[Result]:
    """The chosen sheets and what was met; raises Unusable."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            _insist_harmless(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are not needed here
            yield from _chosen(_opened(body), options.get("sheet", ""), options)
    except zipfile.BadZipFile:
        raise Unusable("broken_archive", "The spreadsheet is damaged or cut short: save it again.") from None
    except DefusedXmlException:
        raise Unusable(
            "declarations", "The spreadsheet declares entities, which no honest one does."
        ) from None
    except _BROKEN as error:
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
    if any(part.file_size > MOST_SMALL_PART for part in parts if not part.filename.startswith(_LARGE)):
        raise Unusable("too_large", "A part of the spreadsheet that is small in honest files is huge.")
    if "xl/workbook.xml" not in archive.namelist():
        raise Unusable("not_a_table", "This archive is no XLSX spreadsheet: save the table as XLSX or CSV.")


def _opened(body: bytes) -> ExcelReader:
    reader = ExcelReader(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader


def _chosen(opened: ExcelReader, wanted: Json, options: Mapping[str, Json]) -> Iterator[Result]:
    names = tuple(sheet.title for sheet in opened.wb.worksheets)
    if not names:
        raise Unusable("no_sheets", "The spreadsheet has no sheet.")
    several = [str(one) for one in wanted if one] if isinstance(wanted, list) else [str(wanted or "")]
    found = [_named(opened, names, one) for one in several or [""]]
    if len(set(found)) < len(found):
        raise Unusable("sheet_doubled", "One sheet is named twice: name each once.")
    read: list[Sheet] = []
    for name in found:
        for result in _one(opened, name, names, options):
            if isinstance(result, Sheet):
                read.append(result)
            elif isinstance(result, Problem):
                yield result if len(found) == 1 else together.placed(result, len(read), name)
    yield read[0] if len(read) == 1 else together.joined(read)


def _named(opened: ExcelReader, names: tuple[str, ...], wanted: str) -> str:
    """The sheet of a name or number; without one the first that is shown."""
    if not wanted:
        return next((one.title for one in opened.wb.worksheets if _is_shown(opened, one.title)), names[0])
    if wanted in names:
        return wanted
    if wanted.isascii() and wanted.isdigit() and 0 < int(wanted[:9]) <= len(names):
        return names[int(wanted) - 1]
    there = ", ".join(names)[:300]
    raise Unusable("sheet_missing", f"There is no sheet {wanted[:60]!r}; there are: {there}.")


def _is_shown(opened: ExcelReader, name: str) -> bool:
    return bool(opened.wb[name].sheet_state == "visible")


def _one(
    opened: ExcelReader, name: str, names: tuple[str, ...], options: Mapping[str, Json]
) -> Iterator[Result]:
    shown = _is_shown(opened, name)
    if not shown:
        yield Problem("sheet_hidden", f"The sheet {name[:60]!r} is hidden in the file.", "note")
    lines, errors = _lines(opened, name)
    sentence = "A formula of this row ends in an error: it was left empty."
    for number, value in errors[: columns.MOST_SAID]:
        yield Problem("error_value", sentence, "question", f"row {number}", value)
    part = next(link.target for sheet, link in opened.parser.find_sheets() if sheet.name == name)
    found = marks.marks_of(opened.archive, part)
    if found.hidden and shown:
        yield Problem("parts_hidden", "Rows or columns of this sheet are hidden: they were read too.", "note")
    merged.filled(lines, found.merged)
    yield from columns.sheet_of(name, lines, options, sheets=names, said={"sheet": name}, padded=True)


def _lines(opened: ExcelReader, name: str) -> tuple[list[Line], list[tuple[int, str]]]:
    """The rows that hold something, with the numbers their program shows, and the values that are errors."""
    sheet = opened.wb[name]
    sheet.reset_dimensions()  # what a sheet says of its own size may be wrong by millions
    lines: list[Line] = []
    errors: list[tuple[int, str]] = []
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > LAST_ROW or len(lines) > MOST_ROWS:
            raise Unusable("too_many_rows", f"The sheet has more than {MOST_ROWS} rows: split it.")
        if len(row) > MOST_COLUMNS:
            raise Unusable("too_many_columns", f"The sheet has more than {MOST_COLUMNS} columns.")
        errors.extend((number, str(cell.value)) for cell in row if cell.data_type == "e")
        texts = [cells.text_of(cell, number) for cell in row]
        if any(text.strip() for text in texts):
            lines.append((number, texts))
    return lines, errors
