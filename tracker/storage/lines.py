"""One typed line per obligation as every list shows it: a join on the segment that holds at a moment."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, select
from sqlmodel import Session, col

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.objected import Objected
from tracker.domain.words import (
    FLAGGED,
    Basis,
    Standing,
)
from tracker.storage.body_changes import names_on
from tracker.storage.flags_first import WHICHEVER_BODY, WITH_DAYS, flags_fill
from tracker.storage.line import COLUMNS, Line, line_of
from tracker.storage.listed import (
    BINDING,
    Moment,
    asked,
    asked_in,
    conditions,
    held,
    joined,
    known,
    moment,
    narrowly,
)
from tracker.storage.objections import beside
from tracker.storage.prepared import AFTER, DAY, IDS, NOW, OFFSET, run
from tracker.storage.segment_indexes import stands
from tracker.storage.stored_counts import stored_counts
from tracker.storage.successions import Debtor, owing
from tracker.storage.tables import (
    Body,
    Item,
    Obligation,
    Process,
    Segment,
    Terms,
)

__all__ = [
    "BINDING",
    "COLUMNS",
    "ORDERS",
    "Line",
    "Moment",
    "conditions",
    "count",
    "counts_by_basis",
    "ids_of",
    "joined",
    "known",
    "line_of",
    "lines",
    "moment",
    "seen",
]


_BASIS_IN_TURN = case({basis.value: place for place, basis in enumerate(Basis)}, value=col(Segment.basis))
ORDERS: dict[str, tuple[Any, ...]] = {
    "days": (col(Segment.stale).asc(), col(Segment.days_overdue).desc().nulls_last(), col(Obligation.id)),
    "start": (col(Terms.trigger_on).asc().nulls_last(), col(Obligation.id)),
    "due": (col(Segment.due_on).asc().nulls_last(), col(Obligation.id)),
    "newest": (col(Segment.from_at).desc(), col(Obligation.id)),
    "item": (col(Process.key), col(Item.number), col(Obligation.id)),
    "body": (
        func.lower(col(Body.name)),
        _BASIS_IN_TURN,
        col(Segment.days_overdue).desc().nulls_last(),
        col(Obligation.id),
    ),
    "id": (col(Obligation.id),),
}


def lines(
    session: Session,
    query: ListQuery,
    at: Moment,
    *,
    order: str = "item",
    limit: int | None = None,
    offset: int = 0,
    after_id: int | None = None,
    ids: Iterable[int] | None = None,
    unflagged: bool = False,
) -> list[Line]:
    """The lines of a list at a moment; with `ids` only those of these obligations.

    `unflagged`: only those that are in no list of flags.
    """
    first = query.name is ListName.DUE and order == "due" and limit is not None
    values: dict[str, Any] = {
        OFFSET.key: offset,
        AFTER.key: after_id,
        IDS.key: None if ids is None else list(ids),
        _NO_FLAGS: unflagged or None,
    }
    values[DAY.key] = _not_due_before(session, at) if first else None
    bounds = frozenset(name for name, value in values.items() if name in _BOUNDS and value is not None)
    owed_by = col(Body.id)
    if (
        order == "days"
        and limit is not None
        and not bounds
        and flags_fill(session, query, at, offset + limit)
    ):
        bounds, owed_by = frozenset({_FLAGS}), WHICHEVER_BODY
    shape = (order, limit, bounds)
    now = partial(conditions, session, query, at)
    ask = partial(asked_in, session, query, at, owed_by, now)
    if limit and ids is None and offset >= FAR and at.day is None:
        return _of_these(session, ask(_ids, shape, values).scalars().all(), at, order)
    return seen(session, [line_of(row) for row in ask(_lines, shape, values).all()], at)


def _of_these(session: Session, ids: list[int], at: Moment, order: str) -> list[Line]:
    return lines(session, ListQuery(ListName.ALL), at, order=order, ids=ids) if ids else []


def ids_of(session: Session, query: ListQuery, at: Moment, *, order: str = "item") -> "array[int]":
    """The obligations of a whole list in its order, by their ids: what reads their lines reads some at a time."""
    shape: tuple[Any, ...] = (order, None, frozenset())
    return array("q", asked(session, query, at, _ids, *shape, **{OFFSET.key: 0}).scalars())


FAR = 200
"""Behind so many entries those of a page are found first, and only what lines tell of them is read."""


def _ids(
    at: Moment,
    narrowed: Iterable[ColumnElement[bool]],
    order: str,
    limit: int | None,
    bounds: frozenset[str],
) -> Any:
    wanted = narrowly(select(col(Obligation.id)), at, terms=order == "start")
    wanted = wanted.where(*narrowed, *(_BOUNDS[name] for name in sorted(bounds)))
    return wanted.order_by(*ORDERS[order]).limit(limit).offset(OFFSET)


def _lines(
    at: Moment,
    narrowed: Iterable[ColumnElement[bool]],
    order: str,
    limit: int | None,
    bounds: frozenset[str],
) -> Any:
    wanted = joined(select(*COLUMNS), at).where(*narrowed, *(_BOUNDS[name] for name in sorted(bounds)))
    return wanted.order_by(*ORDERS[order]).limit(limit).offset(OFFSET)


_FLAGS, _NO_FLAGS = "flags", "no flags"
_BOUNDS: Mapping[str, ColumnElement[bool]] = {
    AFTER.key: col(Obligation.id) > AFTER,
    IDS.key: col(Obligation.id).in_(IDS),
    DAY.key: col(Segment.due_on) >= DAY,
    _FLAGS: WITH_DAYS,
    _NO_FLAGS: not_(and_(col(Segment.standing).in_(FLAGGED), col(Segment.flagged).is_(True))),
}
"""What may be asked of lines besides, by what is handed over for it."""


def _not_due_before(session: Session, at: Moment) -> date | None:
    """Where what is ahead begins, by its due day: only a clock that was stopped can have a day that is past.

    So the first page is not looked for behind all that was ahead once.
    """
    if at.day is not None or at.known_by is not None:
        return None
    stopped: date | None = run(session, _PAUSED, {NOW.key: at.at}).scalar_one()
    today = at.at.date() - _FARTHEST_BEHIND
    return min(stopped, today) if stopped else today


_PAUSED = select(func.min(col(Segment.due_on))).where(
    stands(col(Segment.standing), [Standing.PAUSED]), *held(Moment(NOW))
)
_FARTHEST_BEHIND = timedelta(days=2)
"""The last zone on earth is not that far behind."""


def seen(session: Session, found: list[Line], at: Moment) -> list[Line]:
    """Lines with the day they are seen on, who owes now, and what the body says against them."""
    day = at.day or at.at.date()
    after = owing(session, {line.id: line.body_id for line in found}, day, at.known_by)
    called = names_on(session, (line.body_id for line in found), day, at.known_by) if at.day else {}
    said = beside(session, at.known_by) if found else {}
    found = [
        replace(line, body_name=called[line.body_id]) if line.body_id in called else line for line in found
    ]
    return [_seen(line, at, after.get(line.id), said.get(line.id)) for line in found]


def _seen(line: Line, at: Moment, debtor: Debtor | None, said: Objected | None) -> Line:
    day = line.seen_on(at)
    if debtor is None:
        return replace(line, day=day, objected=said)
    return replace(
        line,
        day=day,
        objected=said,
        body_name=line.body_name if debtor.since_on else debtor.body.name,
        debtor_key=debtor.body.key,
        debtor_name=debtor.body.name,
        debtor_since_on=debtor.since_on,
    )


def count(session: Session, query: ListQuery, at: Moment) -> int:
    """How many lines the list has at a moment."""
    kept = stored_counts(session, query, at)
    if kept is not None:
        return sum(one.n for one in kept)
    return int(asked(session, query, at, _count).scalar_one())


def _count(at: Moment, narrowed: Iterable[ColumnElement[bool]]) -> Any:
    return joined(select(func.count(col(Obligation.id))), at).where(*narrowed)


def counts_by_basis(session: Session, query: ListQuery, at: Moment) -> dict[Basis, int]:
    """How many obligations of the list are due on which basis."""
    counts: Counter[Basis] = Counter()
    kept = stored_counts(session, query, at)
    if kept is not None:
        for one in kept:
            counts[one.basis] += one.n
        return dict(counts)
    rows = asked(session, query, at, _counts_by_basis).all()
    return {Basis(basis): int(n) for basis, n in rows}


def _counts_by_basis(at: Moment, narrowed: Iterable[ColumnElement[bool]]) -> Any:
    wanted = joined(select(col(Segment.basis), func.count(col(Obligation.id))), at)
    return wanted.where(*narrowed).group_by(col(Segment.basis))
