"""Whose token a request carries, and whether they may do this."""

from flask import request
from sqlmodel import Session

from tracker.domain.permissions import at_least
from tracker.domain.words import UserRole
from tracker.services.grant import holder
from tracker.storage.people import Member
from tracker.web.api.parameters import Refusal
from tracker.web.site import site


def acting(session: Session, needed: UserRole) -> Member:
    """The member whose token it is; Refusal 401 without a good one, 403 where the role does not reach."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    found = holder(session, secret.strip(), site().now()) if scheme.lower() == "bearer" else None
    if found is None:
        raise Refusal(
            "Writing takes a token: send Authorization: Bearer TOKEN; `answerby user token EMAIL` makes one.",
            status=401,
        )
    if not (found.site_admin or at_least(found.role, needed)):
        raise Refusal(f"This takes the role {needed.value}; the token's is {found.role.value}.", status=403)
    return found
