"""An argument nobody reads would answer another question than the one asked: it is refused, and the nearest named."""

from collections.abc import Collection
from difflib import get_close_matches

from flask import Flask, current_app, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from tracker.web.access import Access, declared
from tracker.web.known_names import TRACKING
from tracker.web.site import Site

_TYPED_IN_PUBLIC = frozenset({Access.PUBLIC, Access.TOKEN, Access.DOOR, Access.OPERATOR, None})
"""Views open to all read their own forms: what cannot be kept is refused beside the field."""


def insist_on(allowed: Collection[str], *, several: Collection[str] = ()) -> None:
    """Only these arguments, each once unless it may come several times (400 with a sentence otherwise)."""
    for name, values in request.args.lists():
        if name not in allowed and not name.startswith(TRACKING):
            near = get_close_matches(name, allowed, 3, 0.6) or allowed
            raise BadRequest(
                _("%(name)s is unknown here: use %(allowed)s.", name=name[:40], allowed=", ".join(near))
            )
        if name in allowed and len(values) > 1 and name not in several:
            raise BadRequest(_("%(name)s is given several times: give it once.", name=name))


def refuse_zeroes() -> None:
    """A zero byte is in no name and no text, and PostgreSQL takes none: refused before anybody looks it up.

    The API names the parameter itself.
    """
    typed = [] if request.path.startswith("/api/") else [request.args]
    if request.endpoint and declared(current_app, request.endpoint) not in _TYPED_IN_PUBLIC:
        typed.append(request.form)
    for fields in typed:
        for name, value in fields.items(multi=True):
            if "\0" in name or "\0" in value:
                shown = name.replace("\0", "")[:40]
                raise BadRequest(_("%(name)s holds a zero byte, which no text has: take it out.", name=shown))


def prepare(app: Flask, _handed: Site) -> None:
    """Asked of every request, before who may open it: that too is looked up by name."""
    app.before_request(refuse_zeroes)
