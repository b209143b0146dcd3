"""What a letter of reminders says at the moment it leaves, and what is put on record once a relay has taken it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.domain.post import Fate
from tracker.domain.reminding import Plan
from tracker.domain.words import EventKind
from tracker.services.due_reminders import still_due, today_of
from tracker.services.explain import steps_in_force
from tracker.services.record_event import record_event
from tracker.storage import entries, mailboxes, reminders
from tracker.storage.engine import habits_of
from tracker.storage.lines import Line
from tracker.storage.reminders import REMINDED, RETURNED
from tracker.storage.tables import Body, Letter, Obligation, Reminder, ReminderRound

COMES_BACK_WITHIN = timedelta(days=5)
"""So long servers try before they send a message back."""


def said_now(session: Session, letter: Letter, now: datetime) -> Mapping[str, Any] | None:
    """What it says: only what is still due and public; the rest is taken out of it. None: nothing is left to say."""
    found = reminders.round_of(session, letter.id or 0)
    body = session.get(Body, found.body_id) if found else None
    if found is None or body is None:
        return None
    rows = reminders.in_round(session, found.id or 0)
    lines = _still(session, found, body, rows, now)
    for row in rows:
        if row.obligation_id not in lines:
            row.dropped_at = now
    session.flush()
    if not lines:
        return None
    return said_of(session, body, [lines[row.obligation_id] for row in rows if row.dropped_at is None], now)


def _still(
    session: Session, found: ReminderRound, body: Body, rows: list[Reminder], now: datetime
) -> dict[int, Line]:
    plan, box = habits_of(session).reminders, mailboxes.mailbox_of(session, found.body_id)
    if plan is None or box.problem is not None or box.reach is None or box.reach.id != found.reach_id:
        return {}
    wide = Plan(plan.before, True, plan.after) if plan.stages else plan
    wanted = {(row.obligation_id, row.due_on) for row in rows}
    return {line.id: line for line in still_due(session, now, wide, body, wanted)}


def said_of(session: Session, body: Body, lines: list[Line], now: datetime) -> dict[str, Any]:
    """All that a letter about these lines says, as it is put into words."""
    moved = {line.id: line.due_on for line in lines if line.due_on and line.due_on != line.due_computed_on}
    in_force = steps_in_force(session, moved)
    terms = {one.id: one.terms for one in entries.owed(session, [line.id for line in lines])}
    return {
        "body": body.name,
        "body_key": body.key,
        "today": today_of(body, now),
        "owed": [
            {
                "line": line,
                "steps": in_force.get(line.id) or terms[line.id].steps,
                "trigger": terms[line.id].trigger,
                "rule": str(terms[line.id].rule_snapshot.get("name", "")),
                "stated": terms[line.id].stated_as_written,
            }
            for line in lines
        ],
    }


def settle_reminders(session: Session, letter: Letter, fate: Fate, now: datetime) -> None:
    """Once a relay took it: in public, without the address. Where none did, nothing is said of it in public."""
    found = reminders.round_of(session, letter.id or 0)
    if found is None or found.fate:
        return
    found.fate, found.settled_at = fate.value, now
    if fate is Fate.ACCEPTED:
        _put_on_record(session, found, now)
    session.flush()


def _put_on_record(session: Session, found: ReminderRound, now: datetime) -> None:
    body = session.get(Body, found.body_id)
    if body is None:
        return
    today = today_of(body, now)
    for row in reminders.in_round(session, found.id or 0):
        said = {"what": REMINDED, "due_on": row.due_on.isoformat(), "days": (row.due_on - today).days}
        _note(session, row, body, said, now)


def _note(session: Session, row: Reminder, body: Body, said: dict[str, Any], now: datetime) -> None:
    owed = session.get(Obligation, row.obligation_id)
    named = {"successor": body.key} if owed and owed.body_id != body.id else {}
    record_event(
        session,
        EventKind.NOTED,
        now=now,
        happened_on=today_of(body, now),
        obligation=owed,
        actor="site",
        detail={**said, **named},
    )


def note_returned(session: Session, address_hash: str, now: datetime) -> None:
    """Mail that a relay had taken came back: said in public beside every reminder that may not have arrived."""
    for found, sent_at in reminders.taken_since(session, address_hash, now - COMES_BACK_WITHIN):
        body = session.get_one(Body, found.body_id)
        found.fate, found.settled_at = Fate.BOUNCED.value, now
        for row in reminders.in_round(session, found.id or 0):
            sent_on = today_of(body, sent_at).isoformat()
            said = {"what": RETURNED, "due_on": row.due_on.isoformat(), "sent_on": sent_on}
            _note(session, row, body, said, now)
    session.flush()
