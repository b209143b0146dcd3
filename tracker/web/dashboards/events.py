"""The public log: every public change, newest first."""

from dataclasses import fields

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.storage import events as log
from tracker.web.access import Access, access
from tracker.web.known_arguments import insist_on
from tracker.web.listing import PER_PAGE, asked_filters
from tracker.web.site import site
from tracker.web.when import when

blueprint = Blueprint("events", __name__)
ASKED = (*(one.name for one in fields(Filters)), "as_of", "hindsight", "before")
"""The log has no pages by number: new entries would move them."""


@blueprint.get("/events")
@access(Access.PUBLIC)
def events() -> str:
    """A page of the log; `?before=` goes back in it."""
    insist_on(ASKED)
    seen = when()
    until_at = seen.moment.at if seen.as_of else None
    with site().database.reading() as session:
        query = ListQuery(ListName.ALL, asked_filters(session))
        found = log.events(
            session,
            query,
            limit=PER_PAGE + 1,
            before_id=_before(),
            order="log_backwards",
            until_at=until_at,
        )
        return render_template(
            "dashboards/events.html",
            events=found[:PER_PAGE],
            next_before=found[PER_PAGE - 1].id if len(found) > PER_PAGE else None,
            when=seen,
            total=log.count(session, query, until_at=until_at),
            most=log.MOST_COUNTED,
            filters=query.filters.given(),
        )


def _before() -> int | None:
    written = request.args.get("before", "")
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) < 16):
        raise BadRequest(_("before=%(before)s is no place in the log: write a number.", before=written[:40]))
    return int(written)
