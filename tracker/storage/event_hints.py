"""What the events of a narrowed list surely fulfil, said of the event itself: so they are found by its own indexes."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, or_, select, true
from sqlmodel import Session, col

from tracker.domain.listing import Filters
from tracker.domain.searching import search_from
from tracker.storage.bodies import family, passed_to
from tracker.storage.narrowing import holding
from tracker.storage.tables import Document, Event, Item, ItemTopic, Obligation, Process

MOST_ENTRIES = 10_000


def hints(session: Session, filters: Filters) -> list[ColumnElement[bool]]:
    """Added to the filters, these leave out nothing: they spare a walk through events of everything else."""
    return [_HINTS[name](session, value) for name, value in filters.given().items() if name in _HINTS]


def _of_body(session: Session, key: str) -> ColumnElement[bool]:
    """The body with its parts, the bodies of duties that passed to them, and entries of what any of them owes."""
    ids = family(session, key)
    owed = select(col(Obligation.body_id)).where(col(Obligation.id).in_(passed_to(ids))).distinct()
    others = set(session.execute(owed).scalars()) if ids else set()
    entries = _entries(session, ids | others)
    if len(entries) > MOST_ENTRIES:
        return true()
    return or_(col(Event.body_id).in_(sorted(ids | others)), col(Event.id).in_(entries))


def _entries(session: Session, body_ids: Collection[int]) -> list[int]:
    """The events of whole items that these bodies owe something about; named one by one, indexes find them."""
    items = select(col(Obligation.item_id)).where(col(Obligation.body_id).in_(body_ids))
    wanted = select(col(Event.id)).where(
        col(Event.item_id).in_(items), col(Event.obligation_id).is_(None), col(Event.body_id).is_(None)
    )
    return list(session.execute(wanted.limit(MOST_ENTRIES + 1)).scalars())


def _of_process(_session: Session, key: str) -> ColumnElement[bool]:
    return col(Event.process_id) == select(col(Process.id)).where(col(Process.key) == key).scalar_subquery()


def _of_item(_session: Session, key: str) -> ColumnElement[bool]:
    return col(Event.item_id) == select(col(Item.id)).where(col(Item.key) == key).scalar_subquery()


def _of_document(_session: Session, key: str) -> ColumnElement[bool]:
    items = select(col(Item.id)).join(Document, col(Document.id) == col(Item.document_id))
    return col(Event.item_id).in_(items.where(col(Document.key) == key))


def _of_topic(_session: Session, topic: str) -> ColumnElement[bool]:
    return col(Event.item_id).in_(select(col(ItemTopic.item_id)).where(col(ItemTopic.topic) == topic))


def _with_words(session: Session, words: str) -> ColumnElement[bool]:
    """What is wanted in what the event is about: each thing is looked up once, however many events are about it."""
    return holding(session, search_from(words), _ABOUT)


_ABOUT: Mapping[str, Any] = {"item": Event.item_id, "body": Event.body_id, "process": Event.process_id}
_HINTS: Mapping[str, Callable[[Session, str], ColumnElement[Any]]] = {
    "body": _of_body,
    "process": _of_process,
    "item": _of_item,
    "document": _of_document,
    "topic": _of_topic,
    "q": _with_words,
}
