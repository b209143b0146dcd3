"""What cannot be read or done, as a problem: each fault with its place in the request."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from flask import Response, request

from tracker.domain.listing import FilterError
from tracker.domain.refusals import NotAccepted
from tracker.web.api.operations import Operation
from tracker.web.api.parameters import Refusal
from tracker.web.api.repeating import HEADER
from tracker.web.problems import Fault, problem
from tracker.web.site import site

UNAUTHORIZED, NOT_READABLE, NOT_DONE = 401, 400, 422
_PLACES: Mapping[str, Callable[[str], str]] = {
    "body": lambda number: f"addressees/{int(number) - 1}" if number.isdigit() else "addressees",
    "quote": lambda point: f"checklist/{point}/quote",
    "page": lambda point: f"checklist/{point}/page",
    "on_behalf": lambda _obligation: "obligations",
}
"""Where services name a row of a form: `body-2` is the second addressee."""


def refused(refusal: Refusal, operation: Operation | None) -> Response:
    """A sentence, and the parameter or field it is about."""
    faults = [_fault(refusal.message, refusal.parameter, operation)] if refusal.parameter else []
    answer = problem(_base(), refusal.status, refusal.message, faults)
    if refusal.status == UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def not_accepted(error: NotAccepted, operation: Operation | None) -> Response:
    """All that was found wrong with an object handed in; nothing of it was kept."""
    faults = [_fault(str(one), one.field, operation) for one in error.refusals]
    return problem(_base(), NOT_DONE, faults[0].detail, faults)


def not_a_filter(error: FilterError, _operation: Operation | None) -> Response:
    """A filter that means nothing."""
    return problem(_base(), NOT_DONE, f"{error}.")


@contextmanager
def what_was_read() -> Iterator[None]:
    """From here on a refusal is about what was said (422), no longer about how (400)."""
    try:
        yield
    except Refusal as refusal:
        if refusal.status != NOT_READABLE:
            raise
        raise Refusal(refusal.message, refusal.parameter, NOT_DONE) from refusal


def _fault(detail: str, name: str, operation: Operation | None) -> Fault:
    if name == HEADER:
        return Fault(detail, name, "header")
    if operation is None or operation.takes is None or name in request.args:
        return Fault(detail, name, "query")
    return Fault(detail, name, "body", pointer(name, operation))


def pointer(name: str, operation: Operation) -> str:
    """The JSON pointer of a field in the object handed in; empty where it is about something else."""
    known = {field.name for field in operation.takes.fields} if operation.takes else set()
    first, *deeper = name.split(".")
    if first in known:
        return "#/" + "/".join(re.sub("[~/]", _escaped, part) for part in (first, *deeper))
    row, _, which = name.partition("-")
    return f"#/{_PLACES[row](which)}" if row in _PLACES and which else ""


def _escaped(found: re.Match[str]) -> str:
    return {"~": "~0", "/": "~1"}[found.group()]


def _base() -> str:
    return site().config.site.base_url


REFUSING: Mapping[type[Exception], Callable[..., Response]] = {
    Refusal: refused,
    NotAccepted: not_accepted,
    FilterError: not_a_filter,
}
"""What the operations raise, and how it is told."""
