"""What every list is made of: all that an obligation hangs together with, at a moment, under a list's conditions."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import FLAGGED, Basis, Standing, Visibility
from tracker.storage.bodies import family, passed_alone
from tracker.storage.narrowing import narrowed, narrowed_alike
from tracker.storage.prepared import FAMILY, NOW, made, run
from tracker.storage.segment_indexes import AHEAD, stands
from tracker.storage.tables import Addressee, Body, Document, Item, Obligation, Process, Segment, Terms

BINDING = [basis for basis in Basis if basis.flags_overdue]


@dataclass(frozen=True, slots=True)
class Moment:
    """When a list is looked at: an instant, and which facts count."""

    at: datetime
    known_by: datetime | None = None
    """Facts recorded later are left out; None: all facts known today."""
    day: date | None = None
    """The day it is seen on, where each debtor is: midnight there is not midnight here. None: at the instant."""


def moment(now: datetime, as_of: date | None = None, *, hindsight: bool = False) -> Moment:
    """Now; or a day, with what the site knew at its end (UTC) or, in hindsight, with today's facts."""
    if as_of is None:
        return Moment(now)
    end = datetime.combine(as_of + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)
    end = min(end, now)
    return Moment(end, None if hindsight else end, as_of)


def joined(wanted: Any, at: Moment) -> Any:
    """Join everything a line needs; one segment and one row of terms hold at a moment."""
    return (
        wanted.select_from(Obligation)
        .join(Segment, and_(col(Segment.obligation_id) == Obligation.id, *held(at)))
        .join(Terms, and_(col(Terms.obligation_id) == Obligation.id, *known(Terms, at)))
        .join(Addressee, col(Addressee.id) == Obligation.addressee_id)
        .join(Body, col(Body.id) == Obligation.body_id)
        .join(Item, col(Item.id) == Obligation.item_id)
        .join(Document, col(Document.id) == Item.document_id)
        .join(Process, col(Process.id) == Item.process_id)
        .where(*known(Obligation, at))
    )


def narrowly(wanted: Any, at: Moment, terms: bool = False) -> Any:
    """Join only what decides about entries of a list; `terms` where their order asks for these.

    What lines tell besides is read of those that were found. Of now: every obligation has terms and an addressee.
    """
    if at.day is not None or at.known_by is not None:
        return joined(wanted, at)
    wanted = (
        wanted.select_from(Obligation)
        .join(Segment, and_(col(Segment.obligation_id) == Obligation.id, *held(at)))
        .join(Item, col(Item.id) == Obligation.item_id)
        .join(Document, col(Document.id) == Item.document_id)
        .join(Process, col(Process.id) == Item.process_id)
        .join(Body, col(Body.id) == Obligation.body_id)
        .where(*known(Obligation, at))
    )
    owed = and_(col(Terms.obligation_id) == Obligation.id, *known(Terms, at))
    return wanted.join(Terms, owed) if terms else wanted


def held(at: Moment) -> list[ColumnElement[bool]]:
    if at.day is not None:
        return _held_on(at, at.day)
    return [
        col(Segment.from_at) <= at.at,
        or_(col(Segment.until_at).is_(None), col(Segment.until_at) > at.at),
        *known(Segment, at),
    ]


def _held_on(at: Moment, day: date) -> list[ColumnElement[bool]]:
    """The last stretch begun by a day where the debtor is; days that have not begun there yet are left out."""
    later = aliased(Segment)
    begun = [col(later.begins_on) <= day, col(later.from_at) <= at.at, *known(later, at)]
    newest = (
        select(func.max(col(later.begins_on)))
        .where(col(later.obligation_id) == col(Segment.obligation_id), *begun)
        .correlate(Segment)
        .scalar_subquery()
    )
    return [col(Segment.begins_on) == newest, *known(Segment, at)]


def known(table: Any, at: Moment) -> list[ColumnElement[bool]]:
    """The rows of a table of facts that are on record at a moment."""
    if at.known_by is None:
        return [col(table.superseded_at).is_(None)]
    return [
        col(table.recorded_at) <= at.known_by,
        or_(col(table.superseded_at).is_(None), col(table.superseded_at) > at.known_by),
    ]


def conditions(session: Session, query: ListQuery, at: Moment | None = None) -> list[ColumnElement[bool]]:
    """What a line must fulfil to be in a list and in public."""
    then = (at.day, at.known_by) if at is not None and at.day is not None else None
    return [*_PUBLIC, *_NAMED[query.name], *narrowed(session, query.filters, _SEGMENT, then)]


_SEGMENT: dict[str, Any] = {"standing": Segment.standing, "basis": Segment.basis}


Make = Callable[..., Any]


def asked(session: Session, query: ListQuery, at: Moment, make: Make, *shape: Hashable, **values: Any) -> Any:
    """The rows of the statement that `make(at, conditions, *shape)` makes.

    It is made once for all that is asked alike of now, for that takes longer than to execute it; `values` are those
    it leaves open.
    """
    return asked_in(session, query, at, _BODY, lambda: conditions(session, query, at), make, shape, values)


def asked_in(
    session: Session,
    query: ListQuery,
    at: Moment,
    owed_by: Any,
    narrowed_now: Callable[[], list[ColumnElement[bool]]],
    make: Make,
    shape: tuple[Hashable, ...],
    values: Mapping[str, Any],
) -> Any:
    """The same; `owed_by` is the column by which what a body owes is found, `narrowed_now` what else is asked."""
    ids = _prepared_for(session, query, at)
    if ids is None:
        return run(session, make(at, narrowed_now(), *shape), values)
    alike = replace(query.filters, body=STAR if query.filters.body else "")
    question = (make, query.name, alike, str(owed_by), shape)
    statement = made(question, lambda: make(Moment(NOW), _alike(query.name, alike, owed_by), *shape))
    return run(session, statement, {NOW.key: at.at, FAMILY.key: ids, **values})


def asked_at(session: Session, at: Moment, make: Make, **values: Any) -> Any:
    """The rows of the statement that `make(at)` makes, whatever is public: made once for all that is asked of now."""
    if at.day is not None or at.known_by is not None:
        return run(session, make(at), values)
    return run(session, made(make, lambda: make(Moment(NOW))), {NOW.key: at.at, **values})


def _prepared_for(session: Session, query: ListQuery, at: Moment) -> list[int] | None:
    """The bodies a list is of, empty for all; None where what is on record decides how the statement reads."""
    if at.day is not None or at.known_by is not None or query.filters.q:
        return None
    if not query.filters.body:
        return []
    ids = family(session, query.filters.body)
    return None if not ids or passed_alone(session, ids) else sorted(ids)


_BODY: Any = col(Body.id)
STAR = "*"
"""For whichever body: its ids are handed over."""


def _alike(name: ListName, filters: Filters, owed_by: Any) -> list[ColumnElement[bool]]:
    bodies = [owed_by.in_(FAMILY)] if filters.body else []
    return [*_PUBLIC, *_NAMED[name], *narrowed_alike(filters, _SEGMENT), *bodies]


_PUBLIC: list[ColumnElement[bool]] = [
    col(Item.visibility) == Visibility.PUBLIC,
    col(Document.visibility) == Visibility.PUBLIC,
    col(Process.visibility) == Visibility.PUBLIC,
    col(Body.visibility) == Visibility.PUBLIC,
]
_NAMED: dict[ListName, list[ColumnElement[bool]]] = {
    ListName.ALL: [],
    ListName.OVERDUE: [
        col(Segment.standing).in_(FLAGGED),
        col(Segment.flagged).is_(True),
        col(Segment.basis).in_(BINDING),
    ],
    ListName.NOT_ANSWERED_BY_DATE_ASKED: [
        col(Segment.standing).in_(FLAGGED),
        col(Segment.flagged).is_(True),
        col(Segment.basis).not_in(BINDING),
    ],
    ListName.WAITING: [col(Segment.standing) == Standing.WAITING, col(Segment.due_on).is_(None)],
    ListName.AWAITING: [stands(col(Segment.standing), [Standing.AWAITING_ASSESSMENT])],
    ListName.DUE: [stands(col(Segment.standing), AHEAD), col(Segment.due_on).is_not(None)],
}
