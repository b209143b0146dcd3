"""The items of a process or a document in the order of the plan, children beneath their parents, with what is owed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import ItemKind, Role, Visibility
from tracker.storage.lines import COLUMNS, Line, Moment, conditions, joined, line_of, seen
from tracker.storage.narrowing import narrowed
from tracker.storage.tables import Addressee, Body, Document, Item, Obligation, Process

ALL = ListQuery(ListName.ALL)


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One item of a plan and how deep it lies: 0, or beneath the item before it."""

    id: int
    key: str
    number: int
    ref: str
    title: str
    language: str
    kind: ItemKind
    depth: int


@dataclass(frozen=True, slots=True)
class Owing:
    """What is owed about one item: as many lines as are shown, and how many there are."""

    lines: tuple[Line, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.lines)


_PARENT, _GRAND = aliased(Item), aliased(Item)
_DEPTH = case((col(_GRAND.id).is_not(None), 2), (col(_PARENT.id).is_not(None), 1), else_=0)
_ORDER: tuple[Any, ...] = (
    func.coalesce(_GRAND.number, _PARENT.number, Item.number),
    case((_DEPTH == 2, col(_PARENT.number)), (_DEPTH == 1, col(Item.number)), else_=0),
    case((_DEPTH == 2, col(Item.number)), else_=0),
    col(Item.id),
)


_NAMED: tuple[Any, ...] = (
    Item.id,
    Item.key,
    Item.number,
    Item.ref,
    Item.title,
    Item.language,
    Item.kind,
)


def plan_items(
    session: Session, about: Filters, at: Moment, *, limit: int, offset: int = 0
) -> list[PlanItem]:
    """The next public items of a process or a document, as they were on record at a moment."""
    place: tuple[Any, ...] = tuple(one.label(f"place_{n}") for n, one in enumerate(_ORDER))
    wanted = _from_items(select(*place, _DEPTH.label("depth"))).where(*_public(session, about, at))
    within = [col(_PARENT.document_id) == Item.document_id] if about.document else []
    wanted = wanted.outerjoin(_PARENT, and_(*_is_parent(_PARENT, Item), *within))
    wanted = wanted.outerjoin(_GRAND, and_(*_is_parent(_GRAND, _PARENT)))
    # All of a plan is put in order from an index; only those shown are read.
    first = wanted.order_by(*_ORDER).limit(limit).offset(offset).subquery()
    shown = select(*_NAMED, first.c.depth).join(first, first.c[place[-1].name] == col(Item.id))
    rows = session.execute(shown.order_by(*(first.c[one.name] for one in place))).all()
    return [PlanItem(*row) for row in rows]


def count_items(session: Session, about: Filters, at: Moment) -> int:
    """How many public items it has."""
    wanted = _from_items(select(func.count(col(Item.id)))).where(*_public(session, about, at))
    return int(session.execute(wanted).scalar_one())


def _from_items(wanted: Any) -> Any:
    return (
        wanted.select_from(Item)
        .join(Document, col(Document.id) == Item.document_id)
        .join(Process, col(Process.id) == Item.process_id)
    )


def _is_parent(parent: Any, child: Any) -> list[ColumnElement[bool]]:
    return [
        col(parent.id) == child.parent_id,
        col(parent.process_id) == child.process_id,
        col(parent.visibility) == Visibility.PUBLIC,
    ]


def _public(session: Session, about: Filters, at: Moment) -> list[ColumnElement[bool]]:
    public = [col(table.visibility) == Visibility.PUBLIC for table in (Item, Document, Process)]
    then = [] if at.known_by is None else [col(Item.recorded_at) <= at.known_by]
    return [*public, *then, *narrowed(session, about)]


def owing_by_item(session: Session, item_ids: Iterable[int], at: Moment, *, most: int) -> Mapping[int, Owing]:
    """What is owed about each item: those who lead first, up to `most` lines of each."""
    totals, ids = _first_of_each(session, list(item_ids), at, most)
    found: dict[int, list[Line]] = defaultdict(list)
    by_id = {line.id: line for line in lines_where(session, at, [col(Obligation.id).in_(ids)])}
    for line in (by_id[id_] for id_ in ids if id_ in by_id):
        found[line.item_id].append(line)
    return {item_id: Owing(tuple(found[item_id]), n) for item_id, n in totals.items()}


def _first_of_each(
    session: Session, item_ids: list[int], at: Moment, most: int
) -> tuple[dict[int, int], list[int]]:
    each = col(Obligation.item_id)
    lead = case((col(Addressee.role) == Role.LEAD, 0), (col(Addressee.role) == Role.JOINT, 1), else_=2)
    order = (lead, func.lower(col(Body.name)), col(Obligation.id))
    place = func.row_number().over(partition_by=each, order_by=order).label("place")
    total = func.count(col(Obligation.id)).over(partition_by=each).label("total")
    inner = joined(select(col(Obligation.id).label("id"), each.label("item_id"), place, total), at)
    inner = inner.where(*conditions(session, ALL, at), each.in_(item_ids)).subquery()
    wanted = select(inner.c.id, inner.c.item_id, inner.c.total).where(inner.c.place <= most)
    rows = session.execute(wanted.order_by(inner.c.item_id, inner.c.place)).all()
    return {row.item_id: int(row.total) for row in rows}, [row.id for row in rows]


def lines_where(session: Session, at: Moment, also: Sequence[ColumnElement[bool]]) -> list[Line]:
    """The public lines that fulfil conditions on what a line is joined from."""
    wanted = joined(select(*COLUMNS), at).where(*conditions(session, ALL, at), *also)
    rows = session.execute(wanted.order_by(col(Obligation.id))).all()
    return seen(session, [line_of(row) for row in rows], at)
