"""What scorecards tell apart, as the database keeps it: by body, basis, kind of duty, standing and days late.

Supporting roles are left out.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from tracker.domain.listing import ListName, ListQuery
from tracker.storage.bodies import family, passed_alone
from tracker.storage.listed import Moment
from tracker.storage.prepared import IDS, NOW, run
from tracker.storage.stored_counts import KEPT_IN, is_now
from tracker.storage.tables import Body, StandingShift

_FILTERS = frozenset({"body", "basis", "standing"})
_LISTS = frozenset({ListName.ALL, ListName.OVERDUE, ListName.NOT_ANSWERED_BY_DATE_ASKED})
_ASKED: Mapping[str, Any] = {name: bindparam(name) for name in ("basis", "standing")}
_N = func.sum(col(StandingShift.n))
_STOOD: tuple[Any, ...] = (
    StandingShift.standing,
    StandingShift.basis,
    StandingShift.certain,
    StandingShift.flagged,
    StandingShift.stale,
)
_CELL: tuple[Any, ...] = (
    Body.id,
    Body.key,
    Body.name,
    StandingShift.basis,
    StandingShift.duty,
    StandingShift.standing,
    StandingShift.certain,
    StandingShift.flagged,
    StandingShift.stale,
    StandingShift.late_days,
)


def cards_are_kept(session: Session, query: ListQuery, at: Moment) -> bool:
    """Whether a list is counted here now: it is, unless single duties passed to its body from another."""
    if query.name not in _LISTS or not _FILTERS.issuperset(query.filters.given()) or not is_now(session, at):
        return False
    ids = family(session, query.filters.body) if query.filters.body else set()
    return not (ids and passed_alone(session, ids))


def kept_cells(
    session: Session, query: ListQuery, at: Moment, body_ids: Collection[int] | None
) -> Sequence[Any] | None:
    """Rows of a list now as scorecards count them, with their number last; None where that is not kept."""
    return _counted(session, query, at, body_ids, _CELL)


def kept_stands(session: Session, query: ListQuery, at: Moment) -> Sequence[Any] | None:
    """How a list stands now as charts count it, with the number last; None where that is not kept."""
    return _counted(session, query, at, None, _STOOD)


def kept_debtors(session: Session, query: ListQuery, at: Moment, duty: str) -> set[int]:
    """Whoever owes of a list now, of one kind of duty or of any; nobody where that is not kept."""
    rows = _counted(session, query, at, None, (StandingShift.scope_id, StandingShift.duty)) or ()
    return {id_ for id_, kind, _n in rows if duty in ("", kind)}


def _counted(
    session: Session, query: ListQuery, at: Moment, body_ids: Collection[int] | None, alike: tuple[Any, ...]
) -> Sequence[Any] | None:
    if not cards_are_kept(session, query, at):
        return None
    given = query.filters
    if given.body:
        ids = family(session, given.body)
        body_ids = ids if body_ids is None else ids.intersection(body_ids)
    asked = {name: getattr(given, name) for name in _ASKED if getattr(given, name)}
    statement = _statement(query.name, tuple(asked), body_ids is not None, alike)
    values = {NOW.key: at.at, IDS.key: sorted(body_ids or ()), **asked}
    rows: Sequence[Any] = run(session, statement, values).all()
    return rows


@lru_cache(maxsize=100)
def _statement(name: ListName, asked: tuple[str, ...], some: bool, alike: tuple[Any, ...]) -> Any:
    wanted = select(*alike, _N).where(col(StandingShift.scope) == "card", col(StandingShift.at) <= NOW)
    wanted = wanted.where(*KEPT_IN[name], *(getattr(StandingShift, one) == _ASKED[one] for one in asked))
    if Body.id in alike:
        wanted = wanted.join(Body, col(Body.id) == StandingShift.scope_id)
    if some:
        wanted = wanted.where(col(StandingShift.scope_id).in_(IDS))
    return wanted.group_by(*alike).having(_N != 0)
