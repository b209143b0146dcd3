"""A response came: what it is for each obligation, its days kept apart."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.words import Position, ResponseKind, UserRole
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.storage import entries
from tracker.web.access import Access, access
from tracker.web.editing import choices, picking, reply_read
from tracker.web.editing.form import Form
from tracker.web.editing.new_look import first_today
from tracker.web.editing.proposing import proposals_of
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import may, me
from tracker.web.site import site

blueprint = room("new_response", __name__)


@blueprint.route("/responses/new", methods=["GET", "POST"])
@access(Access.EDITOR)
def new_response() -> ResponseReturnValue:
    """One communication, many obligations."""
    form = Form.sent() if request.method == "POST" else _begin()
    notes = reply_read.take(form) if form.ticked("read") else []
    if request.method == "POST" and not (form.ticked("find") or form.ticked("read")):
        said = _read(form)
        now, actor, user_id = site().now(), me().actor, me().user_id
        logged = attempt(form, lambda session: respond(session, now, said, actor=actor, user_id=user_id))
        if logged is not None:
            return done(_("The response is on record."), _onward(logged.key, said))
    with site().database.reading() as session:
        found, bodies = picking.found(session, form), entries.bodies(session)
    page = render_template(
        "editing/new_response.html",
        form=form,
        found=found,
        bodies=bodies,
        kinds=choices.words(ResponseKind),
        positions=choices.words(Position),
        proposals=proposals_of(form, found),
        passages=reply_read.passages(form, found),
        notes=notes,
    )
    return page, status(form)


def _onward(key: str, said: LogResponse) -> str:
    """Where a reply speaks of several items, whoever may judge goes on to judge them in one sitting."""
    sitting = len(said.lines) > 1 and may(UserRole.REVIEWER)
    return url_for("judge_sitting.sitting" if sitting else "edit_response.edit_response", key=key)


def _begin() -> Form:
    form = picking.begun(("body", "url"))
    with site().database.reading() as session:
        chosen = entries.owed(session, form.ids("obligations"))
    form.typed["first_seen_on"] = first_today(chosen).isoformat()
    form.typed["kind"] = ResponseKind.REPLY.value
    if chosen and not form.value("body"):
        form.typed["body"] = chosen[0].body.name
    return form


def _read(form: Form) -> LogResponse:
    return LogResponse(
        body=form.needed("body"),
        lines=tuple(_line(form, id_) for id_ in form.ids("obligations")),
        first_seen_on=form.needed_day("first_seen_on"),
        received=form.partial("received"),
        published=form.partial("published"),
        url=form.text("url"),
        title=form.text("title"),
        signers=form.listed("signers"),
        text=form.text("text", lines=True),
        page_sha256=reply_read.evidence(form),
        late_entry=form.ticked("late_entry"),
        came_before_start=form.ticked("came_before_start"),
    )


def _line(form: Form, id_: int) -> SaidFor:
    """What it is for one obligation; where nothing else is chosen, what it is for all of them."""
    kind = form.one_of(f"kind-{id_}", ResponseKind) or form.needed_of("kind", ResponseKind)
    return SaidFor(
        obligation=id_,
        kind=kind,
        position=form.one_of(f"position-{id_}", Position) or form.one_of("position", Position),
        position_as_written=form.text(f"written-{id_}"),
        on_behalf=form.ticked(f"on_behalf-{id_}"),
        page=form.text(f"page-{id_}"),
        quote=form.text(f"quote-{id_}", lines=True),
    )
