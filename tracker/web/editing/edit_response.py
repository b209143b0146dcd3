"""One response: what it is for each obligation; strike our error, note what the body withdrew, correct a line."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.words import Position, ResponseKind
from tracker.services.correct import correct_line
from tracker.services.respond import SaidFor
from tracker.services.take_back import retract, strike
from tracker.storage import entries, responses
from tracker.storage.tables import Body, Response, ResponseLine
from tracker.web.access import Access, access
from tracker.web.editing import choices
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("edit_response", __name__)


@blueprint.get("/responses/<key:key>")
@access(Access.EDITOR)
def edit_response(key: str) -> ResponseReturnValue:
    """What is on record of it."""
    return _page(key, Form())


@blueprint.post("/responses/<key:key>/strike")
@access(Access.EDITOR)
def struck(key: str) -> ResponseReturnValue:
    """Our error: as if it had never been there."""
    form = Form.sent()
    now, actor = site().now(), me().actor

    def change(session: Session) -> bool:
        strike(session, now, _known(session, key), form.text("reason"), actor=actor, user_id=me().user_id)
        return True

    if attempt(form, change):
        return done(_("Struck, with a correction in the public log."), url_for(".edit_response", key=key))
    return _page(key, form)


@blueprint.post("/responses/<key:key>/retract")
@access(Access.EDITOR)
def retracted(key: str) -> ResponseReturnValue:
    """The body withdrew it."""
    form = Form.sent()
    day, now, actor = form.needed_day("retracted_on"), site().now(), me().actor

    def change(session: Session) -> bool:
        retract(session, now, _known(session, key), day, actor=actor, user_id=me().user_id)
        return True

    if attempt(form, change):
        return done(_("Noted as withdrawn by the body."), url_for(".edit_response", key=key))
    return _page(key, form)


@blueprint.post("/responses/<key:key>/lines/<int:obligation>")
@access(Access.EDITOR)
def line(key: str, obligation: int) -> ResponseReturnValue:
    """Another kind, position, page or quote for one obligation."""
    form = Form.sent()
    said = SaidFor(
        obligation=obligation,
        kind=form.needed_of("kind", ResponseKind),
        position=form.one_of("position", Position),
        on_behalf=form.ticked("on_behalf"),
        page=form.text("page"),
        quote=form.text("quote", lines=True),
    )
    reason, now, actor = form.text("line_reason"), site().now(), me().actor

    def change(session: Session) -> bool:
        correct_line(session, now, _known(session, key), said, reason, actor=actor, user_id=me().user_id)
        return True

    if attempt(form, change):
        return done(_("Corrected, in the public log too."), url_for(".edit_response", key=key))
    if "reason" in form.errors:
        form.errors["line_reason"] = form.errors.pop("reason")
    return _page(key, form)


def _known(session: Session, key: str) -> Response:
    found = responses.response_by_key(session, key)
    if found is None:
        abort(404)
    return found


def _page(key: str, form: Form) -> ResponseReturnValue:
    with site().database.reading() as session:
        response = _known(session, key)
        body = session.get(Body, response.body_id)
        lines: dict[int, ResponseLine] = {
            one.obligation_id: one for one in responses.lines_of(session, entries.id_of(response))
        }
        owing = entries.owed(session, lines)
    page = render_template(
        "editing/edit_response.html",
        form=form,
        response=response,
        body=body,
        lines=lines,
        owing=owing,
        kinds=choices.words(ResponseKind),
        positions=choices.words(Position),
    )
    return page, status(form)
