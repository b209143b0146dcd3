"""What went wrong, told to a program: problem details (RFC 9457), in English, with the place of each fault."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from flask import Response, request

MEDIA_TYPE = "application/problem+json"
ABOUT_API = "/api"
"""The page that explains every type."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of problem: the last word of its address, what it is, and what to do about it."""

    slug: str
    title: str
    mend: str


KINDS: Mapping[int, Kind] = {
    400: Kind(
        "not-readable",
        "The request cannot be read",
        "Mend what errors name, as the description has it, and ask again; nothing was kept.",
    ),
    401: Kind(
        "no-token",
        "Writing takes a token",
        "Send Authorization: Bearer TOKEN with a token that is neither over nor revoked.",
    ),
    403: Kind(
        "not-allowed",
        "This token may not do that",
        "Use a token with the role and the scope that are named, of the group that owns what is changed.",
    ),
    404: Kind(
        "not-here",
        "There is nothing at this address",
        "Take addresses and keys from what the API answers; what was withheld is not here either.",
    ),
    405: Kind("no-such-method", "This address cannot be asked that way", "Use a method that Allow names."),
    406: Kind("not-acceptable", "There is no such form", "Accept application/json."),
    409: Kind(
        "key-used",
        "The idempotency key belongs to another request",
        "Make a new Idempotency-Key for each thing that is to be done, and repeat it only with the same body.",
    ),
    413: Kind("too-large", "That is too large", "Send at most 10 MB at once."),
    415: Kind("no-json", "The body is not declared as JSON", "Send Content-Type: application/json."),
    422: Kind(
        "not-done",
        "The request can be read, but not done",
        "What it says does not fit the facts or the law: mend what errors name. Nothing was kept.",
    ),
    429: Kind(
        "too-many",
        "Too many requests",
        "Wait as many seconds as Retry-After says; ask with the ETag, and for 200 rows at a time.",
    ),
    500: Kind(
        "our-error",
        "Something went wrong on our side",
        "It has been recorded. Nothing was kept; ask again in a moment.",
    ),
    503: Kind(
        "busy",
        "The site cannot answer just now",
        "Nothing was kept; ask again after as many seconds as Retry-After says.",
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where."""

    detail: str
    name: str = ""
    """The parameter or the field, its parts divided by dots."""
    where: str = "query"
    """query, path, header or body."""
    pointer: str = ""
    """A JSON pointer into the body (RFC 6901), as the fragment of an address."""

    def data(self) -> dict[str, str]:
        """As it is sent: what is not known is left out."""
        named = {"in" if name == "where" else name: value for name, value in asdict(self).items() if value}
        return named if self.name else {"detail": self.detail}


def problem_object(base: str, status: int, detail: str, instance: str) -> dict[str, Any]:
    """The members every problem has; `base` is the site's public address."""
    kind = KINDS.get(status)
    return {
        "type": f"{base.rstrip('/')}{ABOUT_API}#{kind.slug}" if kind else "about:blank",
        "title": kind.title if kind else HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or (kind.mend if kind else HTTPStatus(status).description),
        "instance": instance,
    }


def problem(base: str, status: int, detail: str = "", faults: Sequence[Fault] = ()) -> Response:
    """The answer to the current request: what is wrong, where, and how to mend it."""
    said = problem_object(base, status, detail, quote(request.path[:500]))
    found = [fault.data() for fault in faults if fault.name]
    body = json.dumps({**said, "errors": found} if found else said, ensure_ascii=True)
    return Response(f"{body}\n", status, content_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})
