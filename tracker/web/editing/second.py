"""Verdicts that wait for a second reader: of whatever group, never the person who gave them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.domain.permissions import Act
from tracker.storage import assessments
from tracker.web.access import Access, access
from tracker.web.editing.room import room
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("second_readers", __name__)


@blueprint.get("/second-readers")
@access(Access.REVIEWER, act=Act.COUNTERSIGN)
def waiting() -> ResponseReturnValue:
    """What somebody else has to read: verdicts “not an answer” nobody has countersigned, and contested ones."""
    with site().database.reading() as session:
        found = assessments.for_second_reader(session)
    return render_template(
        "editing/second_readers.html",
        theirs=[one for one in found if one.assessment.user_id != me().user_id],
        mine=[one for one in found if one.assessment.user_id == me().user_id],
        countersign=site().config.site.countersign,
    )
