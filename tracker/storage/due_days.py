"""What falls due, or fell due, on which day: counts of days and months, a few entries of each day, all of one day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, func, literal, select, union_all
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import Basis, Standing
from tracker.storage.lines import (
    COLUMNS,
    ORDERS,
    Line,
    Moment,
    conditions,
    joined,
    line_of,
    seen,
)
from tracker.storage.standing_counts import Tally
from tracker.storage.stored_counts import Counted, counts_by_day
from tracker.storage.tables import Body, Item, Obligation, Segment


@dataclass(frozen=True, slots=True)
class DueDay:
    """One day of a calendar: how its obligations stand at the moment seen, and a few of them."""

    day: date
    tally: Tally
    few: tuple["Brief", ...]

    @property
    def more(self) -> int:
        """How many there are besides the few."""
        return self.tally.total - len(self.few)


@dataclass(frozen=True, slots=True)
class Brief:
    """An obligation in a few words."""

    item_key: str
    title: str
    body_key: str
    body_name: str
    standing: Standing


def due_days(
    session: Session, filters: Filters, at: Moment, first: date, last: date, *, few: int
) -> list[DueDay]:
    """The days of a span on which anything falls due, in order; in three queries."""
    tallies = _tallies(session, filters, at, first, last)
    named = _few(session, filters, at, sorted(tallies), few)
    return [DueDay(day, tallies[day], tuple(named.get(day, ()))) for day in sorted(tallies)]


def due_counts(
    session: Session, filters: Filters, at: Moment, first: date, last: date
) -> dict[date, dict[Basis, int]]:
    """How much falls due on each day of a span, by basis; what lapsed or was answered before does not any more."""
    kept = counts_by_day(session, filters, at, first, last)
    if kept is not None:
        return _still_ahead(kept)
    wanted = joined(select(col(Segment.due_on), col(Segment.basis), func.count(col(Obligation.id))), at)
    grouped = wanted.where(*_due(session, filters, at, first, last), col(Segment.standing).in_(_AHEAD))
    found: dict[date, dict[Basis, int]] = defaultdict(dict)
    for day, basis, n in session.execute(grouped.group_by(col(Segment.due_on), col(Segment.basis))).all():
        found[day][Basis(basis)] = int(n)
    return found


def _still_ahead(kept: Iterable[tuple[date, Counted]]) -> dict[date, dict[Basis, int]]:
    found: dict[date, Counter[Basis]] = defaultdict(Counter)
    for day, one in kept:
        if one.standing in _AHEAD:
            found[day][one.basis] += one.n
    return {day: dict(by_basis) for day, by_basis in found.items()}


def due_lines(
    session: Session, filters: Filters, at: Moment, first: date, last: date, *, limit: int, offset: int
) -> list[Line]:
    """All that falls due in a span, whatever became of it, a page at a time."""
    wanted = joined(select(*COLUMNS), at).where(*_due(session, filters, at, first, last))
    rows = session.execute(wanted.order_by(*ORDERS["due"]).limit(limit).offset(offset)).all()
    return seen(session, [line_of(row) for row in rows], at)


_AHEAD = (Standing.RUNNING, Standing.DUE_SOON, Standing.PAUSED)


def _due(
    session: Session, filters: Filters, at: Moment, first: date, last: date
) -> list[ColumnElement[bool]]:
    """A date in conflict is none to rely on."""
    return [
        *conditions(session, ListQuery(ListName.ALL, filters), at),
        col(Segment.due_on).between(first, last),
        col(Segment.standing) != Standing.UNKNOWN,
    ]


def _tallies(session: Session, filters: Filters, at: Moment, first: date, last: date) -> dict[date, Tally]:
    found: dict[date, Tally] = defaultdict(Tally)
    kept = counts_by_day(session, filters, at, first, last)
    if kept is not None:
        for day, one in kept:
            if one.standing is not Standing.UNKNOWN:
                found[day].add(one.standing, one.basis, one.flagged, one.stale, one.n)
        return found
    alike: tuple[Any, ...] = (
        Segment.due_on,
        Segment.standing,
        Segment.basis,
        Segment.flagged,
        Segment.stale,
    )
    wanted = joined(select(*alike, func.count(col(Obligation.id))), at)
    grouped = wanted.where(*_due(session, filters, at, first, last)).group_by(*alike)
    for day, *row in session.execute(grouped).all():
        found[day].add(*row)
    return found


def _few(
    session: Session, filters: Filters, at: Moment, days: Iterable[date], few: int
) -> dict[date, list[Brief]]:
    """The first of each day; no day is read to its end."""
    wanted_days = [select(literal(day, Date()).label("day")) for day in days]
    if not wanted_days or not few:
        return {}
    each = union_all(*wanted_days).subquery("each_day")
    due = [
        *conditions(session, ListQuery(ListName.ALL, filters), at),
        col(Segment.due_on) == each.c.day,
        col(Segment.standing) != Standing.UNKNOWN,
    ]
    firsts = union_all(*(select(_nth_of(each, due, at, n)).select_from(each) for n in range(few)))
    found = [id_ for id_ in session.execute(firsts).scalars() if id_ is not None]
    # By their ids, in a statement of its own: PostgreSQL joins so many tables in the order in which they stand.
    wanted = joined(select(*_NAMED), at).where(col(Obligation.id).in_(found))
    return _by_day(session.execute(wanted.order_by(*_IN_A_DAY)).all())


def _nth_of(each: Any, due: list[ColumnElement[bool]], at: Moment, n: int) -> Any:
    # One after the other: a database without lateral joins gives one value for each day, and it need plan but few.
    wanted = joined(select(col(Obligation.id)), at).where(*due).order_by(*_IN_A_DAY)
    return wanted.limit(1).offset(n).correlate(each).scalar_subquery()


_NAMED: tuple[Any, ...] = (Segment.due_on, Item.key, Item.title, Body.key, Body.name, Segment.standing)
_IN_A_DAY = (col(Segment.due_on), col(Segment.stale), col(Segment.obligation_id))


def _by_day(rows: Iterable[Any]) -> dict[date, list[Brief]]:
    found: dict[date, list[Brief]] = defaultdict(list)
    for day, item_key, title, body_key, body_name, standing in rows:
        found[day].append(Brief(item_key, title, body_key, body_name, Standing(standing)))
    return found
