"""The pages of whoever looks after webhooks, by the link of a letter: confirm, look, test, pause, end. Buttons act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.link_tokens import Seal
from tracker.domain.webhook import OLD_SECRET_SIGNS
from tracker.rendering.list_words import frequency_words, list_words
from tracker.rendering.webhook_faults import fault_words
from tracker.rendering.webhook_letters import WHY
from tracker.services.webhook_ask import confirm, to_confirm
from tracker.services.webhook_end import ask_test, pause, remove, resume
from tracker.services.webhook_own import new_secret, owned, owned_one
from tracker.storage import webhook_batches, webhooks
from tracker.storage.filter_names import filter_names
from tracker.storage.subscriptions import query_of
from tracker.storage.tables import Webhook, WebhookAttempt
from tracker.storage.webhooks import Owned
from tracker.web.access import Access, access
from tracker.web.editing.throttle import limiter, network
from tracker.web.locale import tongue
from tracker.web.public.subscribe import NOT_KNOWN
from tracker.web.site import site

blueprint = Blueprint("own_webhooks", __name__)
SHOWN_ATTEMPTS = 30
BY_NETWORK = "120 per hour"


@dataclass(frozen=True, slots=True)
class Shown:
    """A webhook as its pages show it."""

    row: Webhook
    url: str
    words: str
    often: str
    template: str
    why: str
    old_until_at: datetime | None


def _shown(session: Session, found: Owned) -> Shown:
    row, subscription = found
    query = query_of(subscription)
    known: Mapping[str, str] = site().extras.get("webhook_templates", {})
    old_until = row.turned_at + OLD_SECRET_SIGNS if row.turned_at else None
    return Shown(
        row=row,
        url=subscription.address,
        words=list_words(query, tongue(), filter_names(session, [query])),
        often=frequency_words(subscription.frequency, subscription.weekday, tongue()),
        template=known.get(row.template, row.template),
        why=tongue().say(WHY[row.disabled_why]) if row.disabled_why in WHY else "",
        old_until_at=old_until if old_until and old_until > site().now() else None,
    )


def _seal() -> Seal:
    return Seal(site().config.web.secret_key)


@blueprint.get("/webhooks/confirm/<token>")
@access(Access.TOKEN)
def confirmation(token: str) -> ResponseReturnValue:
    """What a letter's link leads to: what would be posted where, and a button."""
    with site().database.reading() as session:
        found = to_confirm(session, token, site().now())
        if found is None:
            abort(404, _(NOT_KNOWN))
        shown, waits = _shown(session, found), found[1].confirmed_at is None
    return _quietly(render_template("public/webhook_confirm.html", token=token, hook=shown, waits=waits))


@blueprint.post("/webhooks/confirm/<token>")
@access(Access.TOKEN)
def confirmed(token: str) -> ResponseReturnValue:
    """Begin, and show the signing secret; a second press leads to the owner's page."""
    with site().database.writing() as session:
        found = confirm(session, token, _seal(), site().now())
        if found is None:
            abort(404, _(NOT_KNOWN))
        number, manage, secret = found[0][0].subscription_id, found[1], found[2]
    if not secret:
        return redirect(url_for(".one", token=manage, number=number), 303)
    return _page(manage, number, secret)


@blueprint.get("/webhooks/<token>")
@access(Access.TOKEN)
def every(token: str) -> ResponseReturnValue:
    """An owner's webhooks."""
    with site().database.reading() as session:
        rows = owned(session, token, site().now())
        if rows is None:
            abort(404, _(NOT_KNOWN))
        shown = [_shown(session, one) for one in rows]
    return _quietly(render_template("public/webhooks.html", token=token, hooks=shown))


@blueprint.get("/webhooks/<token>/<int:number>")
@access(Access.TOKEN)
def one(token: str, number: int) -> ResponseReturnValue:
    """One webhook: how it stands, how its last posts went, and what can be done."""
    return _page(token, number)


def _page(token: str, number: int, secret: str = "") -> Response:
    attempts: list[WebhookAttempt] = []
    with site().database.reading() as session:
        found = owned_one(session, token, number, site().now())
        if found is None:
            abort(404, _(NOT_KNOWN))
        shown = _shown(session, found)
        attempts = webhooks.attempts(session, number, SHOWN_ATTEMPTS)
        testing = webhook_batches.tests_waiting(session, number)
        page = render_template(
            "public/webhook_own.html",
            token=token,
            hook=shown,
            attempts=attempts,
            fault=lambda error: fault_words(error, tongue()),
            testing=testing,
            secret=secret,
        )
    return _quietly(page)


@blueprint.post("/webhooks/<token>/<int:number>")
@access(Access.TOKEN)
@limiter.limit(BY_NETWORK, key_func=network)
def act(token: str, number: int) -> ResponseReturnValue:
    """Test, pause, resume, make a new secret or end it, as the button says."""
    named = request.form.get("act", "")
    if named not in (*_ACTS, "secret"):
        abort(400, _("The form did not say what to do. Open the link again and press a button."))
    secret = ""
    with site().database.writing() as session:
        found = owned_one(session, token, number, site().now())
        if found is None:
            abort(404, _(NOT_KNOWN))
        if named == "secret":
            secret = new_secret(session, found, _seal(), site().now())
        else:
            _ACTS[named](session, found, site().now())
    if secret:
        return _page(token, number, secret)
    if named == "end":
        return redirect(url_for(".every", token=token), 303)
    return redirect(url_for(".one", token=token, number=number), 303)


_ACTS: Mapping[str, Callable[[Session, Owned, datetime], object]] = {
    "test": ask_test,
    "pause": pause,
    "resume": lambda session, found, now: resume(session, found, now, catch_up=False),
    "catch-up": lambda session, found, now: resume(session, found, now, catch_up=True),
    "end": remove,
}


def _quietly(page: str) -> Response:
    """The address of the page is a secret, and it may show one: nothing is told to other sites, indexed or kept."""
    response = make_response(page)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response
