"""What a front page says of all debts: how many flags on which basis, resting on which looks, and in which plans."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import Basis, Visibility
from tracker.storage.listed import BINDING, Moment, asked, conditions, joined
from tracker.storage.prepared import DAY, IDS, LIMIT, NOW, run
from tracker.storage.segment_indexes import FRESH
from tracker.storage.standing_counts import Tally, tallies_of
from tracker.storage.stored_counts import Counted, stored_counts, sums_by_id
from tracker.storage.tables import Obligation, Process, Segment

_EVERYTHING = Filters()


@dataclass(frozen=True)
class Flags:
    """Fresh flags by basis, never added up; those not looked at again for long apart."""

    by_basis: Mapping[Basis, int]
    stale: int
    """Of all bases that bind: not looked at again for `recheck_days`."""
    bodies: int
    """How many bodies owe what is freshly flagged."""
    looked: tuple[date | None, date | None]
    """The oldest and the newest look that the fresh ones rest on."""


def flags(session: Session, at: Moment, filters: Filters = _EVERYTHING) -> Flags:
    """What is overdue at a moment, of all that the filters leave."""
    kept = stored_counts(session, ListQuery(ListName.OVERDUE, filters), at)
    if kept is not None:
        return _kept_flags(session, at, filters, kept)
    looked = col(Segment.checked_on)
    split = (Segment.basis, Segment.stale)
    wanted: tuple[Any, ...] = (*split, func.count(col(Obligation.id)), func.min(looked), func.max(looked))
    rows = session.execute(_flagged(session, select(*wanted), at, filters).group_by(*split)).all()
    fresh = [row for row in rows if not row[1]]
    counts = {Basis(basis): int(n) for basis, _, n, _, _ in fresh}
    return Flags(
        by_basis={basis: counts[basis] for basis in Basis if basis in counts},
        stale=sum(int(row[2]) for row in rows if row[1]),
        bodies=_bodies(session, at, filters) if fresh else 0,
        looked=(
            min((row[3] for row in fresh if row[3]), default=None),
            max((row[4] for row in fresh if row[4]), default=None),
        ),
    )


def _kept_flags(session: Session, at: Moment, filters: Filters, kept: Sequence[Counted]) -> Flags:
    counts: Counter[Basis] = Counter()
    for row in kept:
        if not row.stale:
            counts[row.basis] += row.n
    return Flags(
        by_basis={basis: counts[basis] for basis in Basis if basis in counts},
        stale=sum(row.n for row in kept if row.stale),
        bodies=_bodies(session, at, filters) if counts else 0,
        looked=(_look(session, at, filters, last=False), _look(session, at, filters, last=True)),
    )


def _look(session: Session, at: Moment, filters: Filters, *, last: bool) -> date | None:
    """The first or the last look that a fresh flag rests on: the end of an index, not a pass through all flags."""
    since = date.min if last else _first_look(session, at)
    if since is None:
        return None
    query = ListQuery(ListName.OVERDUE, filters)
    found: date | None = asked(session, query, at, _looks, last, **{DAY.key: since}).scalar_one_or_none()
    return found


def _looks(at: Moment, narrowed: Iterable[ColumnElement[bool]], last: bool) -> Any:
    looked = col(Segment.checked_on)
    wanted = joined(select(looked), at).where(*narrowed, FRESH, looked >= DAY)
    return wanted.order_by(looked.desc() if last else looked).limit(1)


def _first_look(session: Session, at: Moment) -> date | None:
    """No fresh flag rests on an earlier one, withheld ones too: what is past by now is not looked through."""
    found = (run(session, wanted, {NOW.key: at.at}).scalar_one() for wanted in _FIRST_LOOKS)
    return min((day for day in found if day is not None), default=None)


def _first_of_those(until: ColumnElement[bool]) -> Any:
    held = (col(Segment.superseded_at).is_(None), col(Segment.flagged).is_(True), FRESH)
    return select(func.min(col(Segment.checked_on))).where(*held, until, col(Segment.from_at) <= NOW)


_FIRST_LOOKS = (
    _first_of_those(col(Segment.until_at) > NOW),
    _first_of_those(col(Segment.until_at).is_(None)),
)


def _flagged(session: Session, wanted: Any, at: Moment, filters: Filters = _EVERYTHING) -> Any:
    return joined(wanted, at).where(*conditions(session, ListQuery(ListName.OVERDUE, filters), at))


def _bodies(session: Session, at: Moment, filters: Filters) -> int:
    kept = sums_by_id(session, ListQuery(ListName.OVERDUE, filters), at, "body", fresh=True)
    if kept is not None:
        return len(kept)
    wanted = select(func.count(func.distinct(col(Obligation.body_id))))
    fresh = _flagged(session, wanted, at, filters).where(col(Segment.stale).is_(False))
    return int(session.execute(fresh).scalar_one())


def plans(session: Session, at: Moment, limit: int) -> list[tuple[Process, Tally]]:
    """How far a few processes have come: those with flags, one basis after the other, then others by name."""
    ids = _most_flagged(session, at, limit)
    ids += _others(session, ids, limit - len(ids))
    counts = _counts(session, at, ids)
    found = select(Process).where(col(Process.id).in_(ids))
    named = {one.id: one for one in session.execute(found).scalars()}
    return [(named[id_], counts[id_]) for id_ in ids if id_ in counts]


def _most_flagged(session: Session, at: Moment, limit: int) -> list[int]:
    """Those with most fresh flags by law, then those by convention, then by promise: bases are not added up."""
    found: dict[int, None] = {}
    for basis in BINDING:
        if len(found) < limit:
            query = ListQuery(ListName.OVERDUE, Filters(basis=basis.value))
            found |= dict.fromkeys(_most_flagged_on(session, query, at, limit))
    return list(found)[:limit]


def _most_flagged_on(session: Session, query: ListQuery, at: Moment, limit: int) -> list[int]:
    kept = sums_by_id(session, query, at, "process", fresh=True)
    if kept is not None:
        return sorted(kept, key=_most_first(kept))[:limit]
    n = func.count(col(Obligation.id))
    wanted = joined(select(col(Process.id)), at).where(*conditions(session, query, at), FRESH)
    grouped = wanted.group_by(col(Process.id)).order_by(n.desc(), col(Process.id)).limit(limit)
    return [int(id_) for id_ in session.execute(grouped).scalars()]


def _most_first(counts: Mapping[int, int]) -> Callable[[int], tuple[int, int]]:
    return lambda id_: (-counts[id_], id_)


def _others(session: Session, ids: list[int], limit: int) -> list[int]:
    found = run(session, _BY_NAME, {IDS.key: ids, LIMIT.key: limit}).scalars() if limit > 0 else ()
    return [int(id_) for id_ in found]


_BY_NAME = (
    select(col(Process.id))
    .where(col(Process.visibility) == Visibility.PUBLIC, col(Process.id).not_in(IDS))
    .order_by(func.lower(col(Process.name)), col(Process.id))
    .limit(LIMIT)
)


def _counts(session: Session, at: Moment, ids: list[int]) -> dict[int, Tally]:
    """How what these processes asked for stands."""
    kept = tallies_of(session, at, "process", ids)
    if kept is not None:
        return kept
    split = (Process.id, Segment.standing, Segment.basis, Segment.flagged, Segment.stale)
    wanted = joined(select(*split, func.count(col(Obligation.id))), at)  # type: ignore[call-overload]
    everything = conditions(session, ListQuery(ListName.ALL), at)
    narrowed = wanted.where(*everything, col(Process.id).in_(ids)).group_by(*split)
    found: dict[int, Tally] = {}
    for id_, *row in session.execute(narrowed).all():
        found.setdefault(int(id_), Tally()).add(*row)
    return found
