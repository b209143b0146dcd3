"""Enter a report, plan or text, with its process where that is new too."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.refusals import NotAccepted, refuse
from tracker.domain.words import ProcessKind
from tracker.services.enter_process import EnterDocument, EnterProcess, enter_document, enter_process
from tracker.storage import entries
from tracker.storage.tables import Document
from tracker.web.access import Access, access
from tracker.web.editing import choices
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me, my_group
from tracker.web.site import site

blueprint = room("new_document", __name__)


@blueprint.route("/documents/new", methods=["GET", "POST"])
@access(Access.EDITOR)
def new_document() -> ResponseReturnValue:
    """A document, then on to its first item."""
    form = Form.sent() if request.method == "POST" else Form({"process": request.args.get("process", "")})
    if request.method == "POST":
        made = _entered(form)
        if made is not None:
            address = url_for("grid.grid", key=made.key)
            return done(_("“%(title)s” is entered. Now its items.", title=made.title), address)
    with site().database.reading() as session:
        processes = [(one.key, one.name) for one in entries.processes(session, my_group())]
    kinds = choices.process_kinds()
    page = render_template("editing/new_document.html", form=form, processes=processes, kinds=kinds)
    return page, status(form)


def _entered(form: Form) -> Document | None:
    process = form.text("process")
    new = None if process else _process(form)
    said = EnterDocument(
        process=process, title=form.text("title"), published=form.partial("published"), url=form.text("url")
    )
    now, actor = site().now(), me().actor

    def enter(session: Session) -> Document:
        key = process
        if new is not None:
            with _fields_called("process"):
                key = enter_process(session, now, new, actor=actor).key
        whole = EnterDocument(process=key, title=said.title, published=said.published, url=said.url)
        return enter_document(session, now, whole, actor=actor)

    return attempt(form, enter)


def _process(form: Form) -> EnterProcess:
    return EnterProcess(
        name=form.text("process-name"),
        kind=form.needed_of("process-kind", ProcessKind),
        organiser=form.text("process-organiser"),
        jurisdiction=form.text("process-jurisdiction"),
        url=form.text("process-url"),
    )


@contextmanager
def _fields_called(prefix: str) -> Iterator[None]:
    """The same complaints under the names this page gives the fields."""
    try:
        yield
    except NotAccepted as refused:
        renamed = (refuse(f"{prefix}-{one.field}", one.sentence, **one.values) for one in refused.refusals)
        raise NotAccepted(renamed) from None
