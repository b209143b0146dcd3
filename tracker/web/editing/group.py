"""A group's page for its administrators: what it says of itself, and the processes it owns."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.permissions import Act
from tracker.services.group_settings import Settings, describe, give_process
from tracker.storage import entries
from tracker.storage.people import group_by_id, groups
from tracker.storage.tables import Group
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me, my_group
from tracker.web.site import site

blueprint = room("group", __name__)
FIELDS = ("name", "about", "paid_by", "website")


@blueprint.route("/group", methods=["GET", "POST"])
@access(Access.ADMIN)
def group() -> ResponseReturnValue:
    """Name, purpose, who pays; and which processes could go to another group."""
    form = Form.sent()
    if request.method == "POST":
        said = Settings(
            name=form.text("name"),
            about=form.text("about", lines=True),
            paid_by=form.text("paid_by", lines=True),
            website=form.text("website"),
        )
        now = site().now()

        def change(session: Session) -> bool:
            describe(session, now, _mine(session), said, me().user_id)
            return True

        if attempt(form, change):
            return done(_("Kept."), url_for(".group"))
    return _page(form)


@blueprint.post("/processes/<key:key>/group")
@access(Access.ADMIN, act=Act.HAND_OVER, fresh=True)
def hand_over(key: str) -> ResponseReturnValue:
    """Give a process to another group: from then on its people change it."""
    form, now = Form.sent(), site().now()
    name = attempt(form, lambda session: give_process(session, now, key, form.value("to"), me().user_id))
    if name is None:
        return _page(form)
    return done(_("Handed over to %(group)s.", group=name), url_for(".group"))


def _mine(session: Session) -> Group:
    found = group_by_id(session, me().group_id)
    if found is None:
        abort(404)
    return found


def _page(form: Form) -> ResponseReturnValue:
    with site().database.reading() as session:
        mine = _mine(session)
        owned = entries.processes(session, my_group())
        others = [one for one in groups(session) if my_group() is None or one.id != mine.id]
    for name in FIELDS:
        if name not in form.typed:
            form.typed[name] = getattr(mine, name)
    page = render_template("editing/group.html", form=form, group=mine, owned=owned, others=others)
    return page, status(form)
