"""Reminders: whose day is near or past, what went for it already, and what became of each letter."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.objected import PUT_RIGHT
from tracker.domain.post import Fate
from tracker.domain.reminding import AHEAD, BEHIND, LAPSES, Plan
from tracker.domain.words import DueSource, EventKind, ObjectionKind, ObjectionState
from tracker.storage.lines import COLUMNS, Line, Moment, conditions, joined, line_of, seen
from tracker.storage.on_record import objects_at
from tracker.storage.prepared import IDS
from tracker.storage.tables import (
    Body,
    Event,
    Letter,
    Objection,
    Obligation,
    Reminder,
    ReminderRound,
    Segment,
    Terms,
)
from tracker.storage.told_bodies import public_names, told

REMINDED = "reminded"
RETURNED = "reminder_returned"
"""What the log calls one that went, and one that came back afterwards."""

_A_DAY_EITHER_WAY = timedelta(days=2)
"""It is another day where a body is."""
_SETTLED_BY_A_DATE = frozenset({ObjectionKind.WRONG_DATE, ObjectionKind.EXTENDED})


@dataclass(frozen=True, slots=True)
class Near:
    """An obligation whose day is near or past, with what decides about reminders."""

    line: Line
    entered_at: datetime
    relied_on: bool
    disputed: bool
    sent: Collection[int]
    """The stages of this due day that went or were held back."""


def near(session: Session, at: Moment, plan: Plan, ids: Collection[int] | None = None) -> list[Near]:
    """The public obligations that a plan may remind of at a moment, in the order of their items."""
    extra = (col(Obligation.recorded_at), col(Terms.rule_checked), col(Segment.due_source))
    wanted = joined(select(*COLUMNS, *extra), at).where(
        *conditions(session, ListQuery(ListName.ALL), at),
        col(Segment.standing).in_(AHEAD | BEHIND),
        col(Segment.due_on).between(*_window(plan, at.at.date())),
    )
    if ids is not None:
        wanted = wanted.where(col(Obligation.id).in_(sorted(ids)))
    rows = session.execute(wanted.order_by(col(Segment.due_on), col(Obligation.id))).all()
    lines = seen(session, [line_of(row[: len(COLUMNS)]) for row in rows], at)
    sent = _sent(session, *_window(plan, at.at.date()))
    return _with_facts(session, lines, {row[0]: tuple(row[len(COLUMNS) :]) for row in rows}, sent)


def _window(plan: Plan, today: date) -> tuple[date, date]:
    """The due days that any stage of a plan can speak of."""
    first, last = plan.stages[0], plan.stages[-1]
    since = today - timedelta(days=max(last, 0)) - LAPSES - _A_DAY_EITHER_WAY
    return since, today + timedelta(days=max(-first, 0)) + _A_DAY_EITHER_WAY


def _with_facts(
    session: Session,
    lines: list[Line],
    facts: Mapping[int, tuple[datetime, bool, DueSource]],
    sent: Mapping[tuple[int, date | None], list[int]],
) -> list[Near]:
    upheld = _upheld(session)
    found = []
    for line in lines:
        entered_at, checked, source = facts[line.id]
        sure = (checked or source is not DueSource.COMPUTED) and not line.provisional
        disputed = line.objected is not None or line.id in upheld
        found.append(Near(line, entered_at, sure, disputed, sent.get((line.id, line.due_on), ())))
    return found


def _sent(session: Session, since: date, until: date) -> Mapping[tuple[int, date | None], list[int]]:
    """By obligation and due day between two days, the stages that went or were held back.

    What was taken out of its letter did not go: it is due again where there is something to remind of again.
    """
    found: dict[tuple[int, date | None], list[int]] = defaultdict(list)
    columns = (col(Reminder.obligation_id), col(Reminder.due_on), col(Reminder.stage))
    wanted = select(*columns).where(
        col(Reminder.due_on).between(since, until), col(Reminder.dropped_at).is_(None)
    )
    for id_, due_on, stage in session.execute(wanted).all():
        found[id_, due_on].append(stage)
    return found


def _upheld(session: Session) -> set[int]:
    """Where an objection was accepted; one about the date is settled once the date was put right."""
    wanted = select(Objection).where(
        col(Objection.state).in_(PUT_RIGHT),
        col(Objection.superseded_at).is_(None),
    )
    return {row.obligation_id for row in session.execute(wanted).scalars() if not _settled(row)}


def _settled(row: Objection) -> bool:
    return row.kind in _SETTLED_BY_A_DATE and row.state is ObjectionState.CORRECTED


def latest_rounds_on(session: Session) -> Mapping[int, date]:
    """By body, the last day it got a letter for; after a clock went back that may lie ahead."""
    wanted = select(col(ReminderRound.body_id), func.max(col(ReminderRound.on_day)))
    rows = session.execute(wanted.group_by(col(ReminderRound.body_id))).all()
    return {int(row[0]): row[1] for row in rows}


def round_of(session: Session, letter_id: int) -> ReminderRound | None:
    """What a letter of reminders was written for."""
    wanted = select(ReminderRound).where(col(ReminderRound.letter_id) == letter_id)
    return session.execute(wanted).scalar_one_or_none()


def taken_since(session: Session, address_hash: str, since: datetime) -> list[tuple[ReminderRound, datetime]]:
    """The letters to an address that a relay took since an instant, with when it did."""
    wanted = (
        select(ReminderRound, col(Letter.sent_at))
        .join(Letter, col(Letter.id) == col(ReminderRound.letter_id))
        .where(
            col(Letter.address_hash) == address_hash,
            col(Letter.sent_at) >= since,
            col(ReminderRound.fate) == Fate.ACCEPTED.value,
        )
    )
    rows = session.execute(wanted.order_by(col(ReminderRound.id))).all() if address_hash else []
    return [(row[0], row[1]) for row in rows]


def in_round(session: Session, round_id: int) -> list[Reminder]:
    """What a letter reminds of, without what was taken out of it."""
    wanted = select(Reminder).where(col(Reminder.round_id) == round_id, col(Reminder.dropped_at).is_(None))
    return list(session.execute(wanted.order_by(col(Reminder.id))).scalars())


def of_stage(session: Session, obligation_id: int, due_on: date, stage: int) -> Reminder | None:
    """What became of one stage of one due day."""
    wanted = select(Reminder).where(
        col(Reminder.obligation_id) == obligation_id,
        col(Reminder.due_on) == due_on,
        col(Reminder.stage) == stage,
    )
    return session.execute(wanted).scalar_one_or_none()


@dataclass(frozen=True, slots=True)
class Went:
    """A letter of reminders with its body and what it was about."""

    round: ReminderRound
    body: Body
    letter: Letter
    obligations: tuple[int, ...]

    @property
    def given_up(self) -> bool:
        """No relay took it, and it is tried no more."""
        return not self.round.fate and self.letter.next_at is None


def letters_since(session: Session, since: datetime, most: int = 200) -> list[Went]:
    """The letters queued since an instant, the last first."""
    wanted = (
        select(ReminderRound, Body, Letter)
        .join(Body, col(Body.id) == col(ReminderRound.body_id))
        .join(Letter, col(Letter.id) == col(ReminderRound.letter_id))
        .where(col(ReminderRound.queued_at) > since)
        .order_by(col(ReminderRound.id).desc())
    )
    rows = session.execute(wanted.limit(most)).all()
    about = _about(session, [row[0].id for row in rows])
    return [Went(row[0], row[1], row[2], tuple(about.get(row[0].id, ()))) for row in rows]


def _about(session: Session, round_ids: Iterable[int]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    wanted = select(Reminder).where(
        col(Reminder.round_id).in_(list(round_ids)), col(Reminder.dropped_at).is_(None)
    )
    for row in session.execute(wanted.order_by(col(Reminder.id))).scalars():
        found[row.round_id or 0].append(row.obligation_id)
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What the log says of one reminder, with the public names of the bodies it names."""

    happened_on: date
    detail: Mapping[str, Any]


def reminded_of(session: Session, obligation_ids: Iterable[int], at: Moment) -> Mapping[int, list[Told]]:
    """By obligation, the reminders on record at a moment, the first one first."""
    rows = list(objects_at(session, at, _noted, **{IDS.key: list(obligation_ids)}).scalars())
    names = public_names(session, (row.detail for row in rows))
    found: dict[int, list[Told]] = defaultdict(list)
    for row in rows:
        said = {**told(row.detail, names), "named": names}
        found[row.obligation_id or 0].append(Told(row.happened_on, said))
    return found


def _noted(at: Moment) -> Any:
    wanted = select(Event).where(
        col(Event.obligation_id).in_(IDS),
        col(Event.kind) == EventKind.NOTED,
        col(Event.detail)["what"].as_string().in_([REMINDED, RETURNED]),
    )
    if at.known_by is not None:
        wanted = wanted.where(col(Event.recorded_at) <= at.known_by)
    return wanted.order_by(col(Event.id))


def held_back(session: Session, since: datetime, most: int = 200) -> list[Reminder]:
    """Those an editor held back since an instant, the last first."""
    wanted = select(Reminder).where(col(Reminder.round_id).is_(None), col(Reminder.recorded_at) > since)
    return list(session.execute(wanted.order_by(col(Reminder.id).desc()).limit(most)).scalars())


def take(session: Session, row: Reminder) -> None:
    """Take a stage for a letter, or hold it back; one that was taken out of its letter is taken anew."""
    left = of_stage(session, row.obligation_id, row.due_on, row.stage)
    if left is None or left.dropped_at is None:
        add(session, row)
        return
    left.round_id, left.dropped_at, left.recorded_at = row.round_id, None, row.recorded_at
    left.recorded_by, left.held_reason = row.recorded_by, row.held_reason
    session.flush()


def add(session: Session, row: ReminderRound | Reminder) -> None:
    """Keep one; raises where this stage, or this day of the body, has one already."""
    session.add(row)
    session.flush()
