"""Items by bodies: who owes an answer to what, as one table."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.storage.lines import Line, Moment, conditions, joined
from tracker.storage.plans import PlanItem, count_items, lines_where, plan_items
from tracker.storage.tables import Body, Obligation


@dataclass(frozen=True, slots=True)
class Column:
    """A body of a plan and how much it owes there."""

    id: int
    key: str
    name: str
    owed: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """A piece of the table, and how large the whole is."""

    items: Sequence[PlanItem]
    bodies: Sequence[Column]
    cells: Mapping[tuple[int, int], Sequence[Line]]
    """By item and body; what a body owes more than once stands together."""
    items_total: int
    bodies_total: int


def matrix(
    session: Session, about: Filters, at: Moment, *, rows: tuple[int, int], columns: tuple[int, int]
) -> Matrix:
    """The piece that begins at an offset and is so large: (offset, limit) of the items and of the bodies."""
    items = plan_items(session, about, at, offset=rows[0], limit=rows[1])
    bodies = plan_bodies(session, about, at, offset=columns[0], limit=columns[1])
    return Matrix(
        items,
        bodies,
        _cells(session, at, [item.id for item in items], [body.id for body in bodies]),
        count_items(session, about, at),
        count_bodies(session, about, at),
    )


def plan_bodies(
    session: Session, about: Filters, at: Moment, *, limit: int, offset: int = 0, most_first: bool = False
) -> list[Column]:
    """The bodies of a plan by name, or those that owe most there first."""
    named = (col(Body.id), col(Body.key), col(Body.name))
    query = ListQuery(ListName.ALL, about)
    wanted = joined(select(*named, func.count(col(Obligation.id))), at).group_by(*named)
    most = [func.count(col(Obligation.id)).desc()] if most_first else []
    wanted = wanted.where(*conditions(session, query, at))
    wanted = wanted.order_by(*most, func.lower(col(Body.name)), col(Body.id))
    return [Column(*row) for row in session.execute(wanted.offset(offset).limit(limit)).all()]


def count_bodies(session: Session, about: Filters, at: Moment) -> int:
    """How many bodies owe something in a plan."""
    wanted = joined(select(func.count(col(Body.id).distinct())), at)
    wanted = wanted.where(*conditions(session, ListQuery(ListName.ALL, about), at))
    return int(session.execute(wanted).scalar_one())


def _cells(
    session: Session, at: Moment, items: list[int], bodies: list[int]
) -> Mapping[tuple[int, int], Sequence[Line]]:
    found: dict[tuple[int, int], list[Line]] = defaultdict(list)
    within = [col(Obligation.item_id).in_(items), col(Obligation.body_id).in_(bodies)]
    for line in lines_where(session, at, within):
        found[line.item_id, line.body_id].append(line)
    return found
