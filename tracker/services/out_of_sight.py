"""Documents, processes and bodies that one decision made leave the public with it, and come back once they are used."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from tracker.domain.words import Visibility
from tracker.storage import frames, withheld
from tracker.storage.tables import Body, Document, Item, Process

_KINDS: Mapping[str, type[Any]] = {"document": Document, "process": Process, "body": Body}
"""The inner ones first: a process is unused once its document is."""


def newest(session: Session) -> Mapping[str, int]:
    """The highest numbers given so far: whatever has a higher one is made from now on."""
    return {name: frames.newest(session, table) for name, table in _KINDS.items()}


def made_since(session: Session, item: Item, before: Mapping[str, int]) -> dict[str, list[int]]:
    """What an item stands in and who owes it, as far as that was made since."""
    found = {
        "document": [item.document_id],
        "process": [item.process_id],
        "body": frames.bodies_of(session, item.id or 0),
    }
    return {name: [id_ for id_ in ids if id_ > before[name]] for name, ids in found.items()}


def out_of_sight(session: Session, made: object) -> None:
    """Show no longer what a decision made and nothing else uses."""
    ids = made if isinstance(made, dict) else {}
    for name, table in _KINDS.items():
        for id_ in ids.get(name) or ():
            row = session.get(table, int(id_))
            if row is not None and not frames.is_used(session, table, int(id_)):
                row.visibility = Visibility.WITHHELD
        session.flush()


def back_in_sight(session: Session, *rows: Document | Process | Body | None) -> None:
    """Show again what left with a decision, now that it is used; not what somebody withheld for a reason."""
    for row in rows:
        if row is not None and row.visibility is Visibility.WITHHELD and not _is_buried(session, row):
            row.visibility = Visibility.PUBLIC


def _is_buried(session: Session, row: Document | Process | Body) -> bool:
    return withheld.tombstone(session, str(row.__tablename__), row.key) is not None
