"""Decide a finding with one key: take it over as suggested, ask me later, undo what I did last."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.permissions import Act
from tracker.services.accept_suggested import accept_suggested, changed_by
from tracker.services.put_off import put_off
from tracker.services.undo_decision import Undoable, undo_last, undoable
from tracker.web.access import Access, access
from tracker.web.editing.finding_words import DECIDED, KINDS
from tracker.web.editing.form import Form
from tracker.web.editing.guard import demand_right
from tracker.web.editing.queue_place import kept, next_one
from tracker.web.editing.review import finding_page, look_up
from tracker.web.editing.room import attempt, room, status
from tracker.web.editing.signed_in import me
from tracker.web.locale import tongue
from tracker.web.ownership import Named
from tracker.web.site import site

blueprint = room("decide_finding", __name__)


@blueprint.post("/review/<int:id>/accept")
@access(Access.EDITOR, act=Act.DECIDE)
def accept(id: int) -> ResponseReturnValue:
    """Take it over just as it is suggested."""
    kind = look_up(id).finding.kind
    form, now, actor, user_id = Form.sent(), site().now(), me().actor, me().user_id

    def change(session: Session) -> None:
        demand_right(session, Act.DECIDE, *changed_by(session, look_up(id)))
        accept_suggested(session, now, id, actor=actor, user_id=user_id)

    attempt(form, change)
    if form.errors:
        return finding_page(form, id)
    return next_one(_SAID[kind](), id)


_SAID: Mapping[str, Callable[[], str]] = {
    "response": lambda: _("The response is on record; it waits to be judged."),
    "new_item": lambda: _("Entered, and public from now on."),
    "update": lambda: _("It stands on the item’s timeline."),
}


@blueprint.post("/review/<int:id>/later")
@access(Access.EDITOR, act=Act.DECIDE)
def later(id: int) -> ResponseReturnValue:
    """Out of the queue until a day."""
    form, now, actor, user_id = Form.sent(), site().now(), me().actor, me().user_id
    until = _until(form, now.date())
    attempt(form, lambda session: put_off(session, now, id, until, actor=actor, user_id=user_id))
    if form.errors:
        return finding_page(form, id)
    return next_one(_("It comes back on %(day)s.", day=tongue().day(until)), id)


def _until(form: Form, today: date) -> date:
    """A day somebody typed, else so many days from today."""
    if form.value("until").strip():
        return form.needed_day("until")
    days = form.number("days")
    return today + timedelta(days=min(days if days is not None else 0, 10_000))


@blueprint.route("/review/undo", methods=["GET", "POST"])
@access(Access.EDITOR, act=Act.DECIDE)
def undo() -> ResponseReturnValue:
    """What I decided last, what undoing it does, and the button that does it."""
    form, now, member = Form.sent() if request.method == "POST" else Form(), site().now(), me()
    if request.method == "POST":
        reason = form.text("reason")

        def change(session: Session) -> Undoable:
            found = undoable(session, now, member.user_id)
            if found is not None:
                demand_right(session, Act.DECIDE, *_made(found))
            return undo_last(session, now, reason, actor=member.actor, user_id=member.user_id)

        undone = attempt(form, change)
        if undone is not None:
            flash(_("Undone: it waits again."))
            return redirect(url_for("review.finding", id=undone.waiting.finding.id, **kept()), 303)
    else:
        form.typed["reason"] = _("Taken over by mistake.")
    with site().database.reading() as session:
        last = undoable(session, now, member.user_id)
    page = render_template(
        "editing/review/undo.html",
        form=form,
        last=last,
        decided=DECIDED,
        kinds={key: said() for key, said in KINDS.items()},
        kept=kept(),
    )
    return page, status(form)


def _made(last: Undoable) -> list[Named]:
    """What undoing it would change: the finding, and the item it became."""
    item = str(last.decision.made.get("item") or "")
    return [("finding", last.waiting.finding.id or 0), *([("item", item)] if item else [])]
