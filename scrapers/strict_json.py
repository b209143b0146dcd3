"""JSON as its standard has it (RFC 8259), bounded: what reads in two ways, or only in one program, is refused."""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import NoReturn

from scrapers.feeds.decoding import Unreadable, decoded
from scrapers.impostors import empty_page, looks_like_html, not_what_was_asked
from scrapers.model import Json, Page, Problem, Result, Source

DEEPEST = 60
_LONGEST_NUMBER = 40


def data_of(page: Page, wanted: str = "the data we asked for") -> Json:
    """What the page holds; raises Unreadable for an empty page, a page for people and all that is no JSON."""
    empty = empty_page(page.body)
    if empty:
        raise _unreadable(empty)
    text = decoded(page).text
    if looks_like_html(text):
        raise _unreadable(not_what_was_asked(text, wanted))
    data = _loaded(text)
    if _is_too_deep(data):
        raise Unreadable("too_deep", f"The data is nested more than {DEEPEST} levels deep.")
    return data


Read = Callable[[Page, Source], Iterable[Result]]


def said_as_problem(read: Callable[[Page, Source], Iterator[Result]]) -> Read:
    """Make a reader that raises Unreadable answer with its problem instead."""

    @wraps(read)
    def careful(page: Page, source: Source) -> Iterable[Result]:
        try:
            return list(read(page, source))
        except Unreadable as error:
            return [error.problem]

    return careful


def _unreadable(problem: Problem) -> Unreadable:
    return Unreadable(problem.code, problem.sentence, problem.as_written)


def _loaded(text: str) -> Json:
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_refuse, parse_int=_integer, parse_float=_number
        )
    except (ValueError, RecursionError):
        raise Unreadable("broken_json", "The page is not valid JSON.", text[:100]) from None


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable("doubled_name", "The data gives one name twice in the same object.", twice)
    return found


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError(digits[:_LONGEST_NUMBER])
    return int(digits)


def _number(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits[:_LONGEST_NUMBER])
    return number


def _is_too_deep(data: Json) -> bool:
    level = [data]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: Json) -> Iterable[Json]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
