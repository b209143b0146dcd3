"""Whose an object is: the group of the process it belongs to, found by the kind and key of an address."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, null, select
from sqlmodel import Session, col

from tracker.domain.permissions import Owned
from tracker.domain.words import Visibility
from tracker.storage.tables import (
    Assessment,
    CheckObligation,
    Claim,
    ClockEntry,
    Document,
    EndingAct,
    Finding,
    Group,
    ImportAct,
    ImportBatch,
    Item,
    Objection,
    Obligation,
    Process,
    Response,
    ResponseLine,
    Run,
    Source,
    Statement,
)

SHARED = Owned(None)
LARGEST_ID = 2**31 - 1
Key = str | int
Found = Any
"""A query for group, visibility and process."""
Way = Callable[[Key], Found]


def owner(session: Session, kind: str, key: Key) -> Owned | None:
    """Whose the object of that key (text) or id (a number) is; None where there is none, or nobody owns the kind."""
    way = _WAYS.get(kind)
    if way is None:
        return None
    wanted = way(key)
    row = session.execute(wanted.limit(1)).first() if wanted is not None else None
    if row is None:
        return None
    group_id, visibility, found = row
    return Owned(group_id or _first_group(session), visibility is Visibility.DRAFT) if found else SHARED


def hand_over(session: Session, process_id: int, group_id: int) -> None:
    """Give a process, and with it all that belongs to it, to another group."""
    session.get_one(Process, process_id).group_id = group_id
    session.flush()


def _first_group(session: Session) -> int | None:
    """Who owns a process that was given to nobody."""
    found: int | None = session.execute(select(func.min(col(Group.id)))).scalar()
    return found


def _whole(key: Key) -> int | None:
    return key if isinstance(key, int) and key <= LARGEST_ID else None


def _named(table: Any, key: Key) -> Any:
    """A row by its key, or by its id: never by both, for a key may look like a number."""
    return col(table.key) == key if isinstance(key, str) else col(table.id) == min(key, LARGEST_ID)


def _process(key: Key) -> Found:
    return select(col(Process.group_id), col(Process.visibility), col(Process.id)).where(_named(Process, key))


def _document(key: Key) -> Found:
    return (
        select(col(Process.group_id), col(Document.visibility), col(Process.id))
        .join(Document, col(Document.process_id) == col(Process.id))
        .where(_named(Document, key))
    )


def _items() -> Found:
    return select(col(Process.group_id), col(Item.visibility), col(Process.id)).join(
        Item, col(Item.process_id) == col(Process.id)
    )


def _item(key: Key) -> Found:
    return _items().where(_named(Item, key))


def _owed() -> Found:
    return _items().join(Obligation, col(Obligation.item_id) == col(Item.id))


def _obligation(key: Key) -> Found:
    id_ = _whole(key)
    return None if id_ is None else _owed().where(col(Obligation.id) == id_)


def _about(table: Any) -> Way:
    """By a row that bears the obligation it is about."""

    def way(key: Key) -> Found:
        id_ = _whole(key)
        joined = _owed().join(table, col(table.obligation_id) == col(Obligation.id))
        return None if id_ is None else joined.where(col(table.id) == id_)

    return way


def _objection(key: Key) -> Found:
    """By its row, or by the number of the receipt that several rows share."""
    if isinstance(key, int):
        return _about(Objection)(key)
    joined = _owed().join(Objection, col(Objection.obligation_id) == col(Obligation.id))
    return joined.where(col(Objection.number) == key).order_by(col(Objection.id))


def _look(key: Key) -> Found:
    id_ = _whole(key)
    joined = _owed().join(CheckObligation, col(CheckObligation.obligation_id) == col(Obligation.id))
    return (
        None if id_ is None else joined.where(col(CheckObligation.check_id) == id_).order_by(col(Process.id))
    )


def _replies() -> Found:
    """A reply to items of several groups belongs to the one of its first line."""
    return (
        _owed()
        .join(ResponseLine, col(ResponseLine.obligation_id) == col(Obligation.id))
        .join(Response, col(Response.id) == col(ResponseLine.response_id))
        .order_by(col(ResponseLine.id))
    )


def _response(key: Key) -> Found:
    return _replies().where(_named(Response, key))


def _evidence(key: Key) -> Found:
    return _replies().where(col(Response.page_sha256) == key)


def _statement(key: Key) -> Found:
    id_ = _whole(key)
    joined = _replies().join(Statement, col(Statement.response_id) == col(Response.id))
    return None if id_ is None else joined.where(col(Statement.id) == id_)


def _ending(key: Key) -> Found:
    id_ = _whole(key)
    joined = select(col(Process.group_id), col(Process.visibility), col(Process.id)).join(
        EndingAct, col(EndingAct.process_id) == col(Process.id)
    )
    return None if id_ is None else joined.where(col(EndingAct.id) == id_)


def _sources(table: Any) -> Found:
    """By the source, which may serve one process or everybody."""
    return select(col(Process.group_id), col(Process.visibility), col(Process.id)).select_from(table)


def _source(key: Key) -> Found:
    joined = _sources(Source).outerjoin(Process, col(Process.id) == col(Source.process_id))
    return joined.where(_named(Source, key))


def _run(key: Key) -> Found:
    id_ = _whole(key)
    joined = (
        _sources(Run)
        .join(Source, col(Source.id) == col(Run.source_id))
        .outerjoin(Process, col(Process.id) == col(Source.process_id))
    )
    return None if id_ is None else joined.where(col(Run.id) == id_)


def _finding(key: Key) -> Found:
    """By the obligation it is thought to answer, else by the source that showed it."""
    id_ = _whole(key)
    process = func.coalesce(col(Item.process_id), col(Source.process_id))
    joined = (
        _sources(Finding)
        .join(Source, col(Source.id) == col(Finding.source_id))
        .outerjoin(Obligation, col(Obligation.id) == col(Finding.obligation_id))
        .outerjoin(Item, col(Item.id) == col(Obligation.item_id))
        .outerjoin(Process, col(Process.id) == process)
    )
    return None if id_ is None else joined.where(col(Finding.id) == id_)


def _batch(key: Key) -> Found:
    id_ = _whole(key)
    columns: Found = select(col(ImportBatch.group_id), null(), col(ImportBatch.id))
    joined = columns.join(ImportAct, col(ImportAct.batch_id) == col(ImportBatch.id))
    return None if id_ is None else joined.where(col(ImportAct.id) == id_)


_WAYS: dict[str, Way] = {
    "process": _process,
    "document": _document,
    "item": _item,
    "obligation": _obligation,
    "response": _response,
    "clock-entry": _about(ClockEntry),
    "assessment": _about(Assessment),
    "claim": _about(Claim),
    "objection": _objection,
    "statement": _statement,
    "evidence": _evidence,
    "look": _look,
    "ending": _ending,
    "source": _source,
    "run": _run,
    "finding": _finding,
    "import": _batch,
}
"""One way to its process for each kind of object; a kind without one is everybody's."""
