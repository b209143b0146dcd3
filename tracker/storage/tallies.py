"""Which objects the obligations of a list belong to."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from tracker.domain.listing import ListQuery
from tracker.storage.lines import Moment, conditions, joined
from tracker.storage.tables import Body, Document, Item, Process

_IDS: Mapping[str, Any] = {
    "process": Process.id,
    "document": Document.id,
    "item": Item.id,
    "body": Body.id,
}


def ids_in(session: Session, query: ListQuery, at: Moment, noun: str) -> Any:
    """The ids of the processes, documents, items or bodies that the lines of a list are about, to select among."""
    return joined(select(_IDS[noun]), at).where(*conditions(session, query)).distinct()
