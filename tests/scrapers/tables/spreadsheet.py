"""A small spreadsheet (XLSX) with merged ranges, hidden parts and dates, as its program would write it."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

Value = str | int | float | date | None
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'


@dataclass(frozen=True)
class Page:
    """The rows of a sheet, the ranges that are merged and what is hidden."""

    rows: Sequence[Sequence[Value]]
    merged: Sequence[str] = ()
    hidden_columns: Sequence[int] = ()
    hidden_rows: Sequence[int] = ()
    state: str = "visible"


def workbook(pages: Mapping[str, Page]) -> bytes:
    """The bytes of a spreadsheet."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        sheets = "".join(
            f'<sheet name="{escape(name)}" sheetId="{at}" state="{page.state}" r:id="rId{at}"/>'
            for at, (name, page) in enumerate(pages.items(), 1)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>',
        )
        links = "".join(
            f'<Relationship Id="rId{at}" Target="worksheets/sheet{at}.xml"/>'
            for at in range(1, len(pages) + 1)
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        archive.writestr("xl/styles.xml", STYLES)
        for at, page in enumerate(pages.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{at}.xml", _sheet(page))
    return body.getvalue()


def _sheet(page: Page) -> str:
    hidden = "".join(f'<col min="{at}" max="{at}" hidden="1"/>' for at in page.hidden_columns)
    rows = "".join(_row(number, cells, page) for number, cells in enumerate(page.rows, 1))
    merged = "".join(f'<mergeCell ref="{place}"/>' for place in page.merged)
    return (
        f'<worksheet xmlns="{MAIN}">{f"<cols>{hidden}</cols>" if hidden else ""}<sheetData>{rows}</sheetData>'
        f"{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>"
    )


def _row(number: int, cells: Sequence[Value], page: Page) -> str:
    hidden = ' hidden="1"' if number in page.hidden_rows else ""
    inside = "".join(_cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(cells))
    return f'<row r="{number}"{hidden}>{inside}</row>'


def _cell(place: str, value: Value) -> str:
    if value is None:
        return f'<c r="{place}"/>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
