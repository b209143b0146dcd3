"""What a letter's links lead to: confirming, changing, leaving. Opening a link never does anything; buttons do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from json import dumps

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Frequency
from tracker.rendering.list_words import frequency_words, list_words
from tracker.services.read_wish import changed_from
from tracker.services.subscribe import (
    Opened,
    change,
    confirm,
    leave_all,
    leave_one,
    open_link,
    paused_until,
    rhythm_of,
)
from tracker.services.tell_held import held
from tracker.services.unsubscribe import leave, leaving
from tracker.storage.filter_names import filter_names
from tracker.storage.subscriptions import query_of
from tracker.storage.tables import Subscription
from tracker.web.access import Access, access
from tracker.web.locale import tongue
from tracker.web.public.past_messages import PastMessages, local, past_messages
from tracker.web.public.rhythms import offered
from tracker.web.public.subscribe import NOT_KNOWN
from tracker.web.site import site

blueprint = Blueprint("manage", __name__)
MOST_PREVIEWED = 5
"""Lists whose past four weeks stand on the page that confirms them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A subscription as its pages show it."""

    id: int
    words: str
    often: str
    frequency: Frequency
    weekday: int
    zone: str
    language: str
    quiet: bool
    paused_until: datetime | None
    next_at: str
    past: PastMessages | None = None


def _shown(session: Session, rows: Sequence[Subscription], previewed: int = 0) -> list[Shown]:
    names = filter_names(session, map(query_of, rows))
    return [_one(session, row, names, number < previewed) for number, row in enumerate(rows)]


def _one(
    session: Session, row: Subscription, names: Mapping[tuple[str, str], str], is_previewed: bool
) -> Shown:
    query, due = query_of(row), row.next_due_at
    return Shown(
        id=row.id or 0,
        words=list_words(query, tongue(), names),
        often=frequency_words(row.frequency, row.weekday, tongue()),
        frequency=row.frequency,
        weekday=row.weekday,
        zone=row.zone,
        language=row.language,
        quiet=row.tells_quiet,
        paused_until=paused_until(row, site().now()),
        next_at=local(due, row.zone) if due else "",
        past=past_messages(session, query, rhythm_of(row)) if is_previewed else None,
    )


@blueprint.get("/subscriptions/<token>")
@access(Access.TOKEN)
def subscription(token: str) -> ResponseReturnValue:
    """What a letter's link leads to: a button that confirms, or what the address gets."""
    with site().database.reading() as session:
        opened = open_link(session, token, site().now())
        if opened is None:
            abort(404, _(NOT_KNOWN))
        return _opened(session, token, opened)


def _opened(
    session: Session, token: str, opened: Opened, wrong: tuple[int, Mapping[str, str]] = (0, {})
) -> Response:
    confirms = opened.purpose is Purpose.CONFIRM
    return _quietly(
        render_template(
            "public/confirm.html" if confirms else "public/subscription.html",
            token=token,
            pending=_shown(session, opened.pending, MOST_PREVIEWED),
            live=_shown(session, opened.live),
            offered=offered(),
            wrong=wrong,
        )
    )


@blueprint.get("/subscriptions/<token>/held.json")
@access(Access.TOKEN)
def held_about(token: str) -> ResponseReturnValue:
    """All that is kept about the address of a management link."""
    with site().database.reading() as session:
        kept = held(session, token, site().now())
    if kept is None:
        abort(404, _(NOT_KNOWN))
    answer = _quietly(dumps(kept, ensure_ascii=False, indent=2))
    answer.headers["Content-Disposition"] = 'attachment; filename="held-about-you.json"'
    answer.mimetype = "application/json"
    return answer


@blueprint.post("/subscriptions/<token>")
@access(Access.TOKEN)
def act(token: str) -> ResponseReturnValue:
    """Confirm, change or leave, as the button says."""
    acted = _ACTS.get(request.form.get("act", ""))
    if acted is None:
        abort(400, _("The form did not say what to do. Open the link again and press a button."))
    try:
        with site().database.writing() as session:
            managing = acted(session, token, site().now())
    except NotAccepted as refused:
        return _again(token, refused)
    if managing is None:
        abort(404, _(NOT_KNOWN))
    if request.form.get("act") == "confirm":
        return _quietly(render_template("public/confirmed.html", token=managing))
    # What was changed stands in front of whoever changed it, and is read out first.
    changed = f"list-{_which()}" if request.form.get("act") == "change" else None
    return redirect(url_for(".subscription", token=managing, _anchor=changed), 303)


def _again(token: str, refused: NotAccepted) -> ResponseReturnValue:
    """The page once more, with what was wrong in one of its forms."""
    wrong = {one.field: tongue().say(one.sentence, **one.values) for one in refused.refusals}
    with site().database.reading() as session:
        opened = open_link(session, token, site().now())
        if opened is None:
            abort(404, _(NOT_KNOWN))
        return _opened(session, token, opened, (_which(), wrong)), 400


def _confirm(session: Session, token: str, now: datetime) -> str | None:
    chosen = [int(one) for one in request.form.getlist("choose") if one.isascii() and one.isdigit()]
    if not chosen:
        abort(400, _("Nothing was ticked. Go back and tick what you want to be told."))
    return confirm(session, token, chosen, Seal(site().config.web.secret_key), now)


def _change(session: Session, token: str, now: datetime) -> str | None:
    changed = changed_from(request.form, site().config.site.languages, site().today())
    return token if change(session, token, _which(), changed, now) else None


def _leave_one(session: Session, token: str, now: datetime) -> str | None:
    # Twice the same button is no error: the page is shown as long as the link works.
    leave_one(session, token, _which(), now)
    return token if open_link(session, token, now) else None


def _leave_all(session: Session, token: str, now: datetime) -> str | None:
    return token if leave_all(session, token, now) else None


_ACTS: Mapping[str, Callable[[Session, str, datetime], str | None]] = {
    "confirm": _confirm,
    "change": _change,
    "leave": _leave_one,
    "leave-all": _leave_all,
}


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
        rows = _shown(session, found)
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
