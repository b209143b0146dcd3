"""Asking to be told by mail: the form says what will be sent and shows what would have been, before any address."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.listing import Filters, ListName
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Frequency, Standing
from tracker.rendering.list_words import LIST, TELLS, frequency_words, list_words, narrowed_words
from tracker.rendering.tongue import N_
from tracker.rendering.words import word
from tracker.services.read_wish import Wish, wish_from
from tracker.services.subscribe import ask
from tracker.storage.filter_names import filter_names
from tracker.web.access import Access, access
from tracker.web.editing.throttle import limiter, network
from tracker.web.known_names import NAMES, TRACKING
from tracker.web.locale import language, tongue
from tracker.web.public.past_messages import past_messages
from tracker.web.public.rhythms import offered
from tracker.web.public.sent_here import by_a_program, tells, unless_crowded, writes_only
from tracker.web.site import site

blueprint = Blueprint("subscribe", __name__)
RHYTHM = ("frequency", "weekday", "zone", "quiet")
FIELDS = ("email", "list", *RHYTHM, *Filters.__dataclass_fields__)
LONGEST = 300
BY_NETWORK = "60 per hour"
NOT_KNOWN = N_("This link leads nowhere: it is mistyped, was made for something else, or its time is over.")
BEFORE = ("as_of", "hindsight")


@blueprint.get("/subscribe")
@access(Access.PUBLIC)
def subscribe() -> ResponseReturnValue:
    """The form, filled with the list it was opened for, and what that would have brought."""
    return _form(
        {"frequency": Frequency.WEEKLY.value, **_typed(request.args)}, _complaints(_typed(request.args))
    )


@blueprint.post("/subscribe")
@access(Access.PUBLIC)
@limiter.limit(BY_NETWORK, key_func=network, exempt_when=lambda: _previews())
def asked() -> ResponseReturnValue:
    """Keep the wish; the page is the same whether the address is known or not."""
    typed = _typed(request.form)
    if not tells():
        return _form(typed)
    wrong = _complaints(typed, addressed=not _previews())
    if wrong or _previews():
        return _form(typed, wrong), 400 if wrong else 200
    wish = wish_from(typed, language())
    if not by_a_program():
        unless_crowded(lambda session, held: ask(session, wish, held, site().now()))
    with site().database.reading() as session:
        words = _words(session, wish)
    return render_template(
        "public/asked.html",
        address=wish.address,
        written=writes_only(),
        words=words,
        often=frequency_words(wish.frequency, wish.rhythm.weekday, tongue()),
    )


def _previews() -> bool:
    return request.form.get("act") == "preview"


def _typed(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given.get(name, "")[:LONGEST] for name in FIELDS if given.get(name)}


def _complaints(typed: Mapping[str, str], *, addressed: bool = False) -> dict[str, str]:
    """A sentence for each field that cannot be read, or names what is not on record."""
    try:
        wish = wish_from(typed, language(), addressed=addressed)
    except NotAccepted as refused:
        return {one.field: tongue().say(one.sentence, **one.values) for one in refused.refusals}
    with site().database.reading() as session:
        unknown = [
            _("%(name)s=%(value)s is not on record here: choose one that is.", name=name, value=value[:80])
            for name, value in wish.query.filters.given().items()
            if name in NAMES and NAMES[name](session, value) is None
        ]
    return {"list": " ".join(unknown)} if unknown else {}


def _form(typed: Mapping[str, str], wrong: Mapping[str, str] | None = None) -> str:
    shown = _shown(typed, wrong or {})
    return render_template(
        "public/subscribe.html",
        typed=typed,
        wrong=wrong or {},
        filters={name: typed[name] for name in Filters.__dataclass_fields__ if name in typed},
        lists=[(name.value, tongue().say(LIST[name])) for name in ListName],
        offered=offered(),
        chosen=_chosen(typed),
        not_followed=_not_followed(),
        mails=tells(),
        **shown,
    )


def _chosen(typed: Mapping[str, str]) -> dict[str, Any]:
    return {
        "frequency": typed.get("frequency", ""),
        "weekday": typed.get("weekday", "0"),
        "zone": typed.get("zone", "UTC"),
        "quiet": bool(typed.get("quiet")),
        "guess": "zone" not in typed,
    }


def _shown(typed: Mapping[str, str], wrong: Mapping[str, str]) -> dict[str, Any]:
    """The list in words, what it tells, and what it would have brought; nothing of a list that cannot be read."""
    empty = {"words": "", "narrowed": "", "tells": "", "standing": "", "often": "", "past": None}
    if "list" not in typed or wrong.keys() - {"email"}:
        return empty
    wish = wish_from(typed, language(), addressed=False)
    with site().database.reading() as session:
        names = filter_names(session, [wish.query])
        past = past_messages(session, wish.query, wish.rhythm)
    standing = wish.query.filters.standing
    return {
        "words": list_words(wish.query, tongue(), names),
        "narrowed": narrowed_words(wish.query, tongue(), names),
        "tells": tongue().say(TELLS[wish.query.name]),
        "standing": word(Standing(standing), tongue()) if standing else "",
        "often": frequency_words(wish.frequency, wish.rhythm.weekday, tongue()),
        "past": past,
    }


def _words(session: Session, wish: Wish) -> str:
    return list_words(wish.query, tongue(), filter_names(session, [wish.query]))


def _not_followed() -> list[str]:
    """What the address asks for and no subscription can follow: said, never left out in silence."""
    before = [_("A subscription tells what happens from now on; it does not look back to a day.")]
    unread = [
        _("“%(name)s” is no filter and narrows nothing here.", name=name[:40])
        for name in request.args
        if name not in (*FIELDS, *BEFORE) and not name.startswith(TRACKING)
    ]
    return [*(before if any(request.args.get(name) for name in BEFORE) else []), *unread]
