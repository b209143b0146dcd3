"""One response: correct its facts or what it is for each obligation; strike our error; note what was withdrawn."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.words import Position, ResponseKind
from tracker.services.correct import correct_line
from tracker.services.correct_response import ResponseFacts, correct_response, facts_of_response
from tracker.services.respond import SaidFor
from tracker.services.take_back import retract, strike
from tracker.storage import entries, responses
from tracker.storage.holding import hold
from tracker.storage.signers import signers_of
from tracker.storage.tables import Body, Response, ResponseLine
from tracker.web.access import Access, access
from tracker.web.editing import choices, versions
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


@blueprint.post("/responses/<key:key>/correct")
@access(Access.EDITOR)
def corrected(key: str) -> ResponseReturnValue:
    """Another day, title, address, text or speaker."""
    form = Form.sent()
    with site().database.reading() as session:
        versions.take_choices(form, Form(_as_it_stands(session, _known(session, key))))
    said, reason = _facts(form), form.text("facts_reason")
    now, actor, user_id = site().now(), me().actor, me().user_id

    def change(session: Session) -> tuple[bool]:
        row = _known(session, key)
        hold(session, row)
        versions.insist_on_seen(form, Form(_as_it_stands(session, row)))
        return (correct_response(session, now, row, said, reason, actor=actor, user_id=user_id),)

    changed = attempt(form, change)
    if changed is not None:
        sentence = _("Corrected, in the public log too.") if changed[0] else _("Nothing differs.")
        return done(sentence, url_for(".edit_response", key=key))
    if "reason" in form.errors:
        form.errors["facts_reason"] = form.errors.pop("reason")
    return _page(key, form)


def _facts(form: Form) -> ResponseFacts:
    return ResponseFacts(
        body=form.needed("body"),
        first_seen_on=form.needed_day("first_seen_on"),
        received=form.partial("received"),
        published=form.partial("published"),
        url=form.text("url"),
        title=form.text("title"),
        signers=form.listed("signers"),
        text=form.text("text", lines=True),
        came_before_start=form.ticked("came_before_start"),
    )


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


def _as_it_stands(session: Session, response: Response) -> dict[str, str]:
    held = facts_of_response(session, response)
    return {
        "body": held.body,
        "first_seen_on": held.first_seen_on.isoformat(),
        "received": str(held.received or ""),
        "published": str(held.published or ""),
        "url": held.url,
        "title": held.title,
        "signers": "\n".join(held.signers),
        "text": held.text,
    }


def _page(key: str, form: Form) -> ResponseReturnValue:
    with site().database.reading() as session:
        response = _known(session, key)
        body, signers = session.get(Body, response.body_id), signers_of(session, entries.id_of(response))
        lines: dict[int, ResponseLine] = {
            one.obligation_id: one for one in responses.lines_of(session, entries.id_of(response))
        }
        owing, bodies = entries.owed(session, lines), entries.bodies(session)
        for name, value in versions.begin(Form(_as_it_stands(session, response))).typed.items():
            form.typed.setdefault(name, value)
    page = render_template(
        "editing/edit_response.html",
        form=form,
        response=response,
        body=body,
        signers=signers,
        lines=lines,
        owing=owing,
        bodies=bodies,
        kinds=choices.words(ResponseKind),
        positions=choices.words(Position),
    )
    return page, status(form)
