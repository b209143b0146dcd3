"""What is owed in one plan, counted from indexes alone: one pass for its bodies and its documents together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, literal, select, union_all
from sqlmodel import Session, col

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import Basis, Standing
from tracker.storage.listed import Moment, asked, held, known
from tracker.storage.matrix import Column, plan_bodies
from tracker.storage.process_lists import tallies_of
from tracker.storage.standing_counts import Tally
from tracker.storage.tables import Body, Document, Item, Obligation, Process, Segment

_PLANS = ({"process"}, {"document"})
Counts = tuple[list[tuple[Column, Tally]], Mapping[int, Tally]]
_STANDS: tuple[Any, ...] = (Segment.standing, Segment.basis, Segment.flagged, Segment.stale)


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """How what is owed in a plan stands, by body and by document."""

    bodies: Sequence[tuple[Column, Tally]]
    """Those that owe most there first."""
    more_bodies: bool
    """Others owe less there."""
    documents: Mapping[int, Tally]


def plan_counts(
    session: Session, query: ListQuery, at: Moment, documents: Iterable[int], *, most_bodies: int
) -> PlanCounts:
    """The counts of a plan at a moment, for so many of its bodies and for these of its documents."""
    counted = _in_one_pass if is_plan_now(query, at) else counted_apart
    bodies, of_documents = counted(session, query, at, tuple(documents), most_bodies + 1)
    return PlanCounts(bodies[:most_bodies], len(bodies) > most_bodies, of_documents)


def is_plan_now(query: ListQuery, at: Moment) -> bool:
    """Whether a list is all that is owed in one process or one document, with today's facts."""
    today = at.day is None and at.known_by is None
    return today and query.name is ListName.ALL and set(query.filters.given()) in _PLANS


def counted_apart(
    session: Session, query: ListQuery, at: Moment, documents: tuple[int, ...], most: int
) -> Counts:
    """The bodies and the documents of a list counted one after the other, at whatever moment."""
    bodies = plan_bodies(session, query.filters, at, limit=most, most_first=True)
    found = tallies_of(session, query, "body", [body.id for body in bodies], at)
    of_documents = tallies_of(session, query, "document", documents, at) if documents else {}
    return [(body, found[body.id]) for body in bodies], of_documents


def _in_one_pass(
    session: Session, query: ListQuery, at: Moment, documents: tuple[int, ...], most: int
) -> Counts:
    """The same of now. Every obligation has terms and an addressee: what is counted needs neither."""
    found: dict[str, dict[int, Tally]] = {"body": {}, "document": {}}
    rows = asked(session, query, at, _counts, documents, most)
    for part, id_, standing, basis, flagged, stale, n in rows.all():
        found[part].setdefault(id_, Tally()).add(Standing(standing), Basis(basis), flagged, stale, n)
    return _named(session, found["body"]), found["document"]


def _named(session: Session, tallies: Mapping[int, Tally]) -> list[tuple[Column, Tally]]:
    """Those that owe most first, by name where two owe as much."""
    wanted = select(col(Body.id), col(Body.key), col(Body.name)).where(col(Body.id).in_(list(tallies)))
    rows = session.execute(wanted.order_by(func.lower(col(Body.name)), col(Body.id))).all()
    found = [
        (Column(id_, key, name, tally.total), tally) for id_, key, name in rows for tally in (tallies[id_],)
    ]
    return sorted(found, key=lambda one: -one[0].owed)


def in_plan(wanted: Any, at: Moment, obligation_id: Any) -> Any:
    """Join a statement about obligations with the plan each belongs to, and with what decides who may see it."""
    return (
        wanted.join(Obligation, col(Obligation.id) == obligation_id)
        .join(Item, col(Item.id) == Obligation.item_id)
        .join(Process, col(Process.id) == Item.process_id)
        .join(Document, col(Document.id) == Item.document_id)
        .join(Body, col(Body.id) == Obligation.body_id)
        .where(*known(Obligation, at))
    )


def is_owed(obligation_id: Any, at: Moment) -> ColumnElement[bool]:
    """It stands somewhere by today's facts; asked last, of what else was found."""
    return exists().where(col(Segment.obligation_id) == obligation_id, *held(at))


def _counts(
    at: Moment, narrowed: Iterable[ColumnElement[bool]], documents: tuple[int, ...], most: int
) -> Any:
    owed = _owed(at, narrowed)
    n = func.count()
    stands = [owed.c[name] for name in ("standing", "basis", "flagged", "stale")]
    first = (
        select(col(Body.id))
        .join(owed, owed.c.body_id == col(Body.id))
        .group_by(col(Body.id), col(Body.name))
        .order_by(n.desc(), func.lower(col(Body.name)), col(Body.id))
        .limit(most)
    ).subquery()
    of_bodies = (
        select(literal("body"), owed.c.body_id, *stands, n)
        .join(first, first.c.id == owed.c.body_id)
        .group_by(owed.c.body_id, *stands)
    )
    of_documents = (
        select(literal("document"), owed.c.document_id, *stands, n)
        .where(owed.c.document_id.in_(documents))
        .group_by(owed.c.document_id, *stands)
    )
    return union_all(of_bodies, of_documents) if documents else of_bodies


def _owed(at: Moment, narrowed: Iterable[ColumnElement[bool]]) -> Any:
    """Each obligation once, and once only."""
    standing, basis, *others = _STANDS
    words = [cast(one, String).label(name) for name, one in (("standing", standing), ("basis", basis))]
    wanted = (
        select(col(Item.document_id), col(Obligation.body_id), *words, *others)
        .select_from(Item)
        .join(Document, col(Document.id) == Item.document_id)
        .join(Process, col(Process.id) == Item.process_id)
        .join(Obligation, col(Obligation.item_id) == Item.id)
        .join(Body, col(Body.id) == Obligation.body_id)
        .join(Segment, and_(col(Segment.obligation_id) == Obligation.id, *held(at)))
    )
    return wanted.where(*known(Obligation, at), *narrowed).cte("owed").prefix_with("MATERIALIZED")
