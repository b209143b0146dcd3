"""A list of flags told basis by basis: what binds by law and what was promised are never ranked together."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import Basis
from tracker.storage import lines as stored
from tracker.storage.lines import Line, Moment

BASES: Mapping[ListName, tuple[Basis, ...]] = {
    ListName.OVERDUE: tuple(basis for basis in Basis if basis.flags_overdue),
    ListName.NOT_ANSWERED_BY_DATE_ASKED: tuple(basis for basis in Basis if not basis.flags_overdue),
}
"""The bases of a list of flags, in the order they are told in."""


def counts_by_basis(session: Session, query: ListQuery, at: Moment) -> dict[Basis, int]:
    """How many entries a list of flags has of each basis that it has any of; empty for every other list."""
    counts = {basis: stored.count(session, _of(query, basis), at) for basis in BASES.get(query.name, ())}
    return {basis: n for basis, n in counts.items() if n}


def lines_by_basis(
    session: Session,
    query: ListQuery,
    at: Moment,
    counts: Mapping[Basis, int],
    *,
    order: str,
    limit: int,
    offset: int,
) -> list[Line]:
    """So many lines from the offset on, of one basis after the other, each basis in the order asked for."""
    found: list[Line] = []
    for basis, n in counts.items():
        if offset < n and len(found) < limit:
            left = limit - len(found)
            found += stored.lines(session, _of(query, basis), at, order=order, limit=left, offset=offset)
        offset = max(0, offset - n)
    return found


def _of(query: ListQuery, basis: Basis) -> ListQuery:
    return ListQuery(query.name, replace(query.filters, basis=basis.value))
