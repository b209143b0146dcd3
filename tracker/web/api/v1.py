"""The routes of `/api/v1/`: every operation of every noun, and `openapi.json` made of the same tables."""

import json
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from tracker.domain.listing import FilterError
from tracker.domain.refusals import NotAccepted
from tracker.services.grant import note_use
from tracker.web.access import Access, access
from tracker.web.api import resources
from tracker.web.api.holder import acting, check_objects
from tracker.web.api.openapi import document
from tracker.web.api.operations import PREFIX, Call, Operation, Rows
from tracker.web.api.parameters import Refusal, arguments
from tracker.web.api.shapes import Described
from tracker.web.site import site

UNAUTHORIZED = 401
blueprint = Blueprint("api", __name__, url_prefix=PREFIX)


def nouns() -> Iterator[ModuleType]:
    """Every file of the nouns, in the order of their names."""
    for found in pkgutil.iter_modules(resources.__path__, f"{resources.__name__}."):
        yield import_module(found.name)


OPERATIONS: tuple[Operation, ...] = tuple(one for noun in nouns() for one in noun.OPERATIONS)
SHAPES: tuple[Described, ...] = tuple(shape for noun in nouns() for shape in noun.SHAPES)


def _reading(operation: Operation) -> Any:
    def view(**in_path: str) -> ResponseReturnValue:
        values = _values(operation, in_path)
        with site().database.reading() as session:
            answer = operation.view(Call(session, site().now(), values, _base()))
        return _json(_enveloped(answer) if isinstance(answer, Rows) else answer)

    return access(operation.access)(view)


def _writing(operation: Operation) -> Any:
    def view(**in_path: str) -> ResponseReturnValue:
        values, now = _values(operation, in_path), site().now()
        with site().database.reading() as session:
            acting(session, operation)
        given = _handed_in(operation)
        with site().database.writing() as session:
            held = acting(session, operation)
            check_objects(session, held, operation, values, given)
            note_use(session, now, held)
            answer = operation.view(Call(session, now, values, _base(), given, held.member))
        return _json(answer, 201)

    return access(operation.access)(view)


def _handed_in(operation: Operation) -> dict[str, Any]:
    assert operation.takes is not None  # noqa: S101 - a test walks the operations
    try:
        given = json.loads(
            request.get_data(cache=False) or b"{}", object_pairs_hook=_each_once, parse_constant=_no_number
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


def _values(operation: Operation, in_path: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = arguments(operation.parameters, request.args)
    for parameter in operation.parameters:
        if parameter.in_path:
            found[parameter.name] = _in_path(parameter.value, in_path[parameter.name])
    return found


def _in_path(read: Any, given: str) -> object:
    try:
        return read(given)
    except Refusal as refusal:
        raise Refusal(f"There is nothing at {given[:60]} here.", status=404) from refusal


def _enveloped(rows: Rows) -> dict[str, object]:
    return {"data": rows.data, "meta": {"total": rows.total, "next": _next(rows.next_cursor)}}


def _json(answer: object, status: int = 200) -> Response:
    """In the order of the tables, not of the alphabet."""
    return Response(json.dumps(answer, ensure_ascii=False) + "\n", status, content_type="application/json")


def _next(cursor: int | None) -> str | None:
    if cursor is None:
        return None
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    return f"{_base()}{request.path}?{urlencode([*kept, ('cursor', cursor)])}"


def _base() -> str:
    return site().config.site.base_url.rstrip("/")


@blueprint.get("/openapi.json")
@access(Access.PUBLIC)
def openapi() -> ResponseReturnValue:
    """The whole API, described."""
    names = site().config.site
    return _json(document(OPERATIONS, SHAPES, names.name, _base()))


@blueprint.errorhandler(Refusal)
def refused(refusal: Refusal) -> ResponseReturnValue:
    """A sentence, and the parameter or field it is about."""
    said: dict[str, str] = {"message": refusal.message}
    named = {"parameter": refusal.parameter} if refusal.parameter else {}
    answer = _json({"error": said | named}, refusal.status)
    if refusal.status == UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@blueprint.errorhandler(NotAccepted)
def not_accepted(error: NotAccepted) -> ResponseReturnValue:
    """All that was found wrong with an object handed in; nothing of it was kept."""
    refusals = [{"parameter": one.field, "message": str(one)} for one in error.refusals]
    return _json({"error": {**refusals[0], "refusals": refusals}}, 400)


@blueprint.errorhandler(FilterError)
def not_a_filter(error: FilterError) -> ResponseReturnValue:
    """A filter that means nothing."""
    return _json({"error": {"message": f"{error}."}}, 400)


@blueprint.after_request
def open_to_all(response: Response) -> Response:
    """Any page may read the public part of the API; nothing of it depends on who asks."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


for _operation in OPERATIONS:
    blueprint.add_url_rule(
        _operation.path.replace("{", "<").replace("}", ">"),
        _operation.name,
        _reading(_operation) if _operation.method == "GET" else _writing(_operation),
        methods=[_operation.method],
    )
