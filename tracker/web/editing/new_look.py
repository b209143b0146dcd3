"""“I looked, nothing there”: for one obligation or many; and taking such a look back."""

from datetime import date

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.services.choose import today_where
from tracker.services.look import Look, look
from tracker.services.take_back import withdraw_look
from tracker.storage import entries, segments
from tracker.storage.checks import places_before
from tracker.storage.entries import Owed, owed
from tracker.storage.tables import Check
from tracker.web.access import Access, access
from tracker.web.editing import picking
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("new_look", __name__)


@blueprint.route("/looks/new", methods=["GET", "POST"])
@access(Access.CONTRIBUTOR)
def new_look() -> ResponseReturnValue:
    """Where one looked, on which day, for whom."""
    form = Form.sent() if request.method == "POST" else _begin()
    if request.method == "POST" and not form.ticked("find"):
        said = _read(form)
        now, actor, user_id = site().now(), me().actor, me().user_id
        if attempt(form, lambda session: look(session, now, said, actor=actor, user_id=user_id)):
            return _kept(said)
    with site().database.reading() as session:
        found = picking.found(session, form)
        places = places_before(session, form.ids("obligations"))
    page = render_template("editing/new_look.html", form=form, found=found, places=places)
    return page, status(form)


def _kept(said: Look) -> ResponseReturnValue:
    """On to the item where there is one; a look before the due day says nothing about what is due."""
    now = site().now()
    with site().database.reading() as session:
        about = owed(session, said.obligations)
        shown = [entries.at_the_moment(segments.current(session, one.id), now) for one in about]
    early = [one.due_on for one in shown if one and one.due_on and said.looked_on <= one.due_on]
    sentence = _("The look is on record.")
    if early:
        more = _(
            "Some answers are not due yet, the first on %(day)s: after its due day each needs another look.",
            day=format_date(min(early), "d MMMM y"),
        )
        sentence = f"{sentence} {more}"
    items = {one.item.key for one in about}
    address = url_for("edit_item.edit_item", key=items.pop()) if len(items) == 1 else url_for("desk.desk")
    return done(sentence, address)


def _begin() -> Form:
    form = picking.begun(())
    with site().database.reading() as session:
        chosen = owed(session, form.ids("obligations"))
        form.typed["places"] = "\n".join(places_before(session, [one.id for one in chosen])[:5])
    form.typed["looked_on"] = first_today(chosen).isoformat()
    return form


def first_today(chosen: list[Owed]) -> date:
    """The day it is at all of these bodies: what a look made now can be dated by."""
    now = site().now()
    return min((today_where(one, now) for one in chosen), default=now.date())


def _read(form: Form) -> Look:
    return Look(
        obligations=form.ids("obligations"),
        looked_on=form.needed_day("looked_on"),
        places=form.listed("places"),
        note=form.text("note", lines=True),
        late_entry=form.ticked("late_entry"),
    )


@blueprint.route("/looks/<int:id>/withdraw", methods=["GET", "POST"])
@access(Access.EDITOR)
def withdraw(id: int) -> ResponseReturnValue:
    """Take a look back, with the reason in public."""
    with site().database.reading() as session:
        made = session.get(Check, id)
    if made is None:
        abort(404)
    form = Form.sent()
    if request.method == "POST" and attempt(form, lambda session: _taken_back(session, id, form)):
        return done(_("The look is taken back."), url_for("desk.desk"))
    return render_template("editing/withdraw_look.html", form=form, made=made), status(form)


def _taken_back(session: Session, id_: int, form: Form) -> bool:
    made = session.get(Check, id_)
    if made is not None:
        withdraw_look(
            session, site().now(), made, form.text("reason"), actor=me().actor, user_id=me().user_id
        )
    return True
