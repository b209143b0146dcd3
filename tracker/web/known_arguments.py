"""An argument nobody reads would answer another question than the one asked: it is refused, and the nearest named."""

from collections.abc import Collection
from difflib import get_close_matches

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from tracker.web.known_names import TRACKING


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
