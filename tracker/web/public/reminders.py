"""The link of each reminder: a page with a button that stops reminders to that mailbox; opening it changes nothing."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.reminding import NotReminded
from tracker.services.stop_reminders import opened, stop_reminders
from tracker.web.access import Access, access
from tracker.web.public.sent_here import quietly
from tracker.web.site import site

blueprint = Blueprint("reminders", __name__)


@blueprint.get("/reminders/<token>")
@access(Access.TOKEN)
def reminders(token: str) -> ResponseReturnValue:
    """For which bodies this mailbox is reminded, and the button."""
    with site().database.reading() as session:
        found = opened(session, token, site().now())
    if found is None:
        abort(404, _("This link leads nowhere any more. The newest reminder has one that works."))
    box, bodies = found
    stopped = box.problem is NotReminded.ASKED
    return quietly(
        render_template("public/reminders.html", token=token, box=box, bodies=bodies, stopped=stopped)
    )


@blueprint.post("/reminders/<token>")
@access(Access.TOKEN)
def stopped(token: str) -> ResponseReturnValue:
    """No more reminders to this mailbox."""
    with site().database.writing() as session:
        known = stop_reminders(session, token, site().now())
    if not known:
        abort(404, _("This link leads nowhere any more. The newest reminder has one that works."))
    return reminders(token)
