"""Enter an item with its addressees; see the dates before anything is kept."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.permissions import Act
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Basis, BodyKind, ItemKind, ObligationKind, Role, Trigger
from tracker.services.enter import EnterItem, Foreseen, OwedBy, enter_item, preview
from tracker.services.enter_process import EnterBody
from tracker.storage import entries
from tracker.web.access import Access, access
from tracker.web.editing import choices
from tracker.web.editing.deadline_fields import read_deadline
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import may_do, me, my_group
from tracker.web.locale import tongue
from tracker.web.site import site

blueprint = room("new_item", __name__)
ROWS_AT_FIRST, ROWS_MORE, MOST_ROWS = 3, 3, 40
_KEPT_IN_ADDRESS = ("document", "rule", "basis", "owes")


@blueprint.route("/items/new", methods=["GET", "POST"])
@access(Access.CONTRIBUTOR)
def new_item() -> ResponseReturnValue:
    """One page: what was asked, who owes an answer, by when and why."""
    form = Form.sent() if request.method == "POST" else Form(_begin())
    rows = _rows(form)
    if request.method != "POST" or form.ticked("more"):
        return _page(form, rows + ROWS_MORE if form.ticked("more") else rows, [])
    said = _read(form, rows)
    if form.errors:
        _find_more(form, said)
    if form.ticked("preview"):
        return _page(form, rows, _preview(form, said))
    now, actor, user_id = site().now(), me().actor, me().user_id
    entered = attempt(form, lambda session: enter_item(session, now, said, actor=actor, user_id=user_id))
    if entered is None:
        return _page(form, rows, [])
    sentence = _("Kept as a draft.") if said.draft else _("Entered, and public from now on.")
    return done(sentence, url_for("edit_item.edit_item", key=entered.key))


def _begin() -> dict[str, str]:
    """What may stand in the address: the document and rule of the item entered before."""
    kept = {name: request.args[name] for name in _KEPT_IN_ADDRESS if name in request.args}
    return {"item_kind": ItemKind.RECOMMENDATION.value, "owes": ObligationKind.RESPOND.value} | kept


def _rows(form: Form) -> int:
    typed = form.value("rows")
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else ROWS_AT_FIRST
    return max(1, min(wanted, MOST_ROWS))


def _read(form: Form, rows: int) -> EnterItem:
    return EnterItem(
        document=form.text("document"),
        title=form.text("title"),
        text=form.text("text", lines=True),
        ref=form.text("ref"),
        kind=form.needed_of("item_kind", ItemKind, ItemKind.RECOMMENDATION),
        topics=tuple(form.typed.getlist("topics")),
        addressees=tuple(_owed_by(form, n) for n in range(1, rows + 1) if form.value(f"body-{n}").strip()),
        deadline=read_deadline(form),
        draft=form.ticked("draft") or not may_do(Act.ENTER),
    )


def _owed_by(form: Form, n: int) -> OwedBy:
    name, is_new = form.text(f"body-{n}"), form.ticked(f"new-{n}")
    kind = form.needed_of(f"new-{n}-kind", BodyKind, BodyKind.GOVERNMENT)
    new = EnterBody(name=name, kind=kind, jurisdiction=form.text(f"new-{n}-jurisdiction"))
    return OwedBy(
        body="" if is_new else name,
        new=new if is_new else None,
        role=form.needed_of(f"role-{n}", Role, Role.LEAD),
        kind=form.needed_of("owes", ObligationKind, ObligationKind.RESPOND),
        periods=form.number("periods") or 0,
    )


def _find_more(form: Form, said: EnterItem) -> None:
    """What else is wrong beside the fields that could not be read: told at once, not one round later."""
    unread = set(form.errors)
    try:
        with site().database.reading() as session:
            preview(session, site().now(), said)
    except NotAccepted as refused:
        form.refuse(one for one in refused.refusals if one.field not in unread)


def _preview(form: Form, said: EnterItem) -> list[Foreseen]:
    if form.errors:
        return []
    try:
        with site().database.reading() as session:
            return preview(session, site().now(), said)
    except NotAccepted as refused:
        form.refuse(refused.refusals)
        return []


def _page(form: Form, rows: int, foreseen: list[Foreseen]) -> ResponseReturnValue:
    with site().database.reading() as session:
        documents = [
            (one.key, f"{tongue().colon(process.name)} {one.title}")
            for one, process in entries.documents(session, my_group())
        ]
        bodies = entries.bodies(session)
    page = render_template(
        "editing/new_item.html",
        form=form,
        rows=min(rows, MOST_ROWS),
        foreseen=foreseen,
        documents=documents,
        bodies=bodies,
        item_kinds=choices.words(ItemKind),
        owes=choices.words(ObligationKind),
        roles=choices.words(Role),
        body_kinds=choices.words(BodyKind),
        bases=choices.words(Basis),
        triggers=choices.words(Trigger),
        rules=choices.rules(),
        topics=choices.top_topics(),
    )
    return page, status(form)
