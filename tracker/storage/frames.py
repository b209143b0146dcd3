"""What items stand in and who owes them: which documents, processes and bodies are used by anything in sight."""

from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, SQLModel, col

from tracker.domain.words import Visibility
from tracker.storage.tables import (
    Addressee,
    Body,
    Document,
    Item,
    Obligation,
    Process,
    Response,
)


def newest(session: Session, table: type[Any]) -> int:
    """The highest number a table has given."""
    return int(session.execute(select(func.max(col(table.id)))).scalar() or 0)


def bodies_of(session: Session, item_id: int) -> list[int]:
    """The bodies that owe something about an item, or did."""
    wanted = select(col(Addressee.body_id)).where(col(Addressee.item_id) == item_id).distinct()
    return sorted(session.execute(wanted).scalars())


def is_used(session: Session, table: type[SQLModel], id_: int) -> bool:
    """Whether anything in sight belongs to it."""
    return any(session.execute(wanted.limit(1)).first() is not None for wanted in _USES[table](id_))


def _of_document(id_: int) -> list[Any]:
    return [select(col(Item.id)).where(col(Item.document_id) == id_, _seen(Item))]


def _of_process(id_: int) -> list[Any]:
    inside = select(col(Document.id)).where(col(Document.process_id) == id_, _seen(Document))
    return [inside, select(col(Item.id)).where(col(Item.process_id) == id_, _seen(Item))]


def _of_body(id_: int) -> list[Any]:
    tables: tuple[Any, ...] = (Obligation, Response)
    return [
        *(select(one.id).where(one.body_id == id_, one.superseded_at.is_(None)) for one in tables),
        select(col(Body.id)).where(col(Body.part_of_id) == id_),
    ]


def _seen(table: Any) -> Any:
    return col(table.visibility) != Visibility.WITHHELD


_USES = {Document: _of_document, Process: _of_process, Body: _of_body}
