"""Flags are told basis by basis: what binds by law is never ranked with what was promised or asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import Basis
from tracker.storage import lines as stored
from tracker.storage.lines import Line, Moment

_BINDING = tuple(basis for basis in Basis if basis.flags_overdue)
_ASKED = tuple(basis for basis in Basis if not basis.flags_overdue)
BASES: Mapping[ListName, tuple[Basis, ...]] = {
    ListName.OVERDUE: _BINDING,
    ListName.NOT_ANSWERED_BY_DATE_ASKED: _ASKED,
}
"""The bases of a list of flags, in the order they are told in."""
RANKING = ("days", "due")
"""The orders in which a flag stands before another for being late longer."""
_FLAGS_OF: Mapping[ListName, tuple[ListName, ...]] = {
    **{name: (name,) for name in BASES},
    ListName.ALL: tuple(BASES),
}
"""Which lists of flags a list holds."""


@dataclass(frozen=True)
class Part:
    """The flags of one basis; without a basis all that stands in no list of flags."""

    basis: Basis | None
    query: ListQuery
    n: int


def parts_of(session: Session, query: ListQuery, at: Moment, total: int | None = None) -> list[Part]:
    """What a list holds, the flags of one basis after the other and then the rest; nothing for a list without flags.

    `total`: how many entries the whole list has, where there can be others than flags.
    """
    found = [part for name in _FLAGS_OF.get(query.name, ()) for part in _flags(session, query, name, at)]
    rest = (total or 0) - sum(part.n for part in found)
    if query.name is ListName.ALL and rest > 0:
        found.append(Part(None, query, rest))
    return found


def _flags(session: Session, query: ListQuery, name: ListName, at: Moment) -> Iterator[Part]:
    counts = stored.counts_by_basis(session, ListQuery(name, query.filters), at)
    for basis in BASES[name]:
        if counts.get(basis):
            narrowed = replace(query.filters, basis=basis.value)
            yield Part(basis, ListQuery(name, narrowed), counts[basis])


def lines_by_basis(
    session: Session,
    parts: Sequence[Part],
    at: Moment,
    *,
    order: str,
    limit: int,
    offset: int,
) -> list[tuple[Part, list[Line]]]:
    """So many lines from the offset on, of one part after the other, the flags of each in the order asked for."""
    found: list[tuple[Part, list[Line]]] = []
    for part in parts:
        if offset < part.n and limit > 0:
            lines = _lines(session, part, at, order, limit, offset)
            found.append((part, lines))
            limit -= len(lines)
        offset = max(0, offset - part.n)
    return found


def _lines(session: Session, part: Part, at: Moment, order: str, limit: int, offset: int) -> list[Line]:
    if part.basis is not None:
        return stored.lines(session, part.query, at, order=order, limit=limit, offset=offset)
    order = "id" if order == "days" else order
    return stored.lines(session, part.query, at, order=order, limit=limit, offset=offset, unflagged=True)
