"""Processes page by page, kind by kind, with how their obligations stand; cost grows with the page, not the whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import ProcessKind, Visibility
from tracker.storage.lines import Moment, conditions, joined
from tracker.storage.narrowing import narrowed
from tracker.storage.standing_counts import Tally
from tracker.storage.standing_counts import tallies_of as kept_tallies
from tracker.storage.tables import Body, Document, Obligation, Process, Segment
from tracker.storage.tallies import ids_in

_OWN = frozenset({"process", "kind", "jurisdiction", "group"})
_ORDER = (
    case(
        {kind: place for place, kind in enumerate(ProcessKind)},
        value=col(Process.kind),
        else_=len(ProcessKind),
    ),
    func.lower(col(Process.name)),
    col(Process.id),
)
_IDS: Mapping[str, Any] = {"process": Process.id, "document": Document.id, "body": Body.id}
_EVERYTHING = ListQuery(ListName.ALL)
_COUNTED = (Segment.standing, Segment.basis, Segment.flagged, Segment.stale)


def listed(session: Session, filters: Filters, at: Moment, *, limit: int, offset: int = 0) -> list[Process]:
    """The next public processes by kind and name."""
    wanted = select(Process).where(*_conditions(session, filters, at)).order_by(*_ORDER)
    return list(session.execute(wanted.limit(limit).offset(offset)).scalars())


def count(session: Session, filters: Filters, at: Moment) -> int:
    """How many there are."""
    wanted = select(func.count(col(Process.id))).where(*_conditions(session, filters, at))
    return int(session.execute(wanted).scalar_one())


def counts_of(session: Session, column: str, filters: Filters, at: Moment) -> Mapping[str, int]:
    """How many there are of each `kind` or in each `jurisdiction`."""
    of = {"kind": col(Process.kind), "jurisdiction": col(Process.jurisdiction)}[column]
    wanted: Any = select(of, func.count(col(Process.id))).where(*_conditions(session, filters, at))
    return {str(key): int(n) for key, n in session.execute(wanted.group_by(of)).all()}


def tallies_of(
    session: Session, query: ListQuery, noun: str, ids: Iterable[int], at: Moment
) -> Mapping[int, Tally]:
    """How the obligations of a list stand for each of a page of processes, documents or bodies, by id."""
    wanted_ids = list(ids)
    if query == _EVERYTHING and noun in ("process", "body"):
        kept = kept_tallies(session, at, noun, wanted_ids)
        if kept is not None:
            return defaultdict(Tally, kept)
    of = _IDS[noun]
    # Of a plan's bodies only what they owe there is gone through, not all that each of them owes.
    of_a_plan = query.filters.process or query.filters.document
    those = col(of) + 0 if noun == "body" and of_a_plan else col(of)
    counted: tuple[Any, ...] = (of, *_COUNTED, func.count(col(Obligation.id)))
    wanted = joined(select(*counted), at).where(*conditions(session, query, at), those.in_(wanted_ids))
    found: dict[int, Tally] = defaultdict(Tally)
    for id_, *row in session.execute(wanted.group_by(of, *_COUNTED)).all():
        found[id_].add(*row)
    return found


def bodies_seated(session: Session, code: str, most: int) -> list[tuple[str, str]]:
    """Key and name of the first public bodies of a jurisdiction and its parts, by name."""
    part = col(Body.jurisdiction).startswith(f"{code}-", autoescape=True)
    wanted = select(col(Body.key), col(Body.name)).where(
        col(Body.visibility) == Visibility.PUBLIC, or_(col(Body.jurisdiction) == code, part)
    )
    rows = session.execute(wanted.order_by(func.lower(col(Body.name)), col(Body.id)).limit(most)).all()
    return [(row[0], row[1]) for row in rows]


def _conditions(session: Session, filters: Filters, at: Moment) -> list[ColumnElement[bool]]:
    """Its own filters are asked of the process, the others of the obligations it has."""
    given = filters.given()
    own = {name: value for name, value in given.items() if name in _OWN}
    public = [col(Process.visibility) == Visibility.PUBLIC, *narrowed(session, Filters(**own))]
    if at.known_by is not None:
        public.append(col(Process.recorded_at) <= at.known_by)
    if own == given:
        return public
    return [*public, col(Process.id).in_(ids_in(session, ListQuery(ListName.ALL, filters), at, "process"))]
