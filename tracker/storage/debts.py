"""What a front page says of all debts: how many flags on which basis, resting on which looks, and in which plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import Basis, Visibility
from tracker.storage.lines import Moment, conditions, joined
from tracker.storage.standing_counts import Tally
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


def _flagged(session: Session, wanted: Any, at: Moment, filters: Filters = _EVERYTHING) -> Any:
    return joined(wanted, at).where(*conditions(session, ListQuery(ListName.OVERDUE, filters), at))


def _bodies(session: Session, at: Moment, filters: Filters) -> int:
    wanted = select(func.count(func.distinct(col(Obligation.body_id))))
    fresh = _flagged(session, wanted, at, filters).where(col(Segment.stale).is_(False))
    return int(session.execute(fresh).scalar_one())


def plans(session: Session, at: Moment, limit: int) -> list[tuple[Process, Tally]]:
    """How far a few processes have come: those with most fresh flags first, then others by name."""
    ids = _most_flagged(session, at, limit)
    ids += _others(session, ids, limit - len(ids))
    counts = _counts(session, at, ids)
    found = select(Process).where(col(Process.id).in_(ids))
    named = {one.id: one for one in session.execute(found).scalars()}
    return [(named[id_], counts[id_]) for id_ in ids if id_ in counts]


def _most_flagged(session: Session, at: Moment, limit: int) -> list[int]:
    n = func.count(col(Obligation.id))
    wanted = _flagged(session, select(col(Process.id)), at).where(col(Segment.stale).is_(False))
    grouped = wanted.group_by(col(Process.id)).order_by(n.desc(), col(Process.id)).limit(limit)
    return [int(id_) for id_ in session.execute(grouped).scalars()]


def _others(session: Session, ids: list[int], limit: int) -> list[int]:
    wanted = (
        select(col(Process.id))
        .where(col(Process.visibility) == Visibility.PUBLIC, col(Process.id).not_in(ids))
        .order_by(func.lower(col(Process.name)), col(Process.id))
        .limit(limit)
    )
    return [int(id_) for id_ in session.execute(wanted).scalars()]


def _counts(session: Session, at: Moment, ids: list[int]) -> dict[int, Tally]:
    split = (Process.id, Segment.standing, Segment.basis, Segment.flagged, Segment.stale)
    wanted = joined(select(*split, func.count(col(Obligation.id))), at)  # type: ignore[call-overload]
    everything = conditions(session, ListQuery(ListName.ALL), at)
    narrowed = wanted.where(*everything, col(Process.id).in_(ids)).group_by(*split)
    found: dict[int, Tally] = {}
    for id_, *row in session.execute(narrowed).all():
        found.setdefault(int(id_), Tally()).add(*row)
    return found
