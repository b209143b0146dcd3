"""Which bodies are to be reminded of what on a day; reads only, so that a preview and the sending cannot differ."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import Session

from tracker.domain.reminding import Plan, Watched, may_be_reminded, stage_due
from tracker.domain.words import Visibility
from tracker.domain.zones import today_in, zone_of
from tracker.storage import reminders
from tracker.storage.bodies import by_key
from tracker.storage.lines import Line, moment
from tracker.storage.mailboxes import NONE, Mailbox, mailboxes
from tracker.storage.reminders import Near
from tracker.storage.tables import Body

Stage = tuple[int, date, int]
"""An obligation, its due day, and the days from it."""


@dataclass(frozen=True, slots=True)
class Due:
    """One obligation that is to be reminded of, and the stage that has come."""

    line: Line
    stage: int

    @property
    def due_on(self) -> date:
        """Its due day."""
        assert self.line.due_on is not None  # noqa: S101 - without one there is no stage
        return self.line.due_on

    @property
    def key(self) -> Stage:
        """What is unique about it."""
        return self.line.id, self.due_on, self.stage


@dataclass(frozen=True, slots=True)
class BodyDue:
    """All that one body is to be reminded of on a day: one letter."""

    body: Body
    mailbox: Mailbox
    at: datetime
    today: date
    """Where the body is."""
    due: list[Due] = field(default_factory=list)


def today_of(body: Body, now: datetime) -> date:
    """The day it is where a body is."""
    return today_in(body.zone or zone_of(body.jurisdiction), now)


def due_now(
    session: Session,
    now: datetime,
    plan: Plan,
    *,
    body_id: int | None = None,
    besides: Collection[Stage] = (),
) -> list[BodyDue]:
    """What is due at an instant, by body; those without a mailbox too. `besides`: stages taken for sent."""
    if not plan.stages:
        return []
    found: dict[int, BodyDue] = {}
    debtors = _Debtors(session, now)
    for one in reminders.near(session, moment(now), plan):
        body = debtors.of(one.line)
        if body is None or body.id is None or (body_id is not None and body.id != body_id):
            continue
        there = found.setdefault(body.id, BodyDue(body, NONE, now, today_of(body, now)))
        sent = [
            *one.sent,
            *(stage for id_, due, stage in besides if (id_, due) == (one.line.id, one.line.due_on)),
        ]
        stage = stage_due(plan, watched(one, there.today), sent, there.today)
        if stage is not None:
            there.due.append(Due(one.line, stage))
    return list(_with_mailboxes(session, [one for one in found.values() if one.due]))


def _with_mailboxes(session: Session, found: list[BodyDue]) -> Iterator[BodyDue]:
    """Who got a letter today, or for a later day before the clock went back, waits until tomorrow."""
    boxes = mailboxes(session, [one.body.id or 0 for one in found])
    latest = reminders.latest_rounds_on(session) if found else {}
    for one in found:
        last_on = latest.get(one.body.id or 0)
        if last_on is None or last_on < one.today:
            yield BodyDue(one.body, boxes.get(one.body.id or 0, NONE), one.at, one.today, one.due)


def watched(one: Near, today: date) -> Watched:
    """What decides about one obligation's reminders on a day."""
    line = one.line
    return Watched(
        due_on=line.due_on,
        standing=line.standing,
        role=line.role,
        entered_on=today_in(line.zone or zone_of(line.body_jurisdiction), one.entered_at),
        relied_on=one.relied_on,
        disputed=one.disputed,
        stale=line.stale,
    )


def still_due(
    session: Session, now: datetime, plan: Plan, body: Body, wanted: Collection[tuple[int, date]]
) -> list[Line]:
    """Of obligations and their due days in a letter, those that this body may still be reminded of."""
    today, debtors = today_of(body, now), _Debtors(session, now)
    found = reminders.near(session, moment(now), plan, [id_ for id_, _ in wanted])
    return [
        one.line
        for one in found
        if (one.line.id, one.line.due_on) in wanted
        and may_be_reminded(watched(one, today), today)
        and (owing := debtors.of(one.line)) is not None
        and owing.id == body.id
    ]


class _Debtors:
    """Who owes now: the addressee, or the body that came after it; only where it is public."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.known: dict[str, Body | None] = {}

    def of(self, line: Line) -> Body | None:
        """The body to be reminded of a line."""
        key = line.debtor_key or line.body_key
        if key not in self.known:
            found = by_key(self.session, key)
            public = found is not None and found.visibility is Visibility.PUBLIC
            self.known[key] = found if public else None
        return self.known[key]


def foreseen(session: Session, now: datetime, plan: Plan, days: int = 7) -> list[BodyDue]:
    """What would go out today and on the days after it if nothing happens meanwhile, one letter per body and day."""
    found: list[BodyDue] = []
    gone: set[Stage] = set()
    for ahead in range(days):
        for one in due_now(session, now + timedelta(days=ahead), plan, besides=gone):
            found.append(one)
            gone |= {due.key for due in one.due}
    return found


@dataclass(frozen=True, slots=True)
class Unreached:
    """A body whose days are near or past and that gets no reminders, and why."""

    body: Body
    mailbox: Mailbox
    many: int
    """So many of its days are near or past."""


def unreached(session: Session, now: datetime, plan: Plan) -> list[Unreached]:
    """The bodies that would be reminded one of these days if there were a mailbox for it, by name."""
    owing: dict[int, tuple[Body, int]] = {}
    debtors = _Debtors(session, now)
    for one in reminders.near(session, moment(now), plan) if plan.stages else []:
        body = debtors.of(one.line)
        if body is None or body.id is None:
            continue
        today = today_of(body, now)
        if may_be_reminded(watched(one, today), today):
            owing[body.id] = (body, owing.get(body.id, (body, 0))[1] + 1)
    boxes = mailboxes(session, owing)
    found = [Unreached(body, boxes.get(id_, NONE), many) for id_, (body, many) in owing.items()]
    return sorted((one for one in found if one.mailbox.problem), key=lambda one: one.body.name)
