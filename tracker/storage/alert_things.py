"""What there is to tell people who edit, topic by topic: each with the process it belongs to and since when."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from tracker.domain.alerting import STILL, Topic
from tracker.domain.letter import ALERT
from tracker.domain.listing import Filters
from tracker.domain.words import FindingState, ObjectionState, Verdict, Visibility
from tracker.storage.health import set_aside
from tracker.storage.lines import moment
from tracker.storage.log import broken
from tracker.storage.looks_due import looks_due
from tracker.storage.tables import (
    Assessment,
    Document,
    Finding,
    Group,
    ImportOrder,
    Item,
    Letter,
    Objection,
    Obligation,
    Process,
    Source,
)
from tracker.storage.tips import VISITORS

MENDED = "mended"
MOST_LETTERS = 1000
NO_FAILURES = ("no longer public", "nothing left to say")
"""Why a letter was rightly not sent."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing; it is told where one of its names was not told yet."""

    topic: Topic
    row_id: int
    names: tuple[str, ...]
    since_on: date
    process_id: int | None = None
    for_user: int | None = None
    """The only account it concerns; None: whoever may see it."""
    not_for: int | None = None
    """The account that did it: it is for others to act."""
    says: Mapping[str, Any] = field(default_factory=dict)
    """What a mail's line of it is made of: `path`, `what`, `name`, `item`."""


@dataclass(frozen=True, slots=True)
class Look:
    """When it is looked, and after how many days a flag is looked at again."""

    now: datetime
    recheck_days: int


def things(session: Session, look: Look, topics: Collection[Topic]) -> dict[Topic, list[Thing]]:
    """All there is of some topics, the oldest first; the number of queries is the same however much there is."""
    found = {topic: list(_READ[topic](session, look)) for topic in topics}
    return {topic: sorted(them, key=lambda one: (one.since_on, one.row_id)) for topic, them in found.items()}


def owners(session: Session) -> dict[int, int | None]:
    """By process the group that it belongs to; what was given to nobody is the first group's."""
    first: int | None = session.execute(select(func.min(col(Group.id)))).scalar()
    rows = session.execute(select(col(Process.id), col(Process.group_id))).all()
    return {row[0]: row[1] or first for row in rows}


def titles(session: Session, keys: Collection[str]) -> dict[str, str]:
    """The titles of the items among these that are public now, with all they stand in."""
    public = [col(one.visibility) == Visibility.PUBLIC for one in (Item, Document, Process)]
    wanted = (
        select(col(Item.key), col(Item.ref), col(Item.title))
        .join(Document, col(Document.id) == col(Item.document_id))
        .join(Process, col(Process.id) == col(Item.process_id))
        .where(col(Item.key).in_(sorted(keys)), *public)
    )
    return {row[0]: f"{row[1]} {row[2]}".strip() for row in session.execute(wanted).all()} if keys else {}


def _findings(session: Session, look: Look) -> Iterable[Thing]:
    return (one for key, one in _open_findings(session, look, Topic.FINDINGS) if key != VISITORS)


def _tips(session: Session, look: Look) -> Iterable[Thing]:
    return (one for key, one in _open_findings(session, look, Topic.TIPS) if key == VISITORS)


def _open_findings(session: Session, look: Look, topic: Topic) -> Iterable[tuple[str, Thing]]:
    """What was put off waits again when its time has come; it was told before and is not told again."""
    until = col(Finding.later_until_at)
    wanted = (
        select(
            col(Finding.id), col(Finding.kind), col(Finding.found_at), col(Source.key), col(Source.name),
            col(Source.process_id), col(Finding.suggestion)["item"].as_string(),
        )
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(col(Finding.state) == FindingState.OPEN, or_(until.is_(None), until <= look.now))
    )  # fmt: skip
    for id_, kind, found_at, key, name, process_id, item in session.execute(wanted).all():
        says = {"path": f"/edit/review/{id_}", "what": kind, "name": name or key, "item": item or ""}
        yield key, Thing(topic, id_, (str(id_),), found_at.date(), process_id, says=says)


def _about_items() -> Any:
    return (
        select(col(Item.process_id), col(Item.key))
        .join(Obligation, col(Obligation.item_id) == col(Item.id))
        .join(Process, col(Process.id) == col(Item.process_id))
    )


def _objections(session: Session, _look: Look) -> Iterable[Thing]:
    """What came in one form is one, whatever number of entries it is about."""
    wanted = (
        _about_items()
        .add_columns(col(Objection.id), col(Objection.number), col(Objection.recorded_at))
        .join(Objection, col(Objection.obligation_id) == col(Obligation.id))
        .where(col(Objection.state) == ObjectionState.OPEN, col(Objection.superseded_at).is_(None))
        .order_by(col(Objection.id))
    )
    found: dict[str, Thing] = {}
    for process_id, item, id_, number, at in session.execute(wanted).all():
        name = number or str(id_)
        path = f"/edit/objections/{number}" if number else "/edit/objections"
        says = {"path": path, "name": number or "", "item": item}
        found.setdefault(name, Thing(Topic.OBJECTIONS, id_, (name,), at.date(), process_id, says=says))
    return found.values()


def _second_reader(session: Session, _look: Look) -> Iterable[Thing]:
    """Of every group: a second reader may be borrowed. Nobody countersigns what they wrote."""
    wanted = (
        _about_items()
        .add_columns(col(Assessment.id), col(Assessment.recorded_at), col(Assessment.user_id))
        .join(Assessment, col(Assessment.obligation_id) == col(Obligation.id))
        .where(
            col(Assessment.verdict) == Verdict.NOT,
            col(Assessment.countersigned_at).is_(None),
            col(Assessment.taken_over_from) == "",
            col(Assessment.superseded_at).is_(None),
        )
    )
    for process_id, item, id_, at, user_id in session.execute(wanted).all():
        says = {"path": f"/edit/assessments/{id_}/countersign", "item": item}
        yield Thing(
            Topic.SECOND_READER, id_, (str(id_),), at.date(), process_id, not_for=user_id or 0, says=says
        )


def _looks(session: Session, look: Look) -> Iterable[Thing]:
    for one in looks_due(session, moment(look.now), look.now.date(), look.recheck_days, Filters(), None):
        line = one.line
        says = {"path": f"/edit/looks/new?obligations={line.id}", "item": line.item_key}
        name = f"{line.id} {one.since_on.isoformat()}"
        yield Thing(Topic.LOOKS, line.id, (name,), one.since_on, line.process_id, says=says)


def _sources(session: Session, look: Look) -> Iterable[Thing]:
    """Broken since when, set aside, still broken after a week; those read well bear no name until they had one."""
    aside = {one.source.id: one.run.id for one in set_aside(session)}
    wanted = select(Source).where(col(Source.enabled).is_(True), col(Source.address) != "")
    for row in session.execute(wanted).scalars():
        id_, since = row.id or 0, row.broken_since_at
        says: dict[str, Any] = {"path": f"/sources/{row.key}", "what": MENDED, "name": row.name or row.key}
        if since is None:
            yield Thing(Topic.SOURCES, id_, (), look.now.date(), row.process_id, says=says)
            continue
        stages = [
            "broken",
            *(["aside"] if id_ in aside else []),
            *(["still"] if look.now - since >= STILL else []),
        ]
        if id_ in aside:
            says["path"] = f"/edit/sources/runs/{aside[id_]}"
        says |= {"what": stages[-1], "problem": row.problem[:200]}
        names = tuple(f"{id_} {stage} {since.isoformat()}" for stage in stages)
        yield Thing(Topic.SOURCES, id_, names, since.date(), row.process_id, says=says)


def _letters(session: Session, _look: Look) -> Iterable[Thing]:
    """Given up without being sent, for another reason than that what they name is not public."""
    wanted = (
        select(col(Letter.id), col(Letter.kind), col(Letter.queued_at))
        .where(
            col(Letter.next_at).is_(None),
            col(Letter.sent_at).is_(None),
            col(Letter.error).not_in(("", *NO_FAILURES)),
            col(Letter.kind) != ALERT,
        )
        .order_by(col(Letter.id).desc())
        .limit(MOST_LETTERS)
    )
    for id_, kind, at in session.execute(wanted).all():
        yield Thing(Topic.LETTERS, id_, (str(id_),), at.date(), says={"path": "/edit/letters", "what": kind})


def _imports(session: Session, _look: Look) -> Iterable[Thing]:
    """Those the worker did, told to who ordered them."""
    wanted = select(ImportOrder).where(
        col(ImportOrder.ended_at).is_not(None), col(ImportOrder.user_id).is_not(None)
    )
    for row in session.execute(wanted).scalars():
        path = f"/edit/imports/{row.act_id}" if row.act_id else f"/edit/imports/files/{row.upload_id}"
        says = {"path": path, "what": "refused" if row.refused else "done", "count": row.written}
        name = f"{row.upload_id} {row.ordered_at.isoformat()}"
        ended_on = (row.ended_at or row.ordered_at).date()
        yield Thing(Topic.IMPORTS, row.upload_id, (name,), ended_on, for_user=row.user_id, says=says)


def _log(session: Session, _look: Look) -> Iterable[Thing]:
    seen = broken(session)
    if seen is not None:
        place = seen.first_bad or 1
        yield Thing(
            Topic.LOG, place, (str(place),), seen.checked_at.date(), says={"path": "/edit/", "place": place}
        )


_READ: Mapping[Topic, Callable[[Session, Look], Iterable[Thing]]] = {
    Topic.FINDINGS: _findings,
    Topic.OBJECTIONS: _objections,
    Topic.TIPS: _tips,
    Topic.SECOND_READER: _second_reader,
    Topic.LOOKS: _looks,
    Topic.SOURCES: _sources,
    Topic.LETTERS: _letters,
    Topic.IMPORTS: _imports,
    Topic.LOG: _log,
}
