"""Looking back: a page seen as of a day leads to pages of the same day; what has no past says so."""

from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from tracker.web.access import Access, declared
from tracker.web.site import Site

BLUEPRINTS = frozenset("front overdue waiting calendar bodies processes places items search events".split())
"""Their pages stand at a day as well as now."""
ASKED = ("as_of", "hindsight")
LOOKED = "looked_at_a_day"
_READ_OTHERWISE = frozenset({"subscribe.subscribe"})
"""Says itself, beside its form, that nobody can subscribe to the past."""


def looks_back(endpoint: str | None) -> bool:
    """Whether the pages of an endpoint can be seen as of a day."""
    return (endpoint or "").partition(".")[0] in BLUEPRINTS


def keep_the_day(endpoint: str, values: dict[str, Any]) -> None:
    """A link from a page of a day to another page that stands at a day leads to the same day."""
    if not has_request_context() or not request.args.get("as_of") or not looks_back(endpoint):
        return
    if looks_back(request.endpoint) and declared(current_app, endpoint) is Access.PUBLIC:
        for name in ASKED:
            if request.args.get(name):
                values.setdefault(name, request.args[name])


def refuse_where_there_is_no_past(answer: Response) -> Response:
    """Whoever asks for a day is shown that day or told that there is none, never the present for the past."""
    asked = request.args.get("as_of") and request.method in ("GET", "HEAD") and answer.status_code == 200
    if not asked or LOOKED in g or request.endpoint in _READ_OTHERWISE or request.path.startswith("/api/"):
        return answer
    if not request.endpoint or declared(current_app, request.endpoint) is not Access.PUBLIC:
        return answer
    said = _("This page has no past to look back at: leave out as_of.")
    return current_app.make_response(current_app.handle_user_exception(BadRequest(said)))


def prepare(app: Flask, _handed: Site) -> None:
    """Asked of every link and of every answer."""
    app.url_defaults(keep_the_day)
    app.after_request(refuse_where_there_is_no_past)
    app.jinja_env.globals["looks_back"] = looks_back
