"""Any JSON API: its records are rows, by paths; options only, no code.

Paths are dotted (`results[*]`, `agencies[0].name`, `"odd name".x`, `a | b` for the first that holds something, `$.x`
from the top of the page). A field may be a template: `https://example.org/items/{id}`. The further pages come from a
link, a cursor, a page number or an offset. OPTIONS says what may be set.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from scrapers.feeds.decoding import Unreadable
from scrapers.model import Follow, Json, Page, Problem, Result, Source
from scrapers.paths import BadPath, holds_list, steps_of, text_at, values_at
from scrapers.rows.findings import Row, results_of
from scrapers.rows.further import FURTHER, further_page, number_of, repeated, with_parameters
from scrapers.rows.plan import ROW_OPTIONS, Plan, plan_of, row_complaints
from scrapers.rows.plan import VOCABULARY as VOCABULARY
from scrapers.strict_json import data_of, said_as_problem

OPTIONS: Mapping[str, str] = {
    **ROW_OPTIONS,
    "rows": "the path to the records, such as results[*]; without it the page itself is the list",
    "next": "the path to the address of the next page",
    "cursor": "the path to a sign for the next page, which is sent as cursor_parameter",
    "cursor_parameter": "the name of the parameter that takes the cursor",
    "page_parameter": "the name of the parameter that takes the number of a page; ends with an empty page",
    "first_page": "the number of the first page, usually 1",
    "pages": "the path to the number of pages",
    "offset_parameter": "the name of the parameter that takes how many records to skip; ends with an empty page",
    "total": "the path to the number of all records",
}
_WHOLE = "[*]"
_TEMPLATE = re.compile(r"\{([^{}]{1,100})\}")
_PATHS = ("rows", "next", "cursor", "pages", "total")


def complaints(options: Mapping[str, Json]) -> Iterator[str]:
    """What is wrong with the options, each as a sentence."""
    yield from row_complaints(options)
    fields = options.get("fields")
    places = dict(fields) if isinstance(fields, dict) else {}
    for name, path in {**places, **{name: options[name] for name in _PATHS if name in options}}.items():
        try:
            for one in _TEMPLATE.findall(str(path)) or [str(path)]:
                steps_of(one)
        except BadPath as error:
            yield f"Option {name}: {error}"
    if "cursor" in options and not options.get("cursor_parameter"):
        yield "Option cursor needs cursor_parameter: the name of the parameter that takes it."


@said_as_problem
def read(page: Page, source: Source) -> Iterator[Result]:
    """The records of a page of data as findings, and its next page."""
    data = data_of(page)
    plan = plan_of(source)
    try:
        records = values_at(data, str(source.options.get("rows", _WHOLE)))
        if len(records) == 1 and isinstance(records[0], list):
            path = str(source.options.get("rows", _WHOLE))
            raise BadPath(
                f"Option rows is {path!r}, which is one list and not its entries: write {path + _WHOLE!r}."
            )
        rows = list(_rows(records, data, plan))
        further = list(_further(data, records, page, source))
    except BadPath as error:
        raise Unreadable("bad_option", str(error)) from None
    if not records and not page.state:
        yield _nothing(source)
    incomplete = list(_incomplete(data, records, page, source))
    yield from incomplete
    if any(problem.code == "page_repeats" for problem in incomplete):
        return
    yield from results_of(rows, plan, page)
    yield from further


def _incomplete(data: Json, records: list[Json], page: Page, source: Source) -> Iterator[Problem]:
    """A further page that is no list, or the same as the one before, is not the rest of the list."""
    if page.state.get("page") != FURTHER:
        return
    path = str(source.options.get("rows", _WHOLE))
    if not records and not _is_there(data, path):
        sentence = (
            "A further page of the list came without the place where the records are: the list is not whole."
        )
        yield Problem("further_page_lost", sentence, "fatal", path)
    yield from repeated(records, page)


def _is_there(data: Json, path: str) -> bool:
    """Whether the data has the list that a path leads to, be it empty."""
    return any(holds_list(data, one) for one in path.split("|"))


def _nothing(source: Source) -> Problem:
    path = str(source.options.get("rows", _WHOLE))
    sentence = "The data holds no record where the source's option rows says they are."
    return Problem("no_rows", sentence, "question", path)


def _rows(records: list[Json], data: Json, plan: Plan) -> Iterator[Row]:
    for number, record in enumerate(records, 1):
        values = {name: _field(name, where, record, data) for name, where in plan.fields.items()}
        yield Row(f"record {number}", values)


def _field(name: str, where: str, record: Json, data: Json) -> str:
    """What a field's path leads to; a template with one of its places empty is empty."""
    if "{" not in where:
        return text_at(record, where, data)
    found = {path: text_at(record, path, data) for path in _TEMPLATE.findall(where)}
    if not all(found.values()):
        return ""
    return _TEMPLATE.sub(lambda part: _put(name, found[part[1]]), where)


def _put(name: str, text: str) -> str:
    return quote(text, safe="") if name == "link" else text


def _further(data: Json, records: list[Json], page: Page, source: Source) -> Iterator[Result]:
    read_here = len(records)
    link = _next_link(data, read_here, page, source.options)
    if not link:
        return
    for result in further_page(link, page, source, records):
        skipped = _skipped(page) + read_here
        yield (
            Follow(result.address, {**result.state, "skipped": skipped})
            if isinstance(result, Follow)
            else result
        )


def _next_link(data: Json, read_here: int, page: Page, options: Mapping[str, Json]) -> str:
    if options.get("next"):
        return text_at(data, str(options["next"]))
    if options.get("cursor"):
        cursor = text_at(data, str(options["cursor"]))
        return with_parameters(page.address, {str(options.get("cursor_parameter")): cursor}) if cursor else ""
    if not read_here:
        return ""
    if options.get("page_parameter"):
        return _next_number(data, page, options)
    if options.get("offset_parameter"):
        return _next_offset(data, _skipped(page) + read_here, page, options)
    return ""


def _next_number(data: Json, page: Page, options: Mapping[str, Json]) -> str:
    first = _number(options.get("first_page", 1))
    here = first + number_of(page)
    last = _number(text_at(data, str(options["pages"]))) + first - 1 if options.get("pages") else here + 1
    return (
        with_parameters(page.address, {str(options["page_parameter"]): str(here + 1)}) if here < last else ""
    )


def _next_offset(data: Json, offset: int, page: Page, options: Mapping[str, Json]) -> str:
    total = _number(text_at(data, str(options["total"]))) if options.get("total") else offset + 1
    return (
        with_parameters(page.address, {str(options["offset_parameter"]): str(offset)})
        if offset < total
        else ""
    )


def _skipped(page: Page) -> int:
    return _number(page.state.get("skipped", 0))


def _number(value: Json) -> int:
    text = str(value)
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0
