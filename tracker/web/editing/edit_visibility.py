"""How far something may travel: public, by link only, or withheld; and where a public archive has a copy of a page."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.permissions import Act
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Visibility
from tracker.services.withhold import KINDS, Thing, find_one, let_out, note_archive, withhold
from tracker.storage import withheld
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.guard import demand
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

OF_EVERYBODY = ("process", "body")
"""What carries the entries of many: to hide one is for who may withhold."""
blueprint = room("edit_visibility", __name__)
CHOICES = (Visibility.PUBLIC, Visibility.LINK_ONLY, Visibility.WITHHELD)


@blueprint.get("/visibility/<kind>/<key>")
@access(Access.EDITOR)
def edit_visibility(kind: str, key: str) -> ResponseReturnValue:
    """What holds now."""
    return _page(kind, key, Form())


@blueprint.post("/visibility/<kind>/<key>")
@access(Access.EDITOR)
def changed(kind: str, key: str) -> ResponseReturnValue:
    """Release it, show it by link only, or withhold it; the reason is public."""
    form = Form.sent()
    wanted, reason = form.needed_of("visibility", Visibility), form.text("reason")
    now, actor, user_id = site().now(), me().actor, me().user_id
    grave = wanted is Visibility.WITHHELD or kind in OF_EVERYBODY or _is_withheld(kind, key)
    elsewhere = demand(Act.WITHHOLD) if grave else None
    if elsewhere is not None:
        return elsewhere

    def change(session: Session) -> bool:
        thing = find_one(session, key, kind)
        if wanted is Visibility.PUBLIC:
            let_out(session, now, thing, reason, actor=actor, user_id=user_id)
        else:
            only = wanted is Visibility.LINK_ONLY
            withhold(session, now, thing, reason, link_only=only, actor=actor, user_id=user_id)
        return True

    if _exists(kind, key) and attempt(form, change):
        return done(_("Changed, in the public log too."), url_for(".edit_visibility", kind=kind, key=key))
    return _page(kind, key, form)


@blueprint.post("/visibility/evidence/<key>/archive")
@access(Access.EDITOR)
def archived(key: str) -> ResponseReturnValue:
    """Where a public archive has a copy."""
    form = Form.sent()
    address = form.text("archive_url")

    def change(session: Session) -> bool:
        note_archive(session, site().now(), find_one(session, key, "evidence"), address, actor=me().actor)
        return True

    if _exists("evidence", key) and attempt(form, change):
        return done(_("Kept."), url_for(".edit_visibility", kind="evidence", key=key))
    return _page("evidence", key, form)


def _is_withheld(kind: str, key: str) -> bool:
    """Letting out what was withheld is for who may withhold."""
    with site().database.reading() as session:
        return bool(_known(session, kind, key).row.visibility is Visibility.WITHHELD)


def _exists(kind: str, key: str) -> bool:
    with site().database.reading() as session:
        _known(session, kind, key)
    return True


def _known(session: Session, kind: str, key: str) -> Thing:
    if kind not in KINDS:
        abort(404)
    try:
        return find_one(session, key, kind)
    except NotAccepted:
        abort(404)


def _page(kind: str, key: str, form: Form) -> ResponseReturnValue:
    with site().database.reading() as session:
        thing = _known(session, kind, key)
        stone = withheld.tombstone(session, kind, thing.key)
        form.typed.setdefault("visibility", thing.row.visibility.value)
        form.typed.setdefault("archive_url", getattr(thing.row, "archive_url", "") or "")
        title = next(
            filter(None, (getattr(thing.row, name, "") for name in ("title", "name", "address"))), ""
        )
    page = render_template(
        "editing/edit_visibility.html", form=form, thing=thing, title=title, stone=stone, choices=CHOICES
    )
    return page, status(form)
