"""What needs a person this morning: each kind with its number and the oldest of it; one's own group's part apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import FindingState, ObjectionState, Standing, Verdict, Visibility
from tracker.storage import contacts, entries
from tracker.storage.health import set_aside
from tracker.storage.lines import Line, lines, moment
from tracker.storage.looks_due import looks_due
from tracker.storage.people import Member
from tracker.storage.tables import (
    Assessment,
    Finding,
    ImportUpload,
    Item,
    Objection,
    Obligation,
    Source,
    Terms,
)

Dated = tuple[int | None, date, int]
"""The process it belongs to (None: to none), since when it waits, its id."""


@dataclass(frozen=True, slots=True)
class Waits:
    """One kind of thing that waits for a person."""

    kind: str
    mine: int
    """Of one's own group's processes, or of none."""
    others: int
    oldest_on: date
    first_id: int
    """The oldest one, one's own group's first."""


def morning_of(session: Session, now: datetime, who: Member, recheck_days: int) -> list[Waits]:
    """Only what there is, in the order of the desk; the number of queries is the same however much waits."""
    own = None
    if not who.site_admin:
        own = {entries.id_of(process) for process in entries.processes(session, who.group_id)}
    parts: Sequence[tuple[str, Iterable[Dated]]] = (
        ("findings", _findings(session, now)),
        ("to_judge", _to_judge(session, now)),
        ("second_reader", _second_reader(session, who.user_id)),
        ("looks", _looks(session, now, recheck_days)),
        ("objections", _objections(session)),
        ("quarantined", _quarantined(session)),
        ("unknown", _unknown(session, now)),
        ("two_dates", _two_dates(session)),
        ("drafts", _drafts(session)),
        ("imports", _imports(session, who.user_id)),
        ("mailboxes", _mailboxes(session)),
    )
    found = [_waits(kind, sorted(rows, key=lambda one: one[1:]), own) for kind, rows in parts]
    return sorted((one for one in found if one is not None), key=lambda one: one.mine == 0)


def _waits(kind: str, rows: list[Dated], own: set[int] | None) -> Waits | None:
    if not rows:
        return None
    mine = [one for one in rows if own is None or one[0] is None or one[0] in own]
    first = (mine or rows)[0]
    return Waits(kind, len(mine), len(rows) - len(mine), first[1], first[2])


def _findings(session: Session, now: datetime) -> list[Dated]:
    until = col(Finding.later_until_at)
    wanted = (
        select(col(Source.process_id), col(Finding.found_at), col(Finding.id))
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(col(Finding.state) == FindingState.OPEN, or_(until.is_(None), until <= now))
    )
    return _dated(session, wanted)


def _to_judge(session: Session, now: datetime) -> list[Dated]:
    found = lines(session, ListQuery(ListName.AWAITING), moment(now))
    return [(line.process_id, _since(line), line.id) for line in found]


def _since(line: Line) -> date:
    kept = line.detail.get("awaiting_since_on")
    return date.fromisoformat(str(kept)) if kept else line.begins_on


def _second_reader(session: Session, user_id: int) -> list[Dated]:
    """Of every group: a second reader may be borrowed. One's own verdicts wait for somebody else."""
    wanted = (
        select(col(Item.process_id), col(Assessment.recorded_at), col(Assessment.id))
        .join(Obligation, col(Obligation.id) == col(Assessment.obligation_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .where(
            col(Assessment.verdict) == Verdict.NOT,
            col(Assessment.countersigned_at).is_(None),
            col(Assessment.taken_over_from) == "",
            col(Assessment.superseded_at).is_(None),
            or_(col(Assessment.user_id).is_(None), col(Assessment.user_id) != user_id),
        )
    )
    return [(None, since, id_) for _, since, id_ in _dated(session, wanted)]


def _looks(session: Session, now: datetime, recheck_days: int) -> list[Dated]:
    found = looks_due(session, moment(now), now.date(), recheck_days, Filters(), None)
    return [(one.line.process_id, one.since_on, one.line.id) for one in found]


def _objections(session: Session) -> list[Dated]:
    wanted = (
        select(col(Item.process_id), col(Objection.recorded_at), col(Objection.id))
        .join(Obligation, col(Obligation.id) == col(Objection.obligation_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .where(col(Objection.state) == ObjectionState.OPEN, col(Objection.superseded_at).is_(None))
    )
    return _dated(session, wanted)


def _quarantined(session: Session) -> list[Dated]:
    return [
        (one.source.process_id, one.run.started_at.date(), entries.id_of(one.run))
        for one in set_aside(session)
    ]


def _mailboxes(session: Session) -> list[Dated]:
    """Bodies out of reach: their mailbox sends letters back."""
    found = contacts.out_of_reach(session)
    return [(None, box.bounced_at.date(), box.body_id) for box, _ in found if box.bounced_at is not None]


def _unknown(session: Session, now: datetime) -> list[Dated]:
    """Since its terms were put on record: a clock that cannot be computed has no day of its own."""
    query = ListQuery(ListName.ALL, Filters(standing=Standing.UNKNOWN.value))
    found = lines(session, query, moment(now))
    wanted = select(col(Terms.obligation_id), col(Terms.recorded_at)).where(
        col(Terms.superseded_at).is_(None), col(Terms.obligation_id).in_([line.id for line in found])
    )
    since = {row[0]: row[1].date() for row in session.execute(wanted).all()}
    return [(line.process_id, since.get(line.id, line.begins_on), line.id) for line in found]


def _two_dates(session: Session) -> list[Dated]:
    """A stated and a computed date more than a day apart, of which nobody has said which counts."""
    wanted = (
        select(
            col(Item.process_id),
            col(Terms.recorded_at),
            col(Obligation.id),
            col(Terms.stated_on),
            col(Terms.computed_on),
        )
        .join(Obligation, col(Obligation.id) == col(Terms.obligation_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .where(
            col(Terms.superseded_at).is_(None),
            col(Obligation.superseded_at).is_(None),
            col(Terms.decided).is_(None),
            col(Terms.stated_on).is_not(None),
            col(Terms.computed_on).is_not(None),
            col(Terms.stated_on) != col(Terms.computed_on),
            col(Item.visibility) == Visibility.PUBLIC,
        )
    )
    return [
        (row[0], row[1].date(), row[2])
        for row in session.execute(wanted).all()
        if abs((row[3] - row[4]).days) > 1
    ]


def _drafts(session: Session) -> list[Dated]:
    wanted = select(col(Item.process_id), col(Item.recorded_at), col(Item.id))
    return _dated(session, wanted.where(col(Item.visibility) == Visibility.DRAFT))


def _imports(session: Session, user_id: int) -> list[Dated]:
    """Files one has begun to bring in oneself."""
    wanted = select(col(ImportUpload.uploaded_at), col(ImportUpload.id))
    rows = session.execute(wanted.where(col(ImportUpload.user_id) == user_id)).all()
    return [(None, row[0].date(), row[1]) for row in rows]


def _dated(session: Session, wanted: Any) -> list[Dated]:
    return [(row[0], row[1].date(), row[2]) for row in session.execute(wanted).all()]
