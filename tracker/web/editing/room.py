"""What every page of the editors' room shares: the token each change carries, and one way to try a change."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlmodel import Session

from tracker.domain.clock import Clock
from tracker.domain.refusals import NotAccepted
from tracker.rendering.reason_words import reason_words
from tracker.web.editing.form import Form
from tracker.web.locale import tongue
from tracker.web.site import Site, site

T = TypeVar("T")
csrf = CSRFProtect()
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def room(name: str, import_name: str, prefix: str = "/edit") -> Blueprint:
    """A blueprint whose every change is checked for its token and its origin."""
    blueprint = Blueprint(name, import_name, url_prefix=prefix)
    blueprint.before_request(_protect)
    return blueprint


def _protect() -> None:
    if request.method in _SAFE:
        return
    if request.headers.get("Sec-Fetch-Site") == "cross-site" or _from_elsewhere():
        abort(403, _("This form was sent from another site."))
    csrf.protect()


def _from_elsewhere() -> bool:
    """Whether the browser names another site as where the form stood; “null” tells nothing, and the token decides."""
    origin = request.headers.get("Origin", "null")
    ours = (request.host, urlsplit(site().config.site.base_url).netloc)
    return origin != "null" and origin.partition("://")[2] not in ours


def attempt(form: Form, change: Callable[[Session], T]) -> T | None:
    """Try a change in one transaction; what is refused goes to the form's fields, and nothing is kept."""
    if form.errors:
        return None
    try:
        with site().database.writing() as session:
            return change(session)
    except NotAccepted as refused:
        form.refuse(refused.refusals)
        return None


def done(sentence: str, address: str) -> ResponseReturnValue:
    """Go on to a page that says what was done."""
    flash(sentence)
    return redirect(address, 303)


def status(form: Form) -> int:
    """422 where a form comes back with complaints."""
    return 422 if form.errors else 200


def prepare(app: Flask, _handed: Site) -> None:
    """Tokens are asked for in this room only: other rooms have forms without a session."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    csrf.init_app(app)

    @app.template_global()
    def warnings(clock: Clock) -> list[str]:
        """What an editor should know about a date before keeping it."""
        found = [*([clock.problem] if clock.problem else []), *clock.reasons]
        return [reason_words(reason, tongue()) for reason in found]

    @app.errorhandler(CSRFError)
    def refused(_error: CSRFError) -> ResponseReturnValue:
        from tracker.web.errors import refuse

        return refuse(400, _("This form has expired: go back, load the page again and send it once more."))
