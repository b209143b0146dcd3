"""The object a request hands in: JSON, declared as such, every name once."""

import json
from typing import Any

from flask import request

from tracker.web.api.operations import Operation
from tracker.web.api.parameters import Refusal

JSON_TYPES = ("", "application/json")
"""A request without a type is taken at its word."""


def handed_in(operation: Operation) -> dict[str, Any]:
    """The fields that are given, read; Refusal 415 for another type, 400 for what is no JSON object."""
    assert operation.takes is not None  # noqa: S101 - a test walks the operations
    if request.mimetype not in JSON_TYPES and not request.mimetype.endswith("+json"):
        said = request.mimetype[:60]
        raise Refusal(f"The body is declared as {said}: send Content-Type: application/json.", status=415)
    try:
        given = json.loads(
            request.get_data() or b"{}", object_pairs_hook=_each_once, parse_constant=_no_number
        )
    except Refusal:
        raise
    except (ValueError, RecursionError) as error:
        raise Refusal("The body is not JSON: send one object in UTF-8.") from error
    return operation.takes.values(given)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object's fields; one said twice would be silently lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)[:80]
        raise Refusal(f"{twice} is given several times: give it once.", twice)
    return found


def _no_number(word: str) -> Any:
    raise Refusal(f"{word} is not JSON: write a number, or leave the field out.")
