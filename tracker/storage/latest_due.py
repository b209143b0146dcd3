"""The latest due days of a list, as a calendar shows them: what goes beyond is counted, not read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session, col

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import Standing
from tracker.storage.lines import Line, lines
from tracker.storage.listed import Moment, asked, narrowly
from tracker.storage.prepared import DAY
from tracker.storage.segment_indexes import AHEAD, stands
from tracker.storage.stored_counts import counts_by_day, stored_counts
from tracker.storage.tables import Obligation, Segment


@dataclass(frozen=True, slots=True)
class LatestDue:
    """The lines with the latest due days, the earliest of them first."""

    lines: list[Line]
    left_out: int
    """How many there are besides, all with earlier days."""


def latest_due(
    session: Session, query: ListQuery, at: Moment, *, most: int, since: date | None = None
) -> LatestDue:
    """So many lines of a list that have a due day to rely on.

    `since`: of those behind us only what fell due, or lapsed, since that day; what is ahead all the same.
    """
    shape, values = (since is not None,), {DAY.key: since}
    ids = asked(session, query, at, _latest, most, *shape, **values).scalars().all()
    everything = ListQuery(ListName.ALL)
    found = lines(session, everything, at, order="due", ids=ids) if ids else []
    if len(ids) < most:
        return LatestDue(found, 0)
    there = _kept_count(session, query, at, since)
    if there is None:
        there = asked(session, query, at, _count, *shape, **values).scalar_one()
    return LatestDue(found, int(there) - len(ids))


_BEHIND = col(Segment.standing).not_in([Standing.VOID, *AHEAD])
_LAPSED: ColumnElement[bool] = and_(
    stands(col(Segment.standing), [Standing.VOID]), col(Segment.begins_on) >= DAY
)
_SINCE = or_(stands(col(Segment.standing), AHEAD), _LAPSED, and_(_BEHIND, col(Segment.due_on) >= DAY))
_DATED = (col(Segment.due_on).is_not(None), col(Segment.standing) != Standing.UNKNOWN)
"""A date in conflict is none to rely on."""


def _latest(at: Moment, narrowed: Iterable[ColumnElement[bool]], most: int, since: bool) -> Any:
    wanted = _wanted(select(col(Obligation.id)), at, narrowed, since)
    return wanted.order_by(col(Segment.due_on).desc(), col(Obligation.id).desc()).limit(most)


def _count(at: Moment, narrowed: Iterable[ColumnElement[bool]], since: bool) -> Any:
    return _wanted(select(func.count()), at, narrowed, since)


def _wanted(wanted: Any, at: Moment, narrowed: Iterable[ColumnElement[bool]], since: bool) -> Any:
    return narrowly(wanted, at).where(*narrowed, *_DATED, *([_SINCE] if since else []))


def _lapsed(at: Moment, narrowed: Iterable[ColumnElement[bool]]) -> Any:
    return narrowly(select(func.count()), at).where(*narrowed, *_DATED, _LAPSED)


def _kept_count(session: Session, query: ListQuery, at: Moment, since: date | None) -> int | None:
    """The same count, added up from what is kept; None where it is not."""
    kept = stored_counts(session, query, at)
    if kept is None:
        return None
    if since is None:
        return sum(one.n for one in kept if one.dated and one.standing is not Standing.UNKNOWN)
    whole = query.name is ListName.ALL
    by_day = counts_by_day(session, query.filters, at, since, date.max) if whole else None
    if by_day is None:
        return None
    apart = {Standing.VOID, Standing.UNKNOWN, *AHEAD}
    lapsed = asked(session, query, at, _lapsed, **{DAY.key: since}).scalar_one()
    ahead = sum(one.n for one in kept if one.dated and one.standing in AHEAD)
    return int(lapsed) + ahead + sum(one.n for _day, one in by_day if one.standing not in apart)
