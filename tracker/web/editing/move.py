"""One clock: extend, stop, start again, pass on, let lapse, go on to the next stage; and take an entry back."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.catalogue import catalogue
from tracker.domain.words import ClockEntryKind
from tracker.services.check_move import stages_after
from tracker.services.choose import today_where
from tracker.services.foresee_move import ForeseenMove, foresee_move
from tracker.services.move_clock import MoveClock, move_clock, undo_entry
from tracker.storage import entries, segments
from tracker.storage.entries import Owed
from tracker.storage.tables import ClockEntry
from tracker.web.access import Access, access
from tracker.web.editing import choices
from tracker.web.editing.form import Form
from tracker.web.editing.judge import owed_or_404
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("move", __name__)


@blueprint.route("/obligations/<int:id>/clock", methods=["GET", "POST"])
@access(Access.EDITOR)
def clock(id: int) -> ResponseReturnValue:
    """What has moved this clock so far, and one more entry, its date seen first where that is wished."""
    form, foreseen = Form.sent(), None
    if request.method == "POST":
        said = _read(form, id)
        now, actor, user_id = site().now(), me().actor, me().user_id
        if form.ticked("see"):
            foreseen = attempt(form, lambda session: foresee_move(session, now, said, actor=actor))
        elif attempt(form, lambda session: move_clock(session, now, said, actor=actor, user_id=user_id)):
            return done(_("The entry is on record."), url_for(".clock", id=id))
    return _page(id, form, foreseen)


def _read(form: Form, id_: int) -> MoveClock:
    kind = form.needed_of("kind", ClockEntryKind)
    lengths = kind in (ClockEntryKind.EXTENSION, ClockEntryKind.NEXT_STAGE)
    return MoveClock(
        obligation=id_,
        kind=kind,
        works_from_on=form.needed_day("works_from_on"),
        ends_on=form.day("ends_on"),
        new_due_on=form.day("new_due_on"),
        amount=form.number("amount") if lengths else None,
        unit=form.text("unit"),
        counts_from=form.text("counts_from"),
        to_limit=form.ticked("to_limit"),
        cures=form.ticked("cures"),
        # A box that is not ticked leaves it to the clock: a restart without an open stop begins afresh.
        afresh=form.ticked("afresh") or None,
        to_body=form.text("to_body"),
        rule=form.text("rule"),
        reason=form.text("reason"),
        source_url=form.text("source_url"),
    )


@blueprint.post("/clock-entries/<int:id>/undo")
@access(Access.EDITOR)
def undo(id: int) -> ResponseReturnValue:
    """Take an entry back that was our error, with the reason in public."""
    form = Form.sent()
    reason, now, actor = form.text("undo_reason"), site().now(), me().actor

    def change(session: Session) -> int:
        entry = session.get(ClockEntry, id)
        if entry is None:
            abort(404)
        undo_entry(session, now, entry, reason, actor=actor, user_id=me().user_id)
        return entry.obligation_id

    undone = attempt(form, change)
    if undone is not None:
        return done(_("Taken back, with a correction in the public log."), url_for(".clock", id=undone))
    with site().database.reading() as session:
        entry = session.get(ClockEntry, id)
    if entry is None:
        abort(404)
    if "reason" in form.errors:
        form.errors["undo_reason"] = form.errors.pop("reason")
    return _page(entry.obligation_id, form, None)


def _page(id_: int, form: Form, foreseen: ForeseenMove | None) -> ResponseReturnValue:
    with site().database.reading() as session:
        one = owed_or_404(session, id_)
        page = render_template(
            "editing/clock.html",
            form=form,
            one=one,
            foreseen=foreseen,
            shown=entries.at_the_moment(segments.current(session, id_), site().now()),
            moves=entries.clock_entries(session, id_),
            bodies=entries.bodies(session),
            kinds=choices.words(ClockEntryKind),
            units=choices.countable_units(),
            stages=_stages(one),
            today=today_where(one, site().now()),
        )
    return page, status(form)


def _stages(one: Owed) -> list[choices.Choice]:
    """The rules that can come next; all of them where this one's rule names none."""
    follow = stages_after(one.terms.rule_key)
    return [(key, choices.called(catalogue()[key])) for key in follow] or choices.rules()
