"""An item, a body or a process in a frame on somebody else’s page: dated, without a script, framable by anybody."""

from collections.abc import Callable

from flask import Blueprint, Flask, Response, make_response, render_template
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.assets import static
from tracker.domain.listing import Filters
from tracker.storage import directory
from tracker.storage import items as stored
from tracker.web.access import Access, access
from tracker.web.embedding import embed_code
from tracker.web.headers import for_other_sites
from tracker.web.known_arguments import insist_on
from tracker.web.locale import tongue
from tracker.web.site import Site, site
from tracker.web.summed_up import flag_words, summed_up
from tracker.web.when import When, when

blueprint = Blueprint("embeds", __name__)
CACHE = "public, max-age=300, stale-while-revalidate=600"
"""Other people's pages ask often; what is withheld is gone from them within minutes."""
MOST_LINES = 6
ARGUMENTS = ("as_of", "hindsight")
Found = tuple[str, dict[str, object]] | None
"""A template and what it shows; nothing where nothing public has that key."""


@blueprint.before_request
def _for_anybody() -> None:
    for_other_sites()
    insist_on(ARGUMENTS)


@blueprint.get("/embed/items/<key:key>")
@access(Access.PUBLIC)
def item(key: str) -> Response:
    """One item and who owes the answer."""
    return _framed(lambda session, moment: _item(session, key, moment))


@blueprint.get("/embed/bodies/<key:key>")
@access(Access.PUBLIC)
def body(key: str) -> Response:
    """What one body owes."""
    return _framed(lambda session, moment: _list(session, "body", key, moment))


@blueprint.get("/embed/processes/<key:key>")
@access(Access.PUBLIC)
def process(key: str) -> Response:
    """How far the answers to one process have come."""
    return _framed(lambda session, moment: _list(session, "process", key, moment))


@blueprint.get("/embed/height.js")
@access(Access.PUBLIC)
def height() -> Response:
    """The optional script that gives our frames the height of what stands in them."""
    answer = make_response((static() / "embed.js").read_text(encoding="utf-8"))
    answer.mimetype = "text/javascript"
    answer.headers["Cache-Control"] = CACHE
    return answer


def _framed(find: Callable[[Session, When], Found]) -> Response:
    moment = when()
    with site().database.reading() as session:
        found = find(session, moment)
        template, shown = found or ("embed/gone.html", {"title": _("Not available")})
        answer = make_response(render_template(template, when=moment, today=moment.today, **shown))
    answer.status_code = 200 if found else 404
    answer.headers["Cache-Control"] = CACHE
    return answer


def _item(session: Session, key: str, moment: When) -> Found:
    whole = stored.by_key(session, key)
    if whole is None:
        return None
    lines = stored.lines_of(session, whole.item.id or 0, moment.moment)
    return "embed/item.html", {
        "whole": whole,
        "title": whole.item.title,
        "lines": lines[:MOST_LINES],
        "more": max(len(lines) - MOST_LINES, 0),
    }


def _list(session: Session, noun: str, key: str, moment: When) -> Found:
    row = directory.by_key(session, noun, key)
    if row is None:
        return None
    found = summed_up(session, Filters(**{noun: key}), moment.moment)
    of = {"title": row[0].name, "spoken": getattr(row[0], "language", "")}
    shown = {"noun": noun, "key": key, **of, "found": found}
    return "embed/list.html", {**shown, "said": flag_words(found, tongue())}


def prepare(app: Flask, _handed: Site) -> None:
    """What to paste is offered on the pages themselves."""
    app.jinja_env.globals["embed_code"] = embed_code
