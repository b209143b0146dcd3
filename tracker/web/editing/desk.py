"""The desk: what waits for somebody, the oldest first."""

from datetime import date

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Act
from tracker.storage.checks import places_before
from tracker.storage.desk import Desk, desk_of
from tracker.storage.endings import undecided
from tracker.storage.health import set_aside
from tracker.web.access import Access, access
from tracker.web.editing.room import room
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("desk", __name__)
HEADS_THE_DESK_DAYS = 14


@blueprint.get("/")
@access(Access.CONTRIBUTOR, act=Act.SEE)
def desk() -> ResponseReturnValue:
    """Responses to judge, verdicts to countersign, clocks to look at, drafts to finish."""
    now, page = site().now(), _page()
    with site().database.reading() as session:
        found: Desk = desk_of(session, now, me(), page)
        to_decide = undecided(session)
        aside = set_aside(session)
        places = {line.id: places_before(session, [line.id])[:3] for line in found.unchecked.rows}
    if page > found.pages:
        abort(404)
    return render_template(
        "editing/desk.html",
        desk=found,
        page=page,
        places=places,
        to_decide=to_decide,
        set_aside=aside,
        today=now.date(),
        waited=_waited,
    )


def _page() -> int:
    typed = request.args.get("page", "1")
    if not (typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) > 0):
        abort(404)
    return int(typed)


def _waited(since: date, today: date) -> bool:
    return (today - since).days > HEADS_THE_DESK_DAYS
