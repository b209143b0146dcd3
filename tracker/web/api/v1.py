"""The routes of `/api/v1/`: every operation of every noun, and `openapi.json` made of the same tables."""

import json
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from tracker.services.grant import note_use
from tracker.web.access import Access, access
from tracker.web.api import resources
from tracker.web.api.handed_in import handed_in
from tracker.web.api.holder import acting, check_objects
from tracker.web.api.openapi import About, document
from tracker.web.api.operations import PREFIX, Call, Operation, Rows, insist_on_record
from tracker.web.api.parameters import HINDSIGHT, Refusal, arguments
from tracker.web.api.refusing import REFUSING, what_was_read
from tracker.web.api.repeating import REPLAYED, key_of_request, once
from tracker.web.api.shapes import Described
from tracker.web.site import site

READABLE = "ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
"""What scripts of other sites may read of an answer's head."""
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
        with site().database.reading() as session, what_was_read():
            call = Call(session, site().now(), values, _base())
            if operation.is_list and HINDSIGHT in operation.parameters:
                insist_on_record(call)
            answer = operation.view(call)
        return _json(_enveloped(answer) if isinstance(answer, Rows) else answer)

    return access(operation.access)(view)


def _writing(operation: Operation) -> Any:
    def view(**in_path: str) -> ResponseReturnValue:
        values, now = _values(operation, in_path), site().now()
        with site().database.reading() as session:
            acting(session, operation)
        given, key = handed_in(operation), key_of_request()
        with site().database.writing() as session:
            held = acting(session, operation)
            call = Call(session, now, values, _base(), given, held.member)

            def do() -> dict[str, Any]:
                check_objects(session, held, operation, values, given)
                with what_was_read():
                    return dict(operation.view(call))

            answer, again = once(call, held.id, key, do)
            note_use(session, now, held)
        made = _json(answer, 201)
        if again:
            made.headers[REPLAYED] = "true"
        return made

    return access(operation.access)(view)


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
    return _json(document(OPERATIONS, SHAPES, about_us()))


def about_us() -> About:
    """Whose API this is."""
    own = site().config.site
    return About(own.name, _base(), own.data_license, own.data_license_url, own.contact_email)


def _telling(tell: Callable[..., Response]) -> Callable[[Exception], Response]:
    return lambda error: tell(error, _ASKED.get(request.endpoint or ""))


@blueprint.after_request
def open_to_all(response: Response) -> Response:
    """Any page may read the public part of the API; nothing of it depends on who asks."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = READABLE
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


_ASKED = {f"{blueprint.name}.{one.name}": one for one in OPERATIONS}
for _kind, _tell in REFUSING.items():
    blueprint.register_error_handler(_kind, _telling(_tell))
for _operation in OPERATIONS:
    blueprint.add_url_rule(
        _operation.path.replace("{", "<").replace("}", ">"),
        _operation.name,
        _reading(_operation) if _operation.method == "GET" else _writing(_operation),
        methods=[_operation.method],
    )
