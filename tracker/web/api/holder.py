"""Whose token a request carries, and whether they may do this to the objects it names."""

from collections.abc import Mapping
from typing import Any

from flask import request
from sqlmodel import Session

from tracker.domain.permissions import Act, at_least
from tracker.services.grant import Held, holder
from tracker.web import ownership
from tracker.web.api.operations import Operation
from tracker.web.api.parameters import Refusal
from tracker.web.site import site


def acting(session: Session, operation: Operation) -> Held:
    """The token; Refusal 401 without a good one, 403 where its role or its scopes do not reach."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    found = holder(session, secret.strip(), site().now()) if scheme.lower() == "bearer" else None
    if found is None:
        raise Refusal(
            "Writing takes a token: send Authorization: Bearer TOKEN; `answerby token add EMAIL` makes one.",
            status=401,
        )
    member, needed = found.member, operation.role
    if not (member.site_admin or at_least(member.role, needed)):
        raise Refusal(f"This takes the role {needed.value}; the token's is {member.role.value}.", status=403)
    if operation.scope not in found.scopes:
        theirs = ", ".join(scope.value for scope in found.scopes)
        raise Refusal(
            f"This takes a token of the scope {operation.scope.value}; this one has {theirs}.", status=403
        )
    return found


def check_objects(
    session: Session, held: Held, operation: Operation, values: Mapping[str, Any], given: Mapping[str, Any]
) -> None:
    """Refusal 404 for an object the token's group may not see, 403 for one of another group."""
    named = [*ownership.in_address(operation.path, values), *ownership.in_fields(given.items())]
    who = held.member.acting
    code = ownership.refused(session, who, operation.act, named)
    code = code or ownership.refused(session, who, Act.SEE, ownership.shown_by(given.items()))
    if code == 403:
        raise Refusal("This belongs to another group: its people change it.", status=403)
    if code:
        raise Refusal("There is nothing of that key or id here.", status=404)
