"""The grid: many items of one document on one page, with what they have in common above; kept all or none."""

from flask import Flask, Request, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from sqlmodel import Session

from tracker.domain.permissions import Act
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Basis, ItemKind, ObligationKind, Trigger, Visibility
from tracker.services.enter_many import MOST_ROWS, complaints_of, enter_many, foresee_many, publish_drafts
from tracker.storage import document_entry
from tracker.storage.tables import Document, Item, Process
from tracker.web.access import Access, access
from tracker.web.editing import choices
from tracker.web.editing.form import Form
from tracker.web.editing.grid_dates import Reckoning, reckonings
from tracker.web.editing.grid_names import put_right, unknown_names
from tracker.web.editing.grid_rows import ROWS_MORE, begun, document_of, read_rows, rows_of, typed_defaults
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import may_do, me
from tracker.web.site import Site, site

blueprint = room("grid", __name__)
MOST_NAMES = 1000
"""Of bodies listed for those who type without help; a longer list helps nobody."""
MOST_FIELDS, MOST_BYTES = 2000, 8_000_000
"""Of a grid's form: a hundred rows with the whole text of each."""


def prepare(app: Flask, _handed: Site) -> None:
    """A grid is a larger form than any other: its limits are set before its token is read."""

    @app.before_request
    def _room_for_rows() -> None:
        if request.endpoint in ("grid.grid", "proposals.proposals"):
            make_room(request)


def make_room(sent: Request) -> None:
    """More fields and bytes than other forms may have."""
    sent.max_form_parts = MOST_FIELDS
    sent.max_form_memory_size = MOST_BYTES


@blueprint.route("/documents/<key:key>/items", methods=["GET", "POST"])
@access(Access.CONTRIBUTOR)
def grid(key: str) -> ResponseReturnValue:
    """Fill in, see the dates, keep as drafts or publish."""
    if request.method != "POST":
        return page(key, _first_form(key))
    form = Form.sent()
    put_right(form)
    if form.ticked("more"):
        form.typed["rows"] = str(min(rows_of(form) + ROWS_MORE, MOST_ROWS))
        return page(key, form)
    if form.ticked("preview") or not (form.ticked("draft") or form.ticked("publish")):
        return page(key, form, _foreseen(key, form))
    is_draft = form.ticked("draft") or not may_do(Act.ENTER)
    entered = _enter(key, form, is_draft)
    if entered is None:
        return page(key, form)
    said = (
        ngettext("One item is kept as a draft.", "%(num)d items are kept as drafts.", len(entered))
        if is_draft
        else ngettext(
            "One item is public from now on.", "%(num)d items are public from now on.", len(entered)
        )
    )
    return done(said, url_for(".grid", key=key))


@blueprint.post("/documents/<key:key>/publish")
@access(Access.EDITOR)
def publish(key: str) -> ResponseReturnValue:
    """Let out every draft of a document."""
    form, now = Form.sent(), site().now()

    def change(session: Session) -> tuple[int]:
        document = known(session, key)
        return (publish_drafts(session, now, document, actor=me().actor, user_id=me().user_id),)

    published = attempt(form, change)
    if published is None:
        return page(key, form)
    said = ngettext("One item is public from now on.", "%(num)d items are public from now on.", published[0])
    return done(said, url_for(".grid", key=key))


def known(session: Session, key: str) -> Document:
    """The document of that key, or 404."""
    found = document_of(session, key)
    if found is None:
        abort(404)
    return found


def _first_form(key: str) -> Form:
    with site().database.reading() as session:
        return begun(document_entry.defaults_of(session, known(session, key)))


def _foreseen(key: str, form: Form) -> list[Reckoning]:
    with site().database.reading() as session:
        document = known(session, key)
        rows = read_rows(session, form, document, draft=True)
        if form.errors:
            unread = set(form.errors)
            form.refuse(one for one in complaints_of(session, document, rows) if one.field not in unread)
            return []
        try:
            return reckonings(foresee_many(session, site().now(), document, rows))
        except NotAccepted as refused:
            form.refuse(refused.refusals)
            return []


def _enter(key: str, form: Form, is_draft: bool) -> list[Item] | None:
    now, actor, user_id = site().now(), me().actor, me().user_id
    with site().database.reading() as session:
        document = known(session, key)
        rows = read_rows(session, form, document, draft=is_draft)
        if form.errors:
            unread = set(form.errors)
            form.refuse(one for one in complaints_of(session, document, rows) if one.field not in unread)

    def change(session: Session) -> list[Item]:
        document = known(session, key)
        document_entry.keep_defaults(session, now, document, typed_defaults(form), actor=actor)
        return enter_many(session, now, document, rows, actor=actor, user_id=user_id)

    return attempt(form, change)


def page(
    key: str, form: Form, dates: list[Reckoning] | None = None, notes: list[str] | None = None
) -> ResponseReturnValue:
    """The page with what was typed, what is wrong with it, and the dates where they were asked for."""
    with site().database.reading() as session:
        document = known(session, key)
        items = document_entry.items_of(session, document)
        process = session.get(Process, document.process_id)
        place = process.jurisdiction if process else ""
        unknown = unknown_names(session, form, place, site().today()) if form.errors else []
        names = [body.names[0] for body in document_entry.names_of_bodies(session)[:MOST_NAMES]]
    rendered = render_template(
        "editing/grid.html",
        form=form,
        document=document,
        process=process,
        items=items,
        drafts=[item for item in items if item.visibility is Visibility.DRAFT],
        dates=dates or [],
        notes=notes or [],
        names=names,
        unknown=unknown,
        rows=rows_of(form),
        most=MOST_ROWS,
        may_publish=may_do(Act.ENTER),
        item_kinds=choices.words(ItemKind),
        owes=choices.words(ObligationKind),
        bases=choices.words(Basis),
        triggers=choices.words(Trigger),
        rules=choices.rules(),
        topics=choices.top_topics(),
    )
    return rendered, status(form)
