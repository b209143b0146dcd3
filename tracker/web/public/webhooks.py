"""Asking for a list by webhook: an address to post to, what it understands, and who looks after it."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.listing import FilterError, Filters, ListName, ListQuery, filters_from
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Frequency
from tracker.rendering.list_words import LIST, list_words, narrowed_words
from tracker.services.webhook_ask import LONGEST_URL, ask, hook_wish_from
from tracker.services.webhook_end import shown_host
from tracker.storage.filter_names import filter_names
from tracker.web.access import Access, access
from tracker.web.editing.throttle import limiter, network
from tracker.web.known_names import NAMES
from tracker.web.locale import language, tongue
from tracker.web.public.rhythms import offered
from tracker.web.public.sent_here import by_a_program, tells, unless_crowded, writes_only
from tracker.web.site import site

blueprint = Blueprint("webhooks", __name__)
FIELDS = ("email", "url", "template", "list", "frequency", "weekday", "zone")
BY_NETWORK = "30 per hour"


def templates() -> Mapping[str, str]:
    """What can be posted, by key, with its name; nothing where webhooks or mail are switched off."""
    found: Mapping[str, str] = site().extras.get("webhook_templates", {})
    return found if tells() else {}


@blueprint.get("/subscribe/webhook")
@access(Access.PUBLIC)
def subscribe() -> ResponseReturnValue:
    """The form, filled with the list it was opened for."""
    return _form(_typed(request.args), {})


@blueprint.post("/subscribe/webhook")
@access(Access.PUBLIC)
@limiter.limit(BY_NETWORK, key_func=network)
def asked() -> ResponseReturnValue:
    """Keep the wish; the page is the same whether the owner's address is known or not."""
    typed = _typed(request.form)
    if not templates():
        return _form(typed, {})
    try:
        wish = hook_wish_from(typed, language(), site().extras["webhook_vet"], templates())
    except NotAccepted as refused:
        return _form(
            typed, {one.field: tongue().say(one.sentence, **one.values) for one in refused.refusals}
        ), 400
    unknown = _unknown(wish.wish.query)
    if unknown:
        return _form(typed, {"list": unknown}), 400
    if not by_a_program():
        unless_crowded(lambda session, held: ask(session, wish, held, site().now()))
    return render_template(
        "public/webhook_asked.html",
        address=wish.wish.address,
        words=_words(wish.wish.query),
        host=shown_host(wish.host),
        written=writes_only(),
    )


def _typed(given: Mapping[str, str]) -> dict[str, str]:
    names = (*FIELDS, *Filters.__dataclass_fields__)
    longest = {"url": LONGEST_URL + 1}
    return {name: given.get(name, "")[: longest.get(name, 300)] for name in names if given.get(name)}


def _unknown(query: ListQuery) -> str:
    """A sentence for each filter that names what is not on record."""
    with site().database.reading() as session:
        return " ".join(
            _("%(name)s=%(value)s is not on record here: choose one that is.", name=name, value=value[:80])
            for name, value in query.filters.given().items()
            if name in NAMES and NAMES[name](session, value) is None
        )


def _words(query: ListQuery) -> str:
    with site().database.reading() as session:
        return list_words(query, tongue(), filter_names(session, [query]))


def _form(typed: Mapping[str, str], wrong: Mapping[str, str]) -> str:
    query = _query(typed)
    with site().database.reading() as session:
        narrowed = narrowed_words(query, tongue(), filter_names(session, [query])) if query else ""
    return render_template(
        "public/webhook.html",
        typed=typed,
        wrong=wrong,
        filters={name: typed[name] for name in Filters.__dataclass_fields__ if name in typed},
        lists=[(name.value, tongue().say(LIST[name])) for name in ListName],
        narrowed=narrowed,
        words=_words(query) if query and "list" in typed else "",
        templates=templates(),
        offered=offered(),
        chosen={
            "frequency": typed.get("frequency", Frequency.INSTANT.value),
            "weekday": typed.get("weekday", "0"),
            "zone": typed.get("zone", "UTC"),
            "guess": "zone" not in typed,
        },
    )


def _query(typed: Mapping[str, str]) -> ListQuery | None:
    name = typed.get("list", ListName.OVERDUE.value)
    try:
        return ListQuery(ListName(name), filters_from(typed)) if name in list(ListName) else None
    except FilterError:
        return None
