"""The public log for outsiders: what is needed to verify that nothing was altered in silence."""

import json
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from tracker.services.publish_log import checkpoint, entry_data, head_data, verifier_key
from tracker.storage import log
from tracker.web.access import Access, access
from tracker.web.known_arguments import insist_on
from tracker.web.site import site

blueprint = Blueprint("log", __name__)
PER_PAGE = 500
SECONDS = 10
"""How long a copy of what still grows may be kept."""


@blueprint.get("/log/checkpoint")
@access(Access.PUBLIC)
def signed_head() -> Response:
    """The newest signed head, as a note."""
    with site().database.reading() as session:
        head = log.last_head(session)
        keys = {key.key_id: key for key in log.keys(session)}
    if head is None or head.key_id not in keys:
        abort(404)
    return _open(checkpoint(head, keys[head.key_id], _name()), "text/plain; charset=utf-8")


@blueprint.get("/log/key")
@access(Access.PUBLIC)
def key() -> Response:
    """Every public key that ever signed a head here, the newest last."""
    with site().database.reading() as session:
        keys = log.keys(session)
    return _open("".join(f"{verifier_key(one, _name())}\n" for one in keys), "text/plain; charset=utf-8")


@blueprint.get("/log/entries")
@access(Access.PUBLIC)
def entries() -> Response:
    """The entries after a place, `?from=` the number of those one has."""
    start = _from()
    with site().database.reading() as session:
        found = log.public_entries(session, start, PER_PAGE)
        total = log.size(session)
    following = found[-1].seq if found and found[-1].seq < total else None
    return _page("entries", [entry_data(one) for one in found], total, following)


@blueprint.get("/log/heads")
@access(Access.PUBLIC)
def heads() -> Response:
    """The signed heads over more than `?from=` entries, shortest first."""
    start = _from()
    with site().database.reading() as session:
        found = log.heads_after(session, start, PER_PAGE)
        newest = log.last_head(session)
    total = newest.size if newest else 0
    following = found[-1].size if found and found[-1].size < total else None
    return _page("heads", [head_data(one) for one in found], total, following)


def _page(name: str, data: list[dict[str, object]], total: int, following: int | None) -> Response:
    after = None if following is None else f"{name}?from={following}"
    whole = {"data": data, "meta": {"total": total, "next": after}}
    return _open(json.dumps(whole, ensure_ascii=False) + "\n", "application/json")


def _from() -> int:
    insist_on(("from",))
    written = request.args.get("from", "0")
    if not (written.isascii() and written.isdigit() and len(written) < 16):
        raise BadRequest(_("from=%(given)s is no place in the log: write a number.", given=written[:40]))
    return int(written)


def _name() -> str:
    """Under what name the site signs: its host."""
    return urlsplit(site().config.site.base_url).netloc or "answerby"


def _open(text: str, content_type: str) -> Response:
    answer = Response(text, content_type=content_type)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return answer
