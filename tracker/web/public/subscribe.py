"""Asking to be told by mail, confirming, changing, leaving. Opening a link never does anything; buttons do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.listing import FilterError, Filters, ListName, filters_from
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Frequency
from tracker.rendering.list_words import FREQUENCY, LIST, list_words
from tracker.rendering.tongue import N_
from tracker.services.ask_limits import Crowd, crowded
from tracker.services.read_wish import Wish, wish_from
from tracker.services.subscribe import ask, change, confirm, leave_one, open_link
from tracker.services.unsubscribe import leave, leaving
from tracker.storage.subscriptions import query_of
from tracker.storage.tables import Subscription
from tracker.web.access import Access, access
from tracker.web.editing.throttle import limiter, network
from tracker.web.known_names import in_words
from tracker.web.locale import language, tongue
from tracker.web.public.sent_here import by_a_program
from tracker.web.site import site

blueprint = Blueprint("subscribe", __name__)
FIELDS = ("email", "list", "frequency", "weekday", "zone", *Filters.__dataclass_fields__)
LONGEST = 300
BY_NETWORK = "60 per hour"
NOT_KNOWN = N_("This link leads nowhere: it is mistyped, was made for something else, or its time is over.")
ZONES = tuple(
    "Africa/Johannesburg Africa/Lagos Africa/Nairobi America/Argentina/Buenos_Aires America/Bogota America/Chicago "
    "America/Halifax America/Lima America/Los_Angeles America/Mexico_City America/New_York America/Santiago "
    "America/Sao_Paulo America/Toronto America/Vancouver Asia/Kolkata Asia/Manila Asia/Seoul Asia/Tokyo "
    "Australia/Perth Australia/Sydney Europe/Berlin Europe/Brussels Europe/Dublin Europe/Lisbon Europe/London "
    "Europe/Madrid Europe/Paris Europe/Rome Europe/Warsaw Pacific/Auckland UTC".split()
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A subscription as its pages show it."""

    id: int
    words: str
    frequency: Frequency
    weekday: int


def _shown(rows: Sequence[Subscription]) -> list[Shown]:
    return [
        Shown(row.id or 0, list_words(query_of(row), tongue()), row.frequency, row.weekday) for row in rows
    ]


@blueprint.get("/subscribe")
@access(Access.PUBLIC)
def subscribe() -> ResponseReturnValue:
    """The form, filled with the list it was opened for."""
    return _form(_typed(request.args))


@blueprint.post("/subscribe")
@access(Access.PUBLIC)
@limiter.limit(BY_NETWORK, key_func=network)
def asked() -> ResponseReturnValue:
    """Keep the wish; the page is the same whether the address is known or not."""
    typed = _typed(request.form)
    if not site().config.mail.host:
        return _form(typed)
    try:
        wish = wish_from(typed, language())
    except NotAccepted as refused:
        wrong = {one.field: tongue().say(one.sentence, **one.values) for one in refused.refusals}
        return _form(typed, wrong), 400
    if not by_a_program():
        _asked_for(wish)
    return render_template("public/asked.html", address=wish.address, words=list_words(wish.query, tongue()))


def _asked_for(wish: Wish) -> None:
    """Keep it, unless too many came: which is said, for it depends on no address."""
    with site().database.writing() as session:
        crowd = crowded(session, _seal(), network(), site().now())
        if crowd is None:
            ask(session, wish, _seal(), site().now())
    if crowd is not None:
        abort(
            _CROWDED[crowd],
            _("So many wishes came in the last hours that no more is taken just now: try again later."),
        )


_CROWDED = {Crowd.NETWORK: 429, Crowd.SITE: 503}


def _typed(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given.get(name, "")[:LONGEST] for name in FIELDS if given.get(name)}


def _form(typed: Mapping[str, str], wrong: Mapping[str, str] | None = None) -> str:
    return render_template(
        "public/subscribe.html",
        typed=typed,
        wrong=wrong or {},
        words=_words(typed),
        filters={name: typed[name] for name in Filters.__dataclass_fields__ if name in typed},
        lists=[(name.value, tongue().say(LIST[name])) for name in ListName],
        frequencies=_frequencies(),
        weekdays=_weekdays(),
        zones=ZONES,
        mails=bool(site().config.mail.host),
    )


def _words(typed: Mapping[str, str]) -> str:
    name = typed.get("list", "")
    try:
        filters = filters_from(typed)
    except FilterError:
        filters = Filters()
    if name not in list(ListName):
        return ""
    with site().database.reading() as session:
        narrowed = in_words(session, filters)
    said = tongue().say(LIST[ListName(name)])
    return f"{said} – {narrowed}" if narrowed else said


def _frequencies() -> list[tuple[str, str]]:
    return [(one.value, tongue().say(FREQUENCY[one])) for one in Frequency]


def _weekdays() -> list[tuple[int, str]]:
    names = _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")
    return list(enumerate(names))


def _seal() -> Seal:
    return Seal(site().config.web.secret_key)


@blueprint.get("/subscriptions/<token>")
@access(Access.TOKEN)
def subscription(token: str) -> ResponseReturnValue:
    """What a letter's link leads to: a button that confirms, or what the address gets."""
    with site().database.reading() as session:
        opened = open_link(session, token, site().now())
        if opened is None:
            abort(404, _(NOT_KNOWN))
        pending, live = _shown(opened.pending), _shown(opened.live)
    page = "public/confirm.html" if opened.purpose is Purpose.CONFIRM else "public/subscription.html"
    return _quietly(
        render_template(
            page, token=token, pending=pending, live=live, frequencies=_frequencies(), weekdays=_weekdays()
        )
    )


@blueprint.post("/subscriptions/<token>")
@access(Access.TOKEN)
def act(token: str) -> ResponseReturnValue:
    """Confirm, change or leave, as the button says."""
    acted = _ACTS.get(request.form.get("act", ""))
    if acted is None:
        abort(400, _("The form did not say what to do. Open the link again and press a button."))
    with site().database.writing() as session:
        managing = acted(session, token, site().now())
    if managing is None:
        abort(404, _(NOT_KNOWN))
    if request.form.get("act") == "confirm":
        return _quietly(render_template("public/confirmed.html", token=managing))
    return redirect(url_for(".subscription", token=managing), 303)


def _confirm(session: Session, token: str, now: datetime) -> str | None:
    chosen = [int(one) for one in request.form.getlist("choose") if one.isascii() and one.isdigit()]
    if not chosen:
        abort(400, _("Nothing was ticked. Go back and tick what you want to be told."))
    return confirm(session, token, chosen, _seal(), now)


def _change(session: Session, token: str, now: datetime) -> str | None:
    frequency, weekday = request.form.get("frequency", ""), request.form.get("weekday", "0")
    if frequency not in list(Frequency) or weekday not in set("0123456"):
        abort(400, _("Choose one of the ways offered."))
    done = change(session, token, _which(), Frequency(frequency), int(weekday), now)
    return token if done else None


def _leave_one(session: Session, token: str, now: datetime) -> str | None:
    # Twice the same button is no error: the page is shown as long as the link works.
    leave_one(session, token, _which(), now)
    return token if open_link(session, token, now) else None


_ACTS = {"confirm": _confirm, "change": _change, "leave": _leave_one}


def _which() -> int:
    given = request.form.get("subscription", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else 0


@blueprint.get("/unsubscribe/<token>")
@access(Access.TOKEN)
def unsubscribe(token: str) -> ResponseReturnValue:
    """What leaving would end, and the button; programs that open links change nothing."""
    with site().database.reading() as session:
        found = leaving(session, token, site().now())
        if found is None:
            abort(404, _(NOT_KNOWN))
        rows = _shown(found)
    return _quietly(render_template("public/unsubscribe.html", token=token, rows=rows))


@blueprint.post("/unsubscribe/<token>")
@access(Access.TOKEN)
def left(token: str) -> ResponseReturnValue:
    """Leave at once: also what mail programs send for one click (RFC 8058), without cookie or form token."""
    with site().database.writing() as session:
        known = leave(session, token, site().now())
    if not known:
        abort(404, _(NOT_KNOWN))
    return _quietly(render_template("public/left.html"))


def _quietly(page: str) -> Response:
    """The address of the page is a secret: it is neither told to other sites nor indexed."""
    response = make_response(page)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
