"""The story of an item: everything on record about its obligations, as it was known at a moment."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import ObjectionState, RunState, Visibility
from tracker.storage.listed import Moment, known
from tracker.storage.on_record import objects_at
from tracker.storage.prepared import ID, IDS, once, run
from tracker.storage.signers import public_signers
from tracker.storage.tables import (
    Assessment,
    AssessmentResponse,
    Body,
    Check,
    CheckObligation,
    Claim,
    ClockEntry,
    Group,
    Happening,
    Objection,
    Response,
    ResponseLine,
    Run,
    Source,
    Statement,
    Terms,
)

SHOWN = (Visibility.PUBLIC, Visibility.LINK_ONLY)


@dataclass(frozen=True)
class Reply:
    """A response and what it is for one obligation."""

    line: ResponseLine
    response: Response
    speaker: Body
    shown: bool
    """False: withheld; only its place is shown."""
    signers: tuple[Body, ...] = ()
    """Who signed it too, each for itself."""


@dataclass(frozen=True)
class Judgement:
    """A verdict, the group that gave it, and the responses it judged."""

    assessment: Assessment
    group: Group | None
    countersigned_by: Group | None
    response_ids: tuple[int, ...]


@dataclass(frozen=True)
class Look:
    """A check: by a group's person or by a run of a source."""

    check: Check
    group: Group | None
    source: Source | None
    run_state: RunState | None


@dataclass
class Story:
    """What is on record about one obligation."""

    terms: Terms | None = None
    entries: list[ClockEntry] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)


Found = Iterable[tuple[int, Any]]


def stories(session: Session, obligation_ids: Iterable[int], at: Moment) -> Mapping[int, Story]:
    """The story of each obligation."""
    ids = list(obligation_ids)
    found: dict[int, Story] = defaultdict(Story)
    for id_, terms in _terms(session, ids, at):
        found[id_].terms = terms
    for name, read in _READERS.items():
        for id_, thing in read(session, ids, at):
            getattr(found[id_], name).append(thing)
    return found


def happenings(session: Session, item_id: int, at: Moment) -> list[Happening]:
    """Dated facts on an item's timeline that are not ours."""
    return list(objects_at(session, at, _of_item, **{ID.key: item_id}).scalars())


def _of_item(at: Moment) -> Any:
    wanted = select(Happening).where(col(Happening.item_id) == ID, *known(Happening, at))
    return wanted.order_by(col(Happening.happened_on), col(Happening.id))


def _of(at: Moment, table: Any) -> Any:
    """All that a table has about obligations, in the order it is told in."""
    wanted = select(table).where(col(table.obligation_id).in_(IDS), *known(table, at))
    return wanted.order_by(*(col(column) for column in _IN_ORDER[table]))


_IN_ORDER: Mapping[Any, tuple[Any, ...]] = {
    Terms: (),
    ClockEntry: (ClockEntry.works_from_on, ClockEntry.id),
    Assessment: (Assessment.recorded_at,),
    Claim: (Claim.claimed_on, Claim.id),
    Objection: (Objection.id,),
}


def _rows(session: Session, table: Any, ids: list[int], at: Moment) -> Iterable[Any]:
    rows: Iterable[Any] = objects_at(session, at, _of, table, **{IDS.key: ids}).scalars()
    return rows


def _terms(session: Session, ids: list[int], at: Moment) -> Found:
    return ((row.obligation_id, row) for row in _rows(session, Terms, ids, at))


def _entries(session: Session, ids: list[int], at: Moment) -> Found:
    return ((row.obligation_id, row) for row in _rows(session, ClockEntry, ids, at))


def _replies(session: Session, ids: list[int], at: Moment) -> Found:
    """Asked for themselves, and for what the asker says of them."""
    return once(session, ("replies", tuple(ids), at), lambda: tuple(_read_replies(session, ids, at)))


def _read_replies(session: Session, ids: list[int], at: Moment) -> Found:
    rows = objects_at(session, at, _came, **{IDS.key: ids}).all()
    signed = public_signers(session, [response.id for _, response, _ in rows], at)
    return (
        (
            line.obligation_id,
            Reply(line, response, body, response.visibility in SHOWN, tuple(signed.get(response.id, ()))),
        )
        for line, response, body in rows
    )


def _came(at: Moment) -> Any:
    return (
        select(ResponseLine, Response, Body)
        .join(Response, col(Response.id) == ResponseLine.response_id)
        .join(Body, col(Body.id) == Response.body_id)
        .where(col(ResponseLine.obligation_id).in_(IDS), *known(ResponseLine, at))
        .where(col(Response.visibility) != Visibility.DRAFT)
        .order_by(col(Response.first_seen_on), col(Response.id))
    )


def _judgements(session: Session, ids: list[int], at: Moment) -> Found:
    rows = list(_rows(session, Assessment, ids, at))
    sets: dict[int, list[int]] = defaultdict(list)
    pairs = run(session, _JUDGED, {IDS.key: [row.id for row in rows]}).all() if rows else ()
    for assessment_id, response_id in pairs:
        sets[assessment_id].append(response_id)
    for row in rows:
        yield (
            row.obligation_id,
            Judgement(
                row,
                _get(session, Group, row.group_id),
                _get(session, Group, row.countersigned_group_id),
                tuple(sorted(sets[row.id])),
            ),
        )


_JUDGED = select(col(AssessmentResponse.assessment_id), col(AssessmentResponse.response_id)).where(
    col(AssessmentResponse.assessment_id).in_(IDS)
)


def _looks(session: Session, ids: list[int], at: Moment) -> Found:
    rows = objects_at(session, at, _looked, **{IDS.key: ids}).all()
    return ((id_, Look(check, group, source, state)) for id_, check, group, source, state in rows)


def _looked(at: Moment) -> Any:
    return (
        select(col(CheckObligation.obligation_id), Check, Group, Source, col(Run.state))
        .join(Check, col(Check.id) == CheckObligation.check_id)
        .outerjoin(Group, col(Group.id) == Check.group_id)
        .outerjoin(Run, col(Run.id) == Check.run_id)
        .outerjoin(Source, col(Source.id) == Run.source_id)
        .where(col(CheckObligation.obligation_id).in_(IDS), *known(Check, at))
        .order_by(col(Check.looked_on).desc(), col(Check.id).desc())
    )


def _claims(session: Session, ids: list[int], at: Moment) -> Found:
    return ((row.obligation_id, row) for row in _rows(session, Claim, ids, at))


def _statements(session: Session, ids: list[int], at: Moment) -> Found:
    """A statement on a response without naming an obligation belongs to each the response covers."""
    covered: dict[int, set[int]] = defaultdict(set)
    for id_, reply in _replies(session, ids, at):
        if reply.shown:
            covered[reply.response.id].add(id_)
    if not covered:
        return
    for row in objects_at(session, at, _stated, **{IDS.key: list(covered)}).scalars():
        for id_ in covered[row.response_id]:
            if row.obligation_id in (None, id_):
                yield id_, row


def _stated(at: Moment) -> Any:
    wanted = select(Statement).where(col(Statement.response_id).in_(IDS), *known(Statement, at))
    return wanted.order_by(col(Statement.stated_on), col(Statement.id))


def _objections(session: Session, ids: list[int], at: Moment) -> Found:
    for row in _rows(session, Objection, ids, at):
        if row.state is ObjectionState.UNVERIFIED:
            continue
        if at.known_by is not None and row.ended_at is not None and row.ended_at > at.known_by:
            session.expunge(row)
            row.state, row.ended_at, row.outcome = ObjectionState.OPEN, None, ""  # as it stood then
        yield row.obligation_id, row


def _get(session: Session, table: Any, id_: int | None) -> Any:
    return session.get(table, id_) if id_ else None


_READERS: Mapping[str, Callable[[Session, list[int], Moment], Found]] = {
    "entries": _entries,
    "replies": _replies,
    "judgements": _judgements,
    "looks": _looks,
    "claims": _claims,
    "statements": _statements,
    "objections": _objections,
}
