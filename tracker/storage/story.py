"""The story of an item: everything on record about its obligations, as it was known at a moment."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import ObjectionState, RunState, Visibility
from tracker.storage.listed import Moment, known
from tracker.storage.prepared import once
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
    wanted = select(Happening).where(col(Happening.item_id) == item_id, *known(Happening, at))
    return list(session.execute(wanted.order_by(col(Happening.happened_on), col(Happening.id))).scalars())


def _of(table: Any, ids: list[int], at: Moment) -> Any:
    return select(table).where(col(table.obligation_id).in_(ids), *known(table, at))


def _terms(session: Session, ids: list[int], at: Moment) -> Found:
    return ((row.obligation_id, row) for row in session.execute(_of(Terms, ids, at)).scalars())


def _entries(session: Session, ids: list[int], at: Moment) -> Found:
    wanted = _of(ClockEntry, ids, at).order_by(col(ClockEntry.works_from_on), col(ClockEntry.id))
    return ((row.obligation_id, row) for row in session.execute(wanted).scalars())


def _replies(session: Session, ids: list[int], at: Moment) -> Found:
    """Asked for themselves, and for what the asker says of them."""
    return once(session, ("replies", tuple(ids), at), lambda: tuple(_read_replies(session, ids, at)))


def _read_replies(session: Session, ids: list[int], at: Moment) -> Found:
    wanted = (
        select(ResponseLine, Response, Body)
        .join(Response, col(Response.id) == ResponseLine.response_id)
        .join(Body, col(Body.id) == Response.body_id)
        .where(col(ResponseLine.obligation_id).in_(ids), *known(ResponseLine, at))
        .where(col(Response.visibility) != Visibility.DRAFT)
        .order_by(col(Response.first_seen_on), col(Response.id))
    )
    rows = session.execute(wanted).all()
    signed = public_signers(session, [response.id for _, response, _ in rows], at)
    return (
        (
            line.obligation_id,
            Reply(line, response, body, response.visibility in SHOWN, tuple(signed.get(response.id, ()))),
        )
        for line, response, body in rows
    )


def _judgements(session: Session, ids: list[int], at: Moment) -> Found:
    rows = list(session.execute(_of(Assessment, ids, at).order_by(col(Assessment.recorded_at))).scalars())
    sets: dict[int, list[int]] = defaultdict(list)
    wanted = select(AssessmentResponse).where(
        col(AssessmentResponse.assessment_id).in_([row.id for row in rows])
    )
    for pair in session.execute(wanted).scalars():
        sets[pair.assessment_id].append(pair.response_id)
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


def _looks(session: Session, ids: list[int], at: Moment) -> Found:
    wanted = (
        select(col(CheckObligation.obligation_id), Check, Group, Source, Run)
        .join(Check, col(Check.id) == CheckObligation.check_id)
        .outerjoin(Group, col(Group.id) == Check.group_id)
        .outerjoin(Run, col(Run.id) == Check.run_id)
        .outerjoin(Source, col(Source.id) == Run.source_id)
        .where(col(CheckObligation.obligation_id).in_(ids), *known(Check, at))
        .order_by(col(Check.looked_on).desc(), col(Check.id).desc())
    )
    for id_, check, group, source, run in session.execute(wanted).all():
        yield id_, Look(check, group, source, run.state if run else None)


def _claims(session: Session, ids: list[int], at: Moment) -> Found:
    wanted = _of(Claim, ids, at).order_by(col(Claim.claimed_on), col(Claim.id))
    return ((row.obligation_id, row) for row in session.execute(wanted).scalars())


def _statements(session: Session, ids: list[int], at: Moment) -> Found:
    """A statement on a response without naming an obligation belongs to each the response covers."""
    covered: dict[int, set[int]] = defaultdict(set)
    for id_, reply in _replies(session, ids, at):
        if reply.shown:
            covered[reply.response.id].add(id_)
    wanted = select(Statement).where(col(Statement.response_id).in_(list(covered)), *known(Statement, at))
    for row in session.execute(wanted.order_by(col(Statement.stated_on), col(Statement.id))).scalars():
        for id_ in covered[row.response_id]:
            if row.obligation_id in (None, id_):
                yield id_, row


def _objections(session: Session, ids: list[int], at: Moment) -> Found:
    wanted = _of(Objection, ids, at).where(col(Objection.state) != ObjectionState.UNVERIFIED)
    for row in session.execute(wanted.order_by(col(Objection.id))).scalars():
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
