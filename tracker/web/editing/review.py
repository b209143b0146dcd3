"""The review queue: what the readers found, the oldest first, each with why it is proposed."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.services.review import accept_as_known, open_findings, reject
from tracker.storage import entries, findings
from tracker.storage.findings import Waiting
from tracker.web.access import Access, access
from tracker.web.editing.finding_words import KINDS, Shown, shown
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("review", __name__)
AT_ONCE = 25


@blueprint.get("/review")
@access(Access.REVIEWER)
def queue() -> ResponseReturnValue:
    """What waits for a decision, by source and kind."""
    source, kind = request.args.get("source", "")[:80], request.args.get("kind", "")[:20]
    after = request.args.get("after", "")
    after_id = int(after) if after.isascii() and after.isdigit() and len(after) < 12 else 0
    with site().database.reading() as session:
        found = open_findings(session, source=source, kind=kind, limit=AT_ONCE + 1, after_id=after_id)
        counts = findings.counts(session)
        waiting = [shown(one) for one in found]
        owing = {one.id: one for one in entries.owed(session, _first_suggested(waiting))}
    more = waiting[AT_ONCE - 1].id if len(waiting) > AT_ONCE else None
    return render_template(
        "editing/review/queue.html",
        waiting=waiting[:AT_ONCE],
        owing=owing,
        counts=counts,
        kinds={key: said() for key, said in KINDS.items()},
        source=source,
        kind=kind,
        more=more,
    )


def _first_suggested(waiting: list[Shown]) -> list[int]:
    return [one.suggested[0][0] for one in waiting if one.suggested]


WAYS = {
    "new_item": "accept_finding.accept_as_item",
    "response": "accept_finding.accept_as_response",
    "update": "accept_finding.accept_as_update",
}
"""The page on which each kind of finding is taken over at first; a person may choose another."""


@blueprint.route("/review/<int:id>", methods=["GET", "POST"])
@access(Access.REVIEWER)
def finding(id: int) -> ResponseReturnValue:
    """One finding: what the source says, and nothing to fill in but why it is rejected."""
    form = Form.sent() if request.method == "POST" else Form()
    if request.method == "POST":
        note = form.needed("note")
        now, actor, user_id = site().now(), me().actor, me().user_id
        attempt(form, lambda session: reject(session, now, id, note, actor=actor, user_id=user_id))
        if not form.errors:
            return next_one(_("Rejected."), id)
    page = render_template("editing/review/finding.html", form=form, one=shown(look_up(id)), ways=WAYS)
    return page, status(form)


@blueprint.post("/review/<int:id>/known")
@access(Access.REVIEWER)
def known(id: int) -> ResponseReturnValue:
    """The finding is an item we have: watch its page from now on."""
    form = Form.sent()
    key, now, actor, user_id = form.needed("item"), site().now(), me().actor, me().user_id
    attempt(form, lambda session: accept_as_known(session, now, id, key, actor=actor, user_id=user_id))
    if not form.errors:
        return next_one(_("Its page is watched for the answer from now on."), id)
    page = render_template("editing/review/finding.html", form=form, one=shown(look_up(id)), ways=WAYS)
    return page, status(form)


def look_up(id: int) -> Waiting:
    """The finding of an address, or 404."""
    with site().database.reading() as session:
        found = findings.one(session, id)
        session.expunge_all()
    if found is None:
        abort(404)
    return found


def next_one(sentence: str, id: int) -> ResponseReturnValue:
    """On to the next finding of the queue, else back to the queue."""
    with site().database.reading() as session:
        following = open_findings(session, limit=1, after_id=id) or open_findings(session, limit=1)
        address = (
            url_for("review.finding", id=following[0].finding.id) if following else url_for("review.queue")
        )
    return done(sentence, address)
