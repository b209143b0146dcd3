"""Objections that wait for an editor, and how each ended; corrections in plain words."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.objected import ENDINGS
from tracker.domain.permissions import Act
from tracker.domain.words import ObjectionState
from tracker.services.note_correction import note_correction
from tracker.services.object_end import end_objection
from tracker.storage import objections as stored
from tracker.storage.objections import Raised
from tracker.web import ownership
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.public.sent_here import seal
from tracker.web.site import site
from tracker.web.wording import named

blueprint = room("objections", __name__)


@blueprint.get("/objections")
@access(Access.EDITOR)
def waiting() -> ResponseReturnValue:
    """The open ones, the oldest first; what ended lately."""
    now = site().now()
    with site().database.reading() as session:
        open_ = _by_number(stored.open_ones(session))
        ended = _by_number(stored.ended_ones(session))
    return render_template("editing/objections.html", open=open_, ended=ended, today=now.date())


def _by_number(rows: list[Raised]) -> list[list[Raised]]:
    """What came in one form stands together."""
    found: dict[str, list[Raised]] = {}
    for one in rows:
        found.setdefault(one.objection.number or f"#{one.objection.id}", []).append(one)
    return list(found.values())


@blueprint.route("/objections/<number>", methods=["GET", "POST"])
@access(Access.EDITOR)
def objection(number: str) -> ResponseReturnValue:
    """One receipt: what the body says, and how it ends."""
    form = Form.sent() if request.method == "POST" else Form()
    if request.method == "POST":
        state = form.needed_of("state", ObjectionState)
        outcome, only = form.text("outcome", lines=True), form.ids("only")
        now, actor = site().now(), me().actor
        if not only:
            form.errors.setdefault("only", []).append(_("Tick at least one entry."))

        def change(session: Session) -> int:
            if ownership.refused(session, me().acting, Act.ENTER, [("objection", one) for one in only]):
                abort(403, _("This belongs to another group: its people change it."))
            return end_objection(session, now, number, state, outcome, actor=actor, seal=seal(), only=only)

        if attempt(form, change):
            return done(_("Ended, with the reasons in the public log."), url_for(".objection", number=number))
    with site().database.reading() as session:
        rows = stored.of_number(session, number)
    if not rows:
        abort(404)
    page = render_template(
        "editing/objection.html",
        form=form,
        number=number,
        rows=rows,
        first=rows[0].objection,
        states=[(state.value, named(state)) for state in ENDINGS],
    )
    return page, status(form)


@blueprint.route("/corrections", methods=["GET", "POST"])
@access(Access.EDITOR)
def correction() -> ResponseReturnValue:
    """A correction in plain words."""
    typed = {"item": request.args.get("item", "")[:80]}
    form = Form.sent() if request.method == "POST" else Form(typed)
    if request.method == "POST":
        text, item = form.text("text", lines=True), form.text("item").rstrip("/").rpartition("/")[2]
        now, actor = site().now(), me().actor
        if attempt(form, lambda session: note_correction(session, now, text, item, actor=actor)):
            return done(_("It stands under Corrections from now on."), url_for(".correction"))
    return render_template("editing/correction.html", form=form), status(form)
