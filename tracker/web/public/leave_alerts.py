"""Turning off the mails that tell an account what waits for it: without a login, by the secret in each mail."""

from flask import Blueprint, Response, abort, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.services.alert_wishes import leave_alerts, leaving_alerts
from tracker.web.access import Access, access
from tracker.web.public.subscribe import NOT_KNOWN
from tracker.web.site import site

blueprint = Blueprint("leave_alerts", __name__)


@blueprint.get("/alerts/leave/<token>")
@access(Access.TOKEN)
def leave(token: str) -> ResponseReturnValue:
    """The button; programs that open links change nothing."""
    with site().database.reading() as session:
        known = leaving_alerts(session, token, site().now())
    if known is None:
        abort(404, _(NOT_KNOWN))
    return _quietly(render_template("public/leave_alerts.html", token=token, left=False))


@blueprint.post("/alerts/leave/<token>")
@access(Access.TOKEN)
def left(token: str) -> ResponseReturnValue:
    """Off at once: also what mail programs send for one click (RFC 8058), without cookie or form token."""
    with site().database.writing() as session:
        known = leave_alerts(session, token, site().now())
    if not known:
        abort(404, _(NOT_KNOWN))
    return _quietly(render_template("public/leave_alerts.html", token=token, left=True))


def _quietly(page: str) -> Response:
    """The address of the page is a secret: it is neither told to other sites nor indexed."""
    response = make_response(page)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
