"""Nested data as a table: the records at a path become rows, what is inside them columns named by their paths.

`promises` names a list, `promises/updates` one row for each update with the columns of its promise beside it;
`fields/datastore_id=indicators/choices` picks a record by one of its values. A mapping of keys to records is a list of
records with the column `@key`. Lists of records that are no rows become numbered columns (`updates/1/date`).
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from scrapers.model import Json, Result
from scrapers.strict_json import DEEPEST
from scrapers.tables.refused import Unusable
from scrapers.tables.sheet import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Sheet
from scrapers.tables.text import clean

MOST_NUMBERED = 60
_KEY = "@key"
Record = dict[str, Json]


def loaded(text: str) -> Json:
    """JSON, or one JSON value in each line; raises Unusable."""
    try:
        return _bounded(json.loads(text, object_pairs_hook=_object, parse_int=str, parse_float=str))
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not text.lstrip().startswith("{"):
            raise Unusable("broken_json", f"The file is not valid JSON: {str(error)[:120]}.") from None
        return _bounded([_line(number, line) for number, line in enumerate(lines, 1)])


def _line(number: int, line: str) -> Json:
    try:
        return json.loads(line, object_pairs_hook=_object, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        raise Unusable("broken_json", "This line is not valid JSON.", f"line {number}", line[:100]) from None


def _object(pairs: list[tuple[str, Json]]) -> Record:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unusable(
            "doubled_name", "The data gives one name twice in the same record.", "", str(pairs[0][0])
        )
    return found


def _bounded(data: Json) -> Json:
    level = [data]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return data
    raise _too_deep()


def _too_deep() -> Unusable:
    return Unusable("too_deep", f"The data is nested more than {DEEPEST} levels deep.")


def _inside(value: Json) -> Iterable[Json]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def sheet_of(data: Json, options: Mapping[str, Json], said: Mapping[str, str]) -> Iterator[Result]:
    """The records at the paths of `rows` (one or several, one after the other) as one sheet."""
    wanted = options.get("rows", "")
    paths = list(wanted) if isinstance(wanted, list | tuple) else [str(wanted)]
    lists = tuple(sorted(_lists(data, "")))[:200]
    records = [record for path in paths for record in _records(data, path or _only(data, lists), lists)]
    if not records:
        raise Unusable("no_rows", f"There is no record at {', '.join(paths) or 'the top'}.{_there(lists)}")
    flat = [_flat(record) for record in records]
    names = list(dict.fromkeys(name for record in flat for name in record))
    if len(names) > MOST_COLUMNS:
        raise Unusable("too_many_columns", f"The records have more than {MOST_COLUMNS} different columns.")
    if len(flat) > MOST_ROWS or len(flat) * len(names) > MOST_CELLS:
        raise Unusable("too_many_rows", "The file has too many records: split it.")
    rows = [(number, [record.get(name, "") for name in names]) for number, record in enumerate(flat, 1)]
    yield Sheet(",".join(paths), tuple(names), rows, (), lists, len(flat), said)


def _there(lists: tuple[str, ...]) -> str:
    return f" Lists of records are at: {', '.join(lists[:12])}." if lists else ""


def _only(data: Json, lists: tuple[str, ...]) -> str:
    """The list that is meant where none is named: the file itself, else the longest at the top."""
    if isinstance(data, list) or not lists:
        return "."
    top = [name for name, value in data.items() if isinstance(value, list)] if isinstance(data, dict) else []
    if len(top) == 1:
        return str(top[0])
    raise Unusable("rows_unnamed", f"Say at which path the records stand (`rows`).{_there(lists)}")


def _records(data: Json, path: str, lists: tuple[str, ...]) -> Iterator[Record]:
    steps = [] if path == "." else path.strip("/").split("/")
    if steps and not (isinstance(data, list) or (isinstance(data, dict) and steps[0] in data)):
        raise Unusable("path_missing", f"There is nothing at {path!r}.{_there(lists)}")
    yield from _walk(data, steps, {}, "")


def _walk(here: Json, steps: list[str], above: Record, name: str) -> Iterator[Record]:
    """The records at the end of the steps, each with the columns of those it stands in."""
    if isinstance(here, list):
        for one in here:
            if steps and "=" in steps[0]:
                yield from _walk(one, steps[1:], above, "") if _is(one, steps[0]) else ()
            else:
                yield from _walk(one, steps, above, name)
    elif not steps:
        yield from _rows(here, above)
    elif isinstance(here, dict):
        beside = above | _beside(here, steps[0], name)
        inner = here.get(steps[0])
        if inner in ([], {}, None):
            yield from (beside,) if name else ()
        else:
            yield from _walk(inner, steps[1:], beside, steps[0])


def _is(one: Json, step: str) -> bool:
    name, _, value = step.partition("=")
    return isinstance(one, dict) and str(one.get(name)) == value


def _beside(here: Record, step: str, name: str) -> Record:
    """What a record says of itself, under the name of its list; the top of a file says nothing of its records."""
    return {f"{name}/{key}": value for key, value in here.items() if key != step} if name else {}


def _rows(here: Json, above: Record) -> Iterator[Record]:
    """A record, or a mapping of keys to records."""
    if isinstance(here, dict) and here and all(isinstance(value, dict) for value in here.values()):
        for key, value in here.items():
            yield above | {_KEY: key, **value}
    else:
        yield above | (here if isinstance(here, dict) else {"value": here})


def _lists(data: Json, path: str) -> Iterator[str]:
    if isinstance(data, list):
        if any(isinstance(one, dict) for one in data[:5]):
            yield path or "."
            for one in data[:5]:
                yield from _lists(one, path)
    elif isinstance(data, dict):
        for name, value in data.items():
            if len(path) < 200:
                yield from set(_lists(value, f"{path}/{name}".strip("/")))


def _flat(record: Record) -> dict[str, str]:
    return dict(_cells(record, ""))


def _cells(value: Json, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _cells(inner, f"{name}/{key}" if name else str(key))
    elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        if len(value) > MOST_NUMBERED:
            sentence = f"A list inside a record is longer than {MOST_NUMBERED}: make it the rows."
            raise Unusable("list_too_long", sentence, name)
        for number, one in enumerate(value, 1):
            yield from _cells(one, f"{name}/{number}")
    else:
        yield name, _text(value)


def _text(value: Json) -> str:
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value)
    text = (
        "" if value is None else ("yes" if value else "no") if isinstance(value, bool) else clean(str(value))
    )
    if len(text) > LONGEST_CELL:
        raise Unusable("cell_too_long", f"A value is longer than {LONGEST_CELL} characters.", "", text[:80])
    return text
