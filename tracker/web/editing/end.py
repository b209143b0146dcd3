"""End many duties at once: an instrument revoked, a House prorogued or dissolved; seen first, undone as a whole."""

from collections.abc import Callable

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.words import EndCause
from tracker.services.end_many import EndMany, Fate, Fated, decide_end, end_many, preview_end, undo_act
from tracker.storage import endings, entries
from tracker.storage.entries import id_of
from tracker.storage.tables import Document, EndingAct, Process
from tracker.web.access import Access, access
from tracker.web.editing import choices
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("end", __name__)


@blueprint.route("/documents/<key:key>/end", methods=["GET", "POST"])
@access(Access.EDITOR)
def document(key: str) -> ResponseReturnValue:
    """What a document asked for or promised has lapsed."""
    with site().database.reading() as session:
        found = entries.document_by_key(session, key)
    if found is None:
        abort(404)
    return _many(found.title, {"document": key})


@blueprint.route("/processes/<key:key>/end", methods=["GET", "POST"])
@access(Access.EDITOR)
def process(key: str) -> ResponseReturnValue:
    """The same for all documents of a process."""
    with site().database.reading() as session:
        found = entries.process_by_key(session, key)
    if found is None:
        abort(404)
    return _many(found.name, {"process": key})


def _many(title: str, scope: dict[str, str]) -> ResponseReturnValue:
    form, fates = Form.sent(), None
    if request.method == "POST":
        said = _read(form, scope)
        now, actor, user_id = site().now(), me().actor, me().user_id
        if not form.ticked("sure"):
            fates = attempt(form, lambda session: preview_end(session, now, said))
        else:
            act = attempt(form, lambda session: end_many(session, now, said, actor=actor, user_id=user_id))
            if act is not None:
                return done(_("The act is on record."), url_for(".act", id=act.id))
    page = render_template(
        "editing/end.html",
        form=form,
        title=title,
        causes=choices.words(EndCause),
        parts=_by_fate(fates) if fates is not None else None,
    )
    return page, status(form)


def _read(form: Form, scope: dict[str, str]) -> EndMany:
    return EndMany(
        cause=form.needed_of("cause", EndCause),
        works_from_on=form.needed_day("works_from_on"),
        reason=form.needed("reason"),
        source_url=form.text("source_url"),
        **scope,
    )


def _by_fate(fates: list[Fated]) -> list[tuple[Fate, list[Fated]]]:
    return [(fate, [found for found in fates if found.fate is fate]) for fate in Fate]


@blueprint.get("/endings/<int:id>")
@access(Access.EDITOR)
def act(id: int) -> ResponseReturnValue:
    """What an act ended, and what is still to be decided."""
    return _act_page(id, Form())


@blueprint.post("/endings/<int:id>/decide")
@access(Access.EDITOR)
def decide(id: int) -> ResponseReturnValue:
    """Whether one duty ended by the act, or goes on."""
    form = Form.sent()
    obligation, ends = form.number("obligation") or 0, form.text("ends") == "1"
    reason, now, actor = form.text("reason"), site().now(), me().actor

    def change(session: Session, found: EndingAct) -> None:
        decide_end(session, now, found, obligation, ends, reason, actor=actor, user_id=me().user_id)

    return _changed(id, form, change, _("Decided."))


@blueprint.post("/endings/<int:id>/undo")
@access(Access.EDITOR)
def undo(id: int) -> ResponseReturnValue:
    """Take the whole act back."""
    form = Form.sent()
    reason, now, actor = form.text("undo_reason"), site().now(), me().actor

    def change(session: Session, found: EndingAct) -> None:
        undo_act(session, now, found, reason, actor=actor, user_id=me().user_id)

    sentence = _("Taken back, with a correction in the public log.")
    return _changed(id, form, change, sentence, field="undo_reason")


def _changed(
    id_: int,
    form: Form,
    change: Callable[[Session, EndingAct], None],
    sentence: str,
    *,
    field: str = "",
) -> ResponseReturnValue:
    def whole(session: Session) -> bool:
        change(session, _found(session, id_))
        return True

    if attempt(form, whole):
        return done(sentence, url_for(".act", id=id_))
    if field and "reason" in form.errors:
        form.errors[field] = form.errors.pop("reason")
    return _act_page(id_, form)


def _found(session: Session, id_: int) -> EndingAct:
    found = endings.act_by_id(session, id_)
    if found is None:
        abort(404)
    return found


def _act_page(id_: int, form: Form) -> ResponseReturnValue:
    with site().database.reading() as session:
        found = _found(session, id_)
        questions = endings.questions_of(session, id_of(found))
        made = endings.entries_of(session, id_of(found))
        about = [*(entry.obligation_id for entry in made), *(one.obligation_id for one in questions)]
        page = render_template(
            "editing/ending.html",
            form=form,
            act=found,
            process=session.get(Process, found.process_id),
            document=session.get(Document, found.document_id) if found.document_id else None,
            ended=made,
            questions=questions,
            owing={one.id: one for one in entries.owed(session, about)},
        )
    return page, status(form)
