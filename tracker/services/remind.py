"""Reminds bodies of their due days: one letter per body and day, claimed together with every stage it speaks of."""

from collections.abc import Callable
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.letter import REMINDER
from tracker.domain.link_tokens import Seal
from tracker.domain.refusals import insist, refuse
from tracker.services.due_reminders import BodyDue, due_now
from tracker.services.spoken_at import spoken_at
from tracker.services.write_letter import write_letter
from tracker.storage import entries, reminders
from tracker.storage.engine import habits_of
from tracker.storage.entries import id_of
from tracker.storage.tables import Reminder, ReminderRound
from tracker.storage.turns import take_turn

LONGEST_REASON = 1000


def next_to_remind(seal: Seal) -> tuple[Callable[..., int | None], Callable[..., bool]]:
    """How a round of the job finds the next body, and what it does with it."""

    def remind(session: Session, body_id: int, now: datetime) -> bool:
        return remind_body(session, body_id, now, seal)

    waiting: list[int] = []

    def find(session: Session, now: datetime, after_id: int) -> int | None:
        if not after_id:
            waiting[:] = bodies_to_remind(session, now)
        return next((id_ for id_ in waiting if id_ > after_id), None)

    return find, remind


def bodies_to_remind(session: Session, now: datetime) -> list[int]:
    """The bodies that are due to get a letter and have a mailbox for it, by id; none where reminders are off."""
    plan = habits_of(session).reminders
    found = due_now(session, now, plan) if plan else []
    return sorted(id_of(one.body) for one in found if one.mailbox.problem is None)


def remind_body(session: Session, body_id: int, now: datetime, seal: Seal) -> bool:
    """Queue the letter a body is due to get, if it still is; its stages are taken in the same transaction."""
    plan = habits_of(session).reminders
    if plan is None:
        return False
    take_turn(session, f"reminders:{body_id}")
    for one in due_now(session, now, plan, body_id=body_id):
        if one.mailbox.problem is None and one.mailbox.reach is not None:
            _queue(session, one, now, seal)
            return True
    return False


def _queue(session: Session, one: BodyDue, now: datetime, seal: Seal) -> None:
    reach = one.mailbox.reach
    assert reach is not None  # noqa: S101 - asked before
    letter = write_letter(
        session,
        now,
        REMINDER,
        reach.value,
        seal=seal,
        language=one.mailbox.language or spoken_at(one.body.jurisdiction),
        link=f"reminders:{id_of(reach)}",
    )
    made = ReminderRound(
        body_id=id_of(one.body),
        reach_id=id_of(reach),
        on_day=one.today,
        letter_id=id_of(letter),
        queued_at=now,
    )
    reminders.add(session, made)
    for due in one.due:
        row = Reminder(
            obligation_id=due.line.id,
            due_on=due.due_on,
            stage=due.stage,
            round_id=id_of(made),
            recorded_at=now,
        )
        reminders.take(session, row)


def hold_back(
    session: Session, now: datetime, obligation_id: int, due_on: date, stage: int, reason: str, *, actor: str
) -> None:
    """Keep one reminder from going out, with a reason; raises NotAccepted once it is in a letter."""
    said = reason.strip()
    complaints = [] if said else [refuse("reason", "Say why it is held back.")]
    if len(said) > LONGEST_REASON:
        complaints.append(refuse("reason", "Use at most %(most)s characters.", most=LONGEST_REASON))
    if not entries.owed(session, [obligation_id]):
        complaints.append(refuse("reason", "There is no obligation %(id)s.", id=obligation_id))
    taken = reminders.of_stage(session, obligation_id, due_on, stage)
    if taken is not None and taken.dropped_at is None:
        complaints.append(refuse("reason", "This reminder is in a letter already, or was held back."))
    insist(complaints)
    row = Reminder(
        obligation_id=obligation_id,
        due_on=due_on,
        stage=stage,
        recorded_at=now,
        recorded_by=actor,
        held_reason=said,
    )
    reminders.take(session, row)
