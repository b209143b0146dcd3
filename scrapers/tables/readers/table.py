"""Any table: looks at the first bytes, reads the one sheet or list that is wanted, says what could not be used."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from scrapers.model import Json, Page, Problem, Result, Source
from scrapers.tables import columns, tree, values, workbook, yaml_text
from scrapers.tables.refused import Unusable
from scrapers.tables.sheet import MOST_BYTES
from scrapers.tables.text import decoded

_NOT_TABLES = {
    b"\xd0\xcf\x11\xe0": "an old or password-protected spreadsheet (XLS): open it and save it as XLSX or CSV",
    b"%PDF": "a PDF: use the preset `response_pdf`, or copy its table into a spreadsheet",
    b"\x1f\x8b": "a compressed file: unpack it first",
    b"\x89PNG": "a picture",
}


def read(page: Page, source: Source) -> Iterable[Result]:
    """One sheet and the problems met, or one fatal problem."""
    try:
        return list(_read(page.body, page.address, source.options))
    except Unusable as error:
        return [Problem(error.code, error.sentence, "fatal", error.where, error.as_written)]


def _read(body: bytes, name: str, options: Mapping[str, Json]) -> Iterator[Result]:
    if not body.strip():
        raise Unusable("empty", "The file is empty.")
    if not body.strip(b"\x00 \t\r\n"):
        sentence = "The file is no text: it holds nothing but zero bytes. Save or download it again."
        raise Unusable("not_a_table", sentence)
    if len(body) > MOST_BYTES:
        raise Unusable("too_large", f"The file is larger than {MOST_BYTES >> 20} MB: split it.")
    for start, what in _NOT_TABLES.items():
        if body.startswith(start):
            raise Unusable("not_a_table", f"This is {what}.")
    ending = name.rpartition(".")[2].lower()
    if body.startswith(b"PK"):
        if ending in ("csv", "tsv", "txt", "json", "yaml", "yml"):
            raise Unusable("not_what_it_says", f"This is a spreadsheet named .{ending}: name it .xlsx.")
        yield from workbook.read(body, options)
        return
    if ending in ("xlsx", "xls"):
        _insist_no_spreadsheet_name(body, ending)
    yield from _text(body, ending, options)


def _insist_no_spreadsheet_name(body: bytes, ending: str) -> None:
    html = body.lstrip()[:1] == b"<"
    what = "a web page" if html else "no spreadsheet"
    mend = "open it and save it as XLSX or CSV" if html else "if it holds values, name it .csv"
    raise Unusable("not_what_it_says", f"The file is named .{ending} and is {what}: {mend}.")


def _text(body: bytes, ending: str, options: Mapping[str, Json]) -> Iterator[Result]:
    text, encoding = decoded(body, str(options.get("encoding", "")))
    start = text.lstrip()[:1]
    if start == "<":
        raise Unusable("not_a_table", "This is a web page or XML: save the table itself as CSV or XLSX.")
    if encoding in ("windows-1252", "iso-8859-1", "macintosh") and not options.get("encoding"):
        sentence = (
            f"The file is not UTF-8; it was read as {encoding}. If letters are wrong, declare the encoding."
        )
        yield Problem("encoding_guessed", sentence, "note")
    kind = _kind(ending, start)
    yield from _KINDS[kind](text, encoding, options)


def _kind(ending: str, start: str) -> str:
    if ending in ("yaml", "yml"):
        return "yaml"
    if ending in ("json", "jsonl", "ndjson", "geojson") or (
        start in ("{", "[") and ending not in ("csv", "tsv")
    ):
        return "json"
    return "values"


def _values(text: str, encoding: str, options: Mapping[str, Json]) -> Iterator[Result]:
    lines, sign = values.lines_of(text, str(options.get("delimiter", "")))
    said = {"encoding": encoding, "delimiter": {v: k for k, v in values.DELIMITERS.items()}[sign]}
    yield from columns.sheet_of("", lines, options, said=said)


def _json(text: str, encoding: str, options: Mapping[str, Json]) -> Iterator[Result]:
    yield from tree.sheet_of(tree.loaded(text), options, {"encoding": encoding})


def _yaml(text: str, encoding: str, options: Mapping[str, Json]) -> Iterator[Result]:
    yield from tree.sheet_of(yaml_text.loaded(text), options, {"encoding": encoding})


_KINDS: Mapping[str, Callable[[str, str, Mapping[str, Json]], Iterator[Result]]] = {
    "values": _values,
    "json": _json,
    "yaml": _yaml,
}
