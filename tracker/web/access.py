"""Who may open a view: declared at the view, checked before every request, refused where nothing is declared."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Act

View = TypeVar("View", bound=Callable[..., Any])
Guard = Callable[[], ResponseReturnValue | None]
GUARDS = "answerby.guards"


class Access(StrEnum):
    """Who may open a view."""

    PUBLIC = "public"
    TOKEN = "token"  # noqa: S105 - a word, not a secret
    """Somebody with a token, in the address or the request's head; the view itself checks it."""
    DOOR = "door"
    """Open to everybody, but never cached and not without a session: the login."""
    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    OPERATOR = "operator"
    """Whoever runs the machine: health and figures."""


_OPEN = frozenset({Access.PUBLIC, Access.TOKEN, Access.DOOR, Access.OPERATOR})


ACTS: dict[Access, Act] = {
    Access.CONTRIBUTOR: Act.DRAFT,
    Access.EDITOR: Act.ENTER,
    Access.REVIEWER: Act.REVIEW,
    Access.ADMIN: Act.PEOPLE,
}
"""What a guarded view does to the objects in its address, where it does not say so itself."""


def access(kind: Access, *, act: Act | None = None, fresh: bool = False) -> Callable[[View], View]:
    """Declares who may open a view, what it does to the objects named, and whether a password given lately is needed.

    Stands under the route and above nothing else.
    """

    def declare(view: View) -> View:
        view.access = kind  # type: ignore[attr-defined]
        view.act = act or ACTS.get(kind)  # type: ignore[attr-defined]
        view.fresh = fresh  # type: ignore[attr-defined]
        return view

    return declare


def declared(app: Flask, endpoint: str) -> Access | None:
    """What a view declares, if anything."""
    return getattr(app.view_functions.get(endpoint), "access", None)


def declared_act(app: Flask, endpoint: str) -> Act | None:
    """What a guarded view does to the objects named in a request."""
    return getattr(app.view_functions.get(endpoint), "act", None)


def needs_fresh_login(app: Flask, endpoint: str) -> bool:
    """Whether a view asks for the password again after a while."""
    return bool(getattr(app.view_functions.get(endpoint), "fresh", False))


def set_guard(app: Flask, kind: Access, guard: Guard) -> None:
    """Says how a kind of access is checked: the guard answers None to let in, else what to send instead."""
    app.extensions.setdefault(GUARDS, {})[kind] = guard


def check_access() -> ResponseReturnValue | None:
    """Before every request: open views pass, guarded ones ask their guard, undeclared ones are refused."""
    if request.endpoint is None:
        return None
    kind = declared(current_app, request.endpoint)
    if kind is None:
        abort(500 if current_app.testing else 403, "This page does not say who may open it.")
    if kind in _OPEN:
        return None
    guard = current_app.extensions.get(GUARDS, {}).get(kind)
    if guard is None:
        abort(403)
    answer: ResponseReturnValue | None = guard()
    return answer


def now_public() -> bool:
    """Whether the current request is for a public view (or for none at all)."""
    return request.endpoint is None or declared(current_app, request.endpoint) is Access.PUBLIC
