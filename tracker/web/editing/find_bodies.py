"""Bodies that fit what is being typed, for the list under a field."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.rendering.words import word
from tracker.services.find_bodies import FoundBody, find_bodies
from tracker.web.access import Access, access
from tracker.web.editing.room import room
from tracker.web.locale import tongue
from tracker.web.site import site

blueprint = room("find_bodies", __name__)


@blueprint.get("/bodies/find")
@access(Access.CONTRIBUTOR)
def find() -> ResponseReturnValue:
    """`?q=`: the best first, over names, aliases and initials, accents aside; those of `?place=` before others."""
    with site().database.reading() as session:
        found = find_bodies(
            session,
            request.args.get("q", ""),
            site().today(),
            jurisdiction=request.args.get("place", "")[:20],
        )
    answer = jsonify({"data": [_shown(one) for one in found]})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown(one: FoundBody) -> dict[str, str]:
    return {
        "key": one.key,
        "name": one.name,
        "matched": one.matched,
        "kind": word(one.kind, tongue()),
        "jurisdiction": one.jurisdiction,
        "now": _("now: %(name)s", name=one.now_name) if one.now_name else "",
        "now_name": one.now_name,
    }
