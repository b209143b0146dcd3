"""All ways to follow one list: mail, feeds, a calendar, a table. One page with every address, ready to be copied."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from tracker.domain.listing import Filters, ListName, filters_from
from tracker.rendering.list_words import LIST
from tracker.web.access import Access, access
from tracker.web.filters import full_address, with_arguments
from tracker.web.known_arguments import insist_on
from tracker.web.known_names import in_words, known
from tracker.web.locale import tongue
from tracker.web.public.sent_here import tells
from tracker.web.public.webhooks import templates as webhook_templates
from tracker.web.site import site

blueprint = Blueprint("follow", __name__)
ARGUMENTS = ("list", *Filters.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to follow a list: what it is good for, and its address."""

    name: str
    about: str
    address: str
    opens: str = ""
    """An address that a program takes up at once, where there is such a thing."""


@blueprint.get("/feeds")
@access(Access.PUBLIC)
def feeds() -> str:
    """The addresses of a list, `?list=` with its filters; without one, of everything."""
    insist_on(ARGUMENTS)
    name = _list()
    with site().database.reading() as session:
        filters = known(session, filters_from(request.args))
        narrowed = in_words(session, filters)
    said = tongue().say(LIST[name])
    return render_template(
        "public/follow.html",
        words=f"{said} – {narrowed}" if narrowed else said,
        chosen=name.value,
        filters=filters.given(),
        ways=_ways(name, filters.given()),
        lists=[(one.value, tongue().say(LIST[one])) for one in ListName],
        page=with_arguments(f"{request.script_root}/{name.value}", filters.given()),
        **_by_letter({"list": name.value, **filters.given()}),
    )


def _by_letter(wish: Mapping[str, str]) -> dict[str, str]:
    """The forms that are filled in: empty where this site sends no mail, or posts to nobody."""
    mail = with_arguments(url_for("subscribe.subscribe"), dict(wish)) if tells() else ""
    hook = with_arguments(url_for("webhooks.subscribe"), dict(wish)) if webhook_templates() else ""
    return {"mail": mail, "hook": hook}


def _list() -> ListName:
    written = request.args.get("list", "") or ListName.ALL.value
    if written not in list(ListName):
        allowed = ", ".join(name.value for name in ListName)
        raise BadRequest(
            _("list=%(name)s is unknown: use one of %(allowed)s.", name=written[:40], allowed=allowed)
        )
    return ListName(written)


_FORMS: Mapping[str, tuple[str, Callable[[], str]]] = {
    "atom": ("Atom", lambda: _("For any feed reader: what changed, newest first.")),
    "rss": ("RSS", lambda: _("The same, for programs that know only RSS.")),
    "json": (
        "JSON Feed",
        lambda: _("The same, for programs you write yourself; other sites’ pages may read it."),
    ),
    "csv": ("CSV", lambda: _("The list as it stands, as a table.")),
    "jsonl": ("JSON Lines", lambda: _("The same with every field, a row on each line, for programs.")),
}


def _ways(name: ListName, filters: Mapping[str, str]) -> list[Way]:
    def at(form: str) -> str:
        return full_address(with_arguments(f"/{name.value}.{form}", dict(filters)))

    ways = [Way(called, about(), at(form)) for form, (called, about) in _FORMS.items()]
    falls_due = _(
        "What falls due on which day. A calendar program asks again by itself: a day that moves, moves there too, and "
        "one that lapses is called off."
    )
    return [*ways, Way(_("Calendar"), falls_due, at("ics"), webcal(at("ics")))]


def webcal(address: str) -> str:
    """The address under the scheme that calendar programs have made their own."""
    return f"webcal:{address.partition(':')[2]}"
