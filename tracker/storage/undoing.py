"""What undoing an import asks and changes, many rows at a time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Enum, delete, select, update
from sqlmodel import Session, SQLModel, col

from tracker.domain.words import Visibility
from tracker.storage.columns import UtcDateTime
from tracker.storage.tables import (
    Addressee,
    Assessment,
    Body,
    CheckObligation,
    Claim,
    ClockEntry,
    Document,
    ImportKey,
    Item,
    ItemTopic,
    Objection,
    Obligation,
    Process,
    Response,
    ResponseLine,
    Revision,
    Segment,
    Terms,
)

AT_ONCE = 500
_TABLES: dict[str, type[SQLModel]] = {
    str(table.__tablename__): table
    for table in (Body, Claim, Document, ImportKey, Item, Process, Response, Terms)
}


def row_of(session: Session, table_name: str, row_id: int) -> SQLModel | None:
    """A row by the name of its table."""
    table = _TABLES.get(table_name)
    return session.get(table, row_id) if table else None


def kind_of(row: SQLModel, name: str) -> type | None:
    """What a column holds that JSON keeps as text; None where it is the same."""
    kind: Any = type(row).__table__.c[name].type  # type: ignore[attr-defined]
    if isinstance(kind, UtcDateTime):
        return datetime
    if isinstance(kind, Date):
        return date
    found = kind.enum_class if isinstance(kind, Enum) else None
    return found if found is not None and issubclass(found, StrEnum) else None


def drop_topic(session: Session, item_id: int, topic: str) -> None:
    """Take an item from under a topic."""
    session.execute(delete(ItemTopic).where(col(ItemTopic.item_id) == item_id, col(ItemTopic.topic) == topic))


def supersede_terms(session: Session, obligation_id: int, now: datetime) -> None:
    """No terms of an obligation count any more; the caller says which do instead."""
    wanted = update(Terms).where(
        col(Terms.obligation_id) == obligation_id, col(Terms.superseded_at).is_(None)
    )
    session.execute(wanted.values(superseded_at=now))


def obligations_of(session: Session, row: SQLModel) -> set[int]:
    """The obligations whose standing a row is part of."""
    if isinstance(row, Terms | Claim):
        return {row.obligation_id}
    if isinstance(row, Response):
        lines = select(col(ResponseLine.obligation_id)).where(col(ResponseLine.response_id) == row.id)
        return set(session.execute(lines).scalars())
    return set()


def ended(session: Session, ids: Iterable[int]) -> set[int]:
    """Those that are owed no longer."""
    found: set[int] = set()
    for part in _parts(sorted(ids)):
        gone = select(col(Obligation.id)).where(
            col(Obligation.id).in_(part), col(Obligation.superseded_at).is_not(None)
        )
        found |= {id_ for id_ in session.execute(gone).scalars() if id_ is not None}
    return found


def worked_on(session: Session, items: Sequence[int], batch_id: int) -> set[int]:
    """Items on which somebody has put something, or changed something, since the import made them."""
    found: set[int] = set()
    for part in _parts(items):
        revised = select(col(Revision.row_id)).where(
            col(Revision.table_name) == "item", col(Revision.row_id).in_(part)
        )
        found |= set(session.execute(revised).scalars())
        owing = select(col(Obligation.id), col(Obligation.item_id), col(Obligation.batch_id)).where(
            col(Obligation.item_id).in_(part)
        )
        rows = session.execute(owing).all()
        found |= {row[1] for row in rows if row[2] != batch_id}
        item_of = {row[0]: row[1] for row in rows}
        found |= {item_of[id_] for id_ in _others(session, list(item_of), batch_id)}
    return found


def _others(session: Session, ids: list[int], batch_id: int) -> set[int]:
    """Obligations that hold facts of somebody else."""
    found: set[int] = set()
    for part in _parts(ids):
        for table in (Terms, ResponseLine, Claim, ClockEntry, Assessment, Objection):
            column = table.obligation_id
            wanted = select(col(column), col(table.batch_id)).where(col(column).in_(part))
            found |= {row[0] for row in session.execute(wanted).all() if row[1] != batch_id}
        checked = select(col(CheckObligation.obligation_id)).where(
            col(CheckObligation.obligation_id).in_(part)
        )
        found |= set(session.execute(checked).scalars())
    return found


def end_owed(session: Session, gone: Sequence[int], batch_id: int, stays: set[int], now: datetime) -> None:
    """Nothing is owed about items that are gone, nor by bodies that the import added to others."""
    added = select(col(Obligation.id), col(Obligation.item_id), col(Obligation.addressee_id)).where(
        col(Obligation.batch_id) == batch_id
    )
    leaving = set(gone)
    made = set(session.execute(select(col(Item.id)).where(col(Item.batch_id) == batch_id)).scalars())
    rows = [row for row in session.execute(added).all() if row[1] in leaving or row[1] not in made | stays]
    for part in _parts([row[0] for row in rows]):
        session.execute(update(Obligation).where(col(Obligation.id).in_(part)).values(superseded_at=now))
        current = update(Segment).where(
            col(Segment.obligation_id).in_(part), col(Segment.superseded_at).is_(None)
        )
        session.execute(current.values(superseded_at=now))
    for part in _parts([row[2] for row in rows]):
        ours = update(Addressee).where(col(Addressee.id).in_(part), col(Addressee.batch_id) == batch_id)
        session.execute(ours.values(superseded_at=now))
    session.expire_all()


def drop_keys(session: Session, table: type[ImportKey], batch_id: int, stays: set[int]) -> None:
    """The keys of what is gone: the same table may come again."""
    rows = session.execute(select(table).where(col(table.batch_id) == batch_id)).scalars()
    for row in rows:
        if row.kind != "item" or row.row_id not in stays:
            session.delete(row)
    session.flush()


def in_use(session: Session, table: type[Any]) -> set[int]:
    """The ids of those that something still in sight belongs to."""
    seen = col(Item.visibility) != Visibility.WITHHELD
    if table is Document:
        wanted: Any = select(col(Item.document_id)).where(seen)
    elif table is Process:
        wanted = select(col(Item.process_id)).where(seen)
    else:
        wanted = select(col(Obligation.body_id)).where(col(Obligation.superseded_at).is_(None))
    return set(session.execute(wanted.distinct()).scalars())


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
