"""Reminders to bodies: what goes out in the next days and what it says, what went, who cannot be reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.letter import REMINDER
from tracker.domain.reminding import NotReminded, Plan
from tracker.rendering.letters import plain, worded
from tracker.rendering.tongue import N_
from tracker.services.due_reminders import BodyDue, Unreached, foreseen, unreached
from tracker.services.remind import hold_back
from tracker.services.reminder_letter import said_of
from tracker.storage import entries, mailboxes, reminders
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.filters import full_address
from tracker.web.locale import tongue
from tracker.web.site import site

blueprint = room("edit_reminders", __name__)
DAYS_AHEAD = 7
WENT = timedelta(days=30)
WHY: Mapping[NotReminded, str] = {
    NotReminded.NO_MAILBOX: N_("No mailbox is on record."),
    NotReminded.PERSONAL: N_("The mailbox on record looks like one person’s."),
    NotReminded.UNSOURCED: N_("Nobody has said where the mailbox on record is published."),
    NotReminded.ASKED: N_("The mailbox asked not to be reminded."),
    NotReminded.BOUNCED: N_("Mail to its mailbox comes back."),
}
"""Why a body gets no reminders."""
FATE: Mapping[str, str] = {
    "": N_("on its way"),
    "accepted": N_("taken by the relay"),
    "bounced": N_("came back: the mailbox takes no mail"),
    "refused": N_("refused by the relay"),
}
"""What became of a letter; whatever else is tried again until it is given up."""
GIVEN_UP = N_("given up: nothing was sent")


@dataclass(frozen=True, slots=True)
class Ahead:
    """A letter of one of the next days, with its text."""

    due: BodyDue
    subject: str
    text: str


@blueprint.get("/reminders")
@access(Access.EDITOR)
def waiting() -> ResponseReturnValue:
    """The next seven days, the last thirty, and the bodies that cannot be reached."""
    return _page(Form())


@blueprint.post("/reminders/held-back")
@access(Access.EDITOR)
def held() -> ResponseReturnValue:
    """Keep one reminder from going out, with a reason."""
    form = Form.sent()
    obligation, due_on, stage = _which()
    reason, now, actor = form.text("reason"), site().now(), me().actor

    def change(session: Session) -> bool:
        hold_back(session, now, obligation, due_on, stage, reason, actor=actor)
        return True

    if attempt(form, change):
        return done(_("It is held back."), url_for(".waiting"))
    return _page(form)


@blueprint.post("/reminders/again")
@access(Access.EDITOR)
def again() -> ResponseReturnValue:
    """Let a mailbox that asked for none have reminders again."""
    reach, now, actor = _number("reach"), site().now(), me().actor
    with site().database.writing() as session:
        lifted = mailboxes.lift(session, reach, now, actor)
    return done(_("It is reminded again.") if lifted else _("Nothing was stopped."), url_for(".waiting"))


def _which() -> tuple[int, date, int]:
    try:
        due_on = date.fromisoformat(request.form.get("due_on", ""))
    except ValueError:
        abort(400, _("The form did not say which reminder: open the page again."))
    return _number("obligation"), due_on, _number("stage")


def _number(name: str) -> int:
    typed = request.form.get(name, "")
    digits = typed.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        abort(400, _("The form did not say which reminder: open the page again."))
    return int(typed)


def _page(form: Form) -> ResponseReturnValue:
    wanted, now = site().config.reminders, site().now()
    plan = Plan(wanted.days_before, wanted.on_the_day, wanted.days_after)
    with site().database.reading() as session:
        ahead = [_ahead(session, one) for one in foreseen(session, now, plan, DAYS_AHEAD)]
        went = reminders.letters_since(session, now - WENT)
        held_back = reminders.held_back(session, now - WENT)
        ids = [*(id_ for one in went for id_ in one.obligations), *(one.obligation_id for one in held_back)]
        page = render_template(
            "editing/reminders.html",
            form=form,
            on=wanted.enabled,
            demo=site().config.site.demo,
            ahead=[one for one in ahead if one.due.mailbox.problem is None],
            went=[(one, _fate(one)) for one in went],
            held=held_back,
            owed={one.id: one for one in entries.owed(session, ids)},
            unreached=[(one, _why(one)) for one in unreached(session, now, plan)],
            asked=mailboxes.stopped(session),
        )
    return page, status(form)


def _why(one: Unreached) -> str:
    return tongue().say(WHY[one.mailbox.problem or NotReminded.NO_MAILBOX])


def _fate(one: reminders.Went) -> str:
    said = GIVEN_UP if one.given_up else FATE.get(one.round.fate, GIVEN_UP)
    return tongue().say(said)


def _ahead(session: Session, one: BodyDue) -> Ahead:
    """The letter as it would stand if nothing happens until then."""
    said = said_of(session, one.body, [due.line for due in one.due], one.at)
    words = worded(REMINDER, said, tongue())
    return Ahead(
        one, words.subject, "\n\n".join(plain(words, full_address("/reminders/…"), tongue(), full_address))
    )
