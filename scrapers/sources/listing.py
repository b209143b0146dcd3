"""Rows of an HTML table or list, by selectors; options only, no code.

A field stands at a column (`column:Reply` by its name, `column:3` or `td:nth-child(3)` by its number), at a CSS
selector within the row (`.title`), or in an attribute (`a@href`, `@data-id`, `column:2 > a@href`). Merged cells stand
in each place they cover. OPTIONS says what may be set.
"""

from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser

from scrapers.feeds.decoding import Unreadable
from scrapers.html_pages import html_of, tree_of
from scrapers.model import Json, Page, Result, Source
from scrapers.plain import one_line
from scrapers.rows.findings import MOST_ROWS, Row, results_of
from scrapers.rows.further import further_page, repeated
from scrapers.rows.grid import Line, headers_of, lines_of
from scrapers.rows.places import BadPlace, check_selector, place_of, text_at
from scrapers.rows.plan import ROW_OPTIONS, Plan, plan_of, row_complaints
from scrapers.rows.plan import VOCABULARY as VOCABULARY
from scrapers.strict_json import said_as_problem

OPTIONS: Mapping[str, str] = {
    **ROW_OPTIONS,
    "rows": "the CSS selector of the rows; without it the rows of all tables",
    "expect_headers": "the names of the table's columns, in order; other names are a broken page",
    "next": "the CSS selector of the link to the next page",
}
_TABLE_ROWS = "table tr"
_SELECTORS = ("rows", "next")


def complaints(options: Mapping[str, Json]) -> Iterator[str]:
    """What is wrong with the options, each as a sentence."""
    yield from row_complaints(options)
    fields = options.get("fields")
    for name, where in fields.items() if isinstance(fields, dict) else ():
        try:
            place_of(str(where))
        except BadPlace as error:
            yield f"Option fields, {name}: {error}"
    for name in _SELECTORS:
        try:
            check_selector(str(options.get(name, "")).partition("@")[0])
        except BadPlace as error:
            yield f"Option {name}: {error}"
    expected = options.get("expect_headers", [])
    if not isinstance(expected, list | tuple) or not all(isinstance(name, str) for name in expected):
        yield 'Option expect_headers is no list of names, such as ["Date", "Title"].'


@said_as_problem
def read(page: Page, source: Source) -> Iterator[Result]:
    """The rows of a page as findings, and its next page; columns that moved are one fatal problem."""
    whole = html_of(page)
    plan = plan_of(source)
    yield from whole.problems
    tree = tree_of(whole.text)
    try:
        rows = _rows(tree, plan, source.options)
        link = _next_link(tree, source.options)
    except BadPlace as error:
        raise Unreadable("bad_option", str(error)) from None
    entries = [dict(row.values) for row in rows]
    again = list(repeated(entries, page))
    if again:
        yield from again
        return
    yield from results_of(rows, plan, page)
    yield from further_page(link, page, source, entries)


def _rows(tree: LexborHTMLParser, plan: Plan, options: Mapping[str, Json]) -> list[Row]:
    selector = str(options.get("rows", _TABLE_ROWS))
    check_selector(selector)
    lines = list(lines_of(tree.css(selector)[: MOST_ROWS + 2]))
    if not lines:
        raise Unreadable(
            "no_rows", "The page holds no row where the source's option rows says they are.", selector
        )
    headers = headers_of(lines) or _headers_around(lines[0])
    _check_headers(headers, options.get("expect_headers", ()))
    columns = {name.casefold(): number for number, name in reversed(list(enumerate(headers)))}
    _check_columns(plan, columns)
    body = [line for line in lines if not line.is_header]
    return [_row(number, line, plan, columns) for number, line in enumerate(body, 1)]


def _headers_around(line: Line) -> list[str]:
    """The names of the columns, where the rows were chosen without their head."""
    table = line.node.parent
    while table is not None and table.tag != "table":
        table = table.parent
    return headers_of(list(lines_of(table.css("tr")[:20]))) if table is not None else []


def _check_headers(headers: list[str], expected: Json) -> None:
    wanted = [one_line(name).casefold() for name in expected]
    if wanted and [name.casefold() for name in headers] != wanted:
        sentence = f"The table's columns are not those we know ({', '.join(expected)}): they may have moved."
        raise Unreadable("columns_moved", sentence, ", ".join(headers))


def _check_columns(plan: Plan, columns: Mapping[str, int]) -> None:
    for where in plan.fields.values():
        column = place_of(where).column
        if column and not column.isdigit() and column.casefold() not in columns:
            raise Unreadable("column_missing", f"The table has no column {column!r}.", ", ".join(columns))


def _row(number: int, line: Line, plan: Plan, columns: Mapping[str, int]) -> Row:
    values = {name: text_at(place_of(where), line, columns) for name, where in plan.fields.items()}
    return Row(f"row {number}", values)


def _next_link(tree: LexborHTMLParser, options: Mapping[str, Json]) -> str:
    selector = str(options.get("next", "")).removesuffix("@href")
    check_selector(selector)
    node = tree.css_first(selector) if selector else None
    return (node.attributes.get("href") or "") if node is not None else ""
