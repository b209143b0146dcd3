"""The desk: what waits for somebody, the oldest first."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from tracker.domain.permissions import Act
from tracker.domain.words import UserRole
from tracker.storage import alerts
from tracker.storage.desk import Desk, desk_of
from tracker.storage.endings import undecided
from tracker.storage.health import set_aside
from tracker.storage.log import broken
from tracker.storage.looks_due import places_to_look
from tracker.storage.morning import Waits, morning_of
from tracker.web.access import Access, access, declared
from tracker.web.editing.room import room
from tracker.web.editing.signed_in import may, me
from tracker.web.site import site

blueprint = room("desk", __name__)
HEADS_THE_DESK_DAYS = 14
MORNING = {
    "findings": lazy_gettext("Findings to decide"),
    "to_judge": lazy_gettext("Responses nobody has judged"),
    "second_reader": lazy_gettext("Verdicts that wait for a second reader"),
    "looks": lazy_gettext("Looks that are due"),
    "objections": lazy_gettext("Objections of bodies"),
    "quarantined": lazy_gettext("Readings set aside"),
    "unknown": lazy_gettext("Dates that cannot be computed"),
    "two_dates": lazy_gettext("Stated and computed date differ, nobody has decided"),
    "drafts": lazy_gettext("Drafts"),
    "imports": lazy_gettext("Files you began to bring in"),
    "mailboxes": lazy_gettext("Mailboxes of bodies from which letters come back"),
}
_PLACES: Mapping[str, tuple[str, str, str | None]] = {
    "findings": ("review.queue", "", None),
    "to_judge": ("judge.judge", "id", None),
    "second_reader": ("second_readers.waiting", "", None),
    "looks": ("looks.looks", "", None),
    "objections": ("objections.waiting", "", None),
    "quarantined": ("edit_sources.reading", "id", None),
    "unknown": ("amend.terms", "id", None),
    "two_dates": ("amend.terms", "id", None),
    "drafts": ("desk.desk", "", "drafts"),
    "imports": ("imports.imports", "", None),
    "mailboxes": ("reach.waiting", "", None),
}
"""Where each is acted on; with an argument, at the oldest one."""


@blueprint.get("/")
@access(Access.CONTRIBUTOR, act=Act.SEE)
def desk() -> ResponseReturnValue:
    """Responses to judge, verdicts to countersign, clocks to look at, drafts to finish."""
    now, page = site().now(), _page()
    with site().database.reading() as session:
        found: Desk = desk_of(session, now, me(), page)
        to_decide = undecided(session)
        aside = set_aside(session)
        places = places_to_look(session, [line.id for line in found.unchecked.rows])
        log_broken = broken(session) if may(UserRole.ADMIN) else None
        wish = alerts.wish(session, me().user_id)
        morning = morning_of(session, now, me(), site().config.site.recheck_days)
    if page > found.pages:
        abort(404)
    return render_template(
        "editing/desk.html",
        desk=found,
        log_broken=log_broken,
        mail_stopped_at=wish.stopped_at if wish else None,
        morning=[(one, MORNING[one.kind], _place(one)) for one in morning],
        page=page,
        places=places,
        to_decide=to_decide,
        set_aside=aside,
        today=now.date(),
        waited=_waited,
    )


def _place(one: Waits) -> str:
    """Where one acts on it, one click away; empty where this person may not open it."""
    endpoint, argument, anchor = _PLACES[one.kind]
    needed = declared(current_app, endpoint)
    if needed is None or not may(UserRole(needed.value)):
        return ""
    values: dict[str, Any] = {argument: one.first_id} if argument else {}
    return url_for(endpoint, _anchor=anchor, **values)


def _page() -> int:
    typed = request.args.get("page", "1")
    if not (typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) > 0):
        abort(404)
    return int(typed)


def _waited(since: date, today: date) -> bool:
    return (today - since).days > HEADS_THE_DESK_DAYS
