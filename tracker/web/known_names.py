"""What an address may ask a list for: names that are on record, and no argument that would be silently left out."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from flask import Flask, redirect, request
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from tracker.domain.kinds import kinds, topics
from tracker.domain.listing import Filters
from tracker.domain.words import ProcessKind
from tracker.rendering.places import place_name
from tracker.rendering.words import BASIS, STANDING
from tracker.storage import directory
from tracker.storage.bodies import of_jurisdiction
from tracker.storage.processes import jurisdictions
from tracker.web.locale import language, tongue
from tracker.web.site import Site

Naming = Callable[[Session, str], str | None]
"""What the thing of a key is called; None where there is no such public thing."""
LISTS = frozenset("overdue waiting calendar bodies processes places events items feeds search".split())
"""The blueprints whose pages are lists, or look back."""
ARGUMENTS = (*Filters.__dataclass_fields__, "as_of", "hindsight", "sort", "page", "before")
OF_ONE_PAGE: Mapping[str, tuple[str, ...]] = {
    "bodies.bodies": ("name", "letter", "seat", "type", "duty"),
    "calendar.calendar": ("month", "due"),
    "search.search": ("only",),
}
"""What single pages ask besides."""
TRACKING = ("utm_", "fbclid", "gclid", "msclkid")
"""What other sites hang on links; it means nothing here and is let through."""


def _object(noun: str) -> Naming:
    return lambda session, key: directory.title_of(session, noun, key)


def _topic(_session: Session, key: str) -> str | None:
    return topics()[key].in_language(language()) if key in topics() else None


def _kind(_session: Session, key: str) -> str | None:
    known = {kind.value for kind in ProcessKind}
    return kinds()[ProcessKind(key)].in_language(language()).many if key in known else None


def _jurisdiction(session: Session, code: str) -> str | None:
    found = any(known == code or known.startswith(f"{code}-") for known in jurisdictions(session))
    return place_name(code, tongue()) if found or of_jurisdiction(session, code) else None


NAMES: Mapping[str, Naming] = {
    "body": _object("body"),
    "process": _object("process"),
    "document": _object("document"),
    "item": _object("item"),
    "topic": _topic,
    "jurisdiction": _jurisdiction,
    "kind": _kind,
    "group": _object("group"),
}
"""By the filter that names it."""


def known(session: Session, filters: Filters) -> Filters:
    """The filters, each of which names something that is on record (400 with a sentence otherwise)."""
    for name, value in filters.given().items():
        if name in NAMES and NAMES[name](session, value) is None:
            sentence = _(
                "%(name)s=%(value)s is not on record here: choose one that is.", name=name, value=value[:80]
            )
            raise BadRequest(sentence)
    return filters


def in_words(session: Session, filters: Filters) -> str:
    """What narrows a list, by name: health; Ministry of Water; overdue."""
    return tongue().in_turn(name_of_filter(session, name, value) for name, value in filters.given().items())


def name_of_filter(session: Session, name: str, value: str) -> str:
    """What a filter is narrowed to, in words."""
    if name in NAMES:
        return NAMES[name](session, value) or value
    worded = _WORDS.get(name)
    return tongue().say(worded[value]) if worded else value


_WORDS: Mapping[str, Mapping[str, str]] = {
    "standing": {standing.value: said for standing, said in STANDING.items()},
    "basis": {basis.value: said for basis, said in BASIS.items()},
}


def refuse_unknown_arguments() -> None:
    """An argument nobody reads would answer another question than the one asked."""
    if request.blueprint not in LISTS:
        return
    arguments = (*OF_ONE_PAGE.get(request.endpoint or "", ()), *ARGUMENTS)
    for name in request.args:
        if name not in arguments and not name.startswith(TRACKING):
            allowed = ", ".join(arguments)
            raise BadRequest(_("%(name)s is unknown here: use %(allowed)s.", name=name[:40], allowed=allowed))


def leave_out_empty() -> Response | None:
    """A form sends what was left empty too: the address that is shared says only what was chosen, in one order."""
    given = list(request.args.items(multi=True))
    if (
        request.method not in ("GET", "HEAD")
        or request.blueprint not in LISTS - {"feeds"}
        or all(said for _name, said in given)
    ):
        return None
    order = {name: at for at, name in enumerate(ARGUMENTS)}
    kept = sorted((pair for pair in given if pair[1]), key=lambda pair: order.get(pair[0], -1))
    said = f"?{urlencode(kept)}" if kept else ""
    return redirect(f"{request.script_root}{request.path}{said}", 302)


def prepare(app: Flask, _handed: Site) -> None:
    """Asked of every request."""
    app.before_request(refuse_unknown_arguments)
    app.before_request(leave_out_empty)
