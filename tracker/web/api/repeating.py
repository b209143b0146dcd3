"""`Idempotency-Key`: whoever does not know whether a request arrived sends it again, and nothing is done twice."""

import re
from collections.abc import Callable
from typing import Any

from flask import request

from tracker.services.repeat_request import Asked, done_before, remember
from tracker.web.api.operations import Call
from tracker.web.api.parameters import Parameter, Refusal
from tracker.web.api.recorded import owed
from tracker.web.api.shapes import TEXT

HEADER = "Idempotency-Key"
LONGEST = 100
SIGNS = "[!-~]+"
"""What can be seen of ASCII; a blank cannot."""
REPLAYED = "Idempotency-Replayed"
CONFLICT = 409


def _key(given: str) -> str:
    if len(given) > LONGEST or not re.fullmatch(SIGNS, given):
        raise ValueError(f"is no key: use up to {LONGEST} plain letters, digits and signs, without blanks")
    return given


KEY = Parameter(
    HEADER,
    "A name of your own for this request, such as a UUID: sent again within a day, it is not done again.",
    {**TEXT, "maxLength": LONGEST, "pattern": f"^{SIGNS}$"},
    _key,
)


def key_of_request() -> str:
    """The key that was sent; empty without the header; Refusal where it holds none, for then nothing would guard."""
    given = request.headers.get(HEADER)
    return "" if given is None else str(KEY.value(given))


def once(call: Call, holder: int, key: str, do: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], bool]:
    """What was asked, done unless it was before; and whether it was. Obligations are told as they stand now."""
    if not key:
        return do(), False
    asked = Asked(holder, key, request.path, request.get_data())
    found = done_before(call.session, call.now, asked)
    if found is None:
        answer = do()
        remember(call.session, call.now, asked, _without_obligations(answer))
        return answer, False
    if not found.same:
        raise Refusal(
            f"{HEADER} {key[:60]} was sent with another request before: make a new one.", HEADER, CONFLICT
        )
    ids = found.answer.get("obligations")
    told = {"obligations": owed(call, ids)} if isinstance(ids, list) else {}
    return {**found.answer, **told}, True


def _without_obligations(answer: dict[str, Any]) -> dict[str, Any]:
    """What is told of obligations may be withheld meanwhile: only their ids are kept."""
    found = answer.get("obligations")
    return {**answer, "obligations": [one["id"] for one in found]} if isinstance(found, list) else answer
