"""“I have seen an answer: link”: without an account; it goes to the reviewers, never straight to a page."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.services.tip import Seen, take_tip
from tracker.storage import items
from tracker.storage.items import ItemWhole
from tracker.storage.lines import Line, moment
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt
from tracker.web.locale import language
from tracker.web.public.sent_here import (
    bounded,
    by_a_program,
    from_our_pages,
    key_of,
    mails,
    vet,
)
from tracker.web.site import site

blueprint = Blueprint("seen_an_answer", __name__)


@blueprint.get("/seen-an-answer")
@access(Access.PUBLIC)
def begin() -> ResponseReturnValue:
    """The form, for the item it was opened from."""
    form = Form({"item": key_of(request.args, "item")})
    form.typed.setlist("obligations", request.args.getlist("obligation")[:1])
    return _form(form)


@blueprint.post("/seen-an-answer")
@access(Access.PUBLIC)
@bounded
def told() -> ResponseReturnValue:
    """Put it before the reviewers; the page is the same whatever we knew."""
    from_our_pages()
    form, now = Form.sent(), site().now()
    form.typed["item"] = key_of(request.form, "item")
    seen = Seen(
        obligations=form.ids("obligations")[:50],
        link=form.text("link"),
        note=form.text("note", lines=True),
        email=form.text("email") if mails() else "",
        language=language(),
    )

    def change(session: Session) -> bool:
        return by_a_program() or take_tip(session, now, seen, vet()) is not None

    taken = attempt(form, change)
    if taken is None:
        return _form(form, 422)
    if not taken:
        abort(
            503,
            _("So many tips wait to be looked into that no more are taken in just now: try again tomorrow."),
        )
    return render_template("public/seen_told.html", item=form.value("item"))


def _form(form: Form, status: int = 200) -> ResponseReturnValue:
    with site().database.reading() as session:
        whole = items.by_key(session, form.value("item")) if form.value("item") else None
        owed = _owed(session, whole)
        if len(owed) == 1 and not form.typed.getlist("obligations"):
            form.typed["obligations"] = str(owed[0].id)
        page = render_template(
            "public/seen_an_answer.html",
            form=form,
            item=whole.item if whole else None,
            process=whole.process if whole else None,
            owed=owed,
            mails=mails(),
            today=site().today(),
        )
    return page, status


def _owed(session: Session, whole: ItemWhole | None) -> list[Line]:
    return items.lines_of(session, whole.item.id or 0, moment(site().now())) if whole else []
