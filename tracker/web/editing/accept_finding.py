"""Take a finding over, corrected where need be: as an item, a response, or a note on a timeline."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.permissions import Act
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Basis, BodyKind, Role, Trigger
from tracker.services.accept_suggested import place_of
from tracker.services.draft_decision import (
    ItemDecision,
    UpdateDecision,
    draft_item,
    draft_update,
)
from tracker.services.enter_process import EnterBody
from tracker.services.entry import MOST_ADDRESSEES, OwedBy
from tracker.services.foresee import Foreseen, preview_without_document
from tracker.services.review import accept_new_item, accept_update, item_of
from tracker.storage import entries
from tracker.storage.findings import Waiting
from tracker.storage.tables import Item
from tracker.web.access import Access, access
from tracker.web.editing import choices
from tracker.web.editing.deadline_fields import read_deadline, typed_of
from tracker.web.editing.finding_words import shown
from tracker.web.editing.form import Form
from tracker.web.editing.guard import demand_right
from tracker.web.editing.queue_place import kept, next_one
from tracker.web.editing.review import look_up
from tracker.web.editing.room import attempt, room, status
from tracker.web.editing.signed_in import me, my_group
from tracker.web.locale import tongue
from tracker.web.site import site

blueprint = room("accept_finding", __name__)
ROWS = 4


@blueprint.route("/review/<int:id>/item", methods=["GET", "POST"])
@access(Access.EDITOR, act=Act.DECIDE)
def accept_as_item(id: int) -> ResponseReturnValue:
    """The finding as a new item with its addressees and its clock."""
    waiting = look_up(id)
    form = Form.sent() if request.method == "POST" else _item_begun(waiting)
    foreseen: list[Foreseen] = []
    if request.method == "POST":
        said = _item_said(form)
        if form.ticked("preview"):
            foreseen = _preview(form, said)
        elif attempt(form, lambda session: _entered(session, waiting, said)) is not None:
            return next_one(_("Entered, and public from now on."), id)
    with site().database.reading() as session:
        documents = [
            (one.key, f"{tongue().colon(process.name)} {one.title}")
            for one, process in entries.documents(session, my_group())
        ]
        bodies = entries.bodies(session)
    page = render_template(
        "editing/review/item.html",
        form=form,
        one=shown(waiting),
        kept=kept(),
        foreseen=foreseen,
        rows=_rows(form),
        documents=documents,
        bodies=bodies,
        roles=choices.words(Role),
        body_kinds=choices.words(BodyKind),
        bases=choices.words(Basis),
        triggers=choices.words(Trigger),
        rules=choices.rules(),
    )
    return page, status(form)


def _entered(session: Session, waiting: Waiting, said: ItemDecision) -> Item:
    demand_right(session, Act.DECIDE, place_of(waiting, said.document))
    id_, who = waiting.finding.id or 0, me()
    return accept_new_item(session, site().now(), id_, said, actor=who.actor, user_id=who.user_id)


def _item_begun(waiting: Waiting) -> Form:
    with site().database.reading() as session:
        said = draft_item(session, waiting)
    form = Form({"title": said.title, "text": said.text, "ref": said.ref, "document": said.document})
    for n, owed in enumerate(said.addressees, 1):
        form.typed[f"body-{n}"] = owed.new.name if owed.new else owed.body
        if owed.new:
            form.typed[f"new-{n}"] = "1"
            form.typed[f"new-{n}-kind"] = owed.new.kind.value
            form.typed[f"new-{n}-jurisdiction"] = owed.new.jurisdiction
    for name, value in typed_of(said.deadline).items():
        form.typed[name] = value
    return form


def _rows(form: Form) -> int:
    """Room for all addressees that were proposed or typed, and never for fewer than most items have."""
    last = max((n for n in range(1, MOST_ADDRESSEES + 1) if form.value(f"body-{n}").strip()), default=0)
    return max(ROWS, last)


def _item_said(form: Form) -> ItemDecision:
    named = (n for n in range(1, _rows(form) + 1) if form.value(f"body-{n}").strip())
    return ItemDecision(
        title=form.needed("title"),
        text=form.text("text", lines=True),
        ref=form.text("ref"),
        document=form.text("document"),
        addressees=tuple(_owed_by(form, n) for n in named),
        deadline=read_deadline(form),
    )


def _owed_by(form: Form, n: int) -> OwedBy:
    name, role = form.text(f"body-{n}"), form.needed_of(f"role-{n}", Role, Role.LEAD)
    if not form.ticked(f"new-{n}"):
        return OwedBy(body=name, role=role)
    kind = form.needed_of(f"new-{n}-kind", BodyKind, BodyKind.GOVERNMENT)
    new = EnterBody(name=name, kind=kind, jurisdiction=form.text(f"new-{n}-jurisdiction"))
    return OwedBy(new=new, role=role)


def _preview(form: Form, said: ItemDecision) -> list[Foreseen]:
    """The dates as they would be; nothing is kept, so the document need not be there yet."""
    if form.errors:
        return []
    try:
        with site().database.reading() as session:
            return preview_without_document(session, site().now(), item_of(said, said.document))
    except NotAccepted as refused:
        form.refuse(refused.refusals)
        return []


@blueprint.route("/review/<int:id>/update", methods=["GET", "POST"])
@access(Access.EDITOR, act=Act.DECIDE)
def accept_as_update(id: int) -> ResponseReturnValue:
    """The finding as a note on an item's timeline."""
    waiting = look_up(id)
    form = Form.sent() if request.method == "POST" else _update_begun(waiting)
    if request.method == "POST":
        said, now = _update_said(form), site().now()
        noted = attempt(
            form, lambda s: accept_update(s, now, id, said, actor=me().actor, user_id=me().user_id)
        )
        if noted is not None:
            return next_one(_("It stands on the item’s timeline."), id)
    return render_template("editing/review/update.html", form=form, one=shown(waiting), kept=kept()), status(
        form
    )


def _update_begun(waiting: Waiting) -> Form:
    said = draft_update(waiting)
    happened = str(said.happened or "")
    return Form({"item": said.item, "text": said.text, "happened": happened, "url": said.url})


def _update_said(form: Form) -> UpdateDecision:
    return UpdateDecision(
        item=form.needed("item"),
        text=form.text("text", lines=True),
        happened=form.partial("happened"),
        url=form.text("url"),
    )
