"""Processes, documents, items and bodies page by page in the order of their ids, narrowed like any list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import Visibility
from tracker.storage.lines import Moment
from tracker.storage.narrowing import narrowed
from tracker.storage.prepared import KEYS, made, run
from tracker.storage.tables import Body, BodyAlias, Document, Group, Item, ItemTopic, Process
from tracker.storage.tallies import ids_in


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of object: what is read with it, and which filters speak of it itself and not of its obligations."""

    table: Any
    joins: tuple[tuple[Any, Any], ...]
    direct: frozenset[str]

    @property
    def read(self) -> tuple[Any, ...]:
        """What a row holds: the object, then what it belongs to."""
        return (self.table, *(table for table, _ in self.joins))


_OF_PROCESS = frozenset({"process", "kind", "jurisdiction", "group"})
NOUNS: Mapping[str, Noun] = {
    "process": Noun(Process, (), _OF_PROCESS),
    "document": Noun(Document, ((Process, Document.process_id),), _OF_PROCESS | {"document"}),
    "item": Noun(
        Item,
        ((Document, Item.document_id), (Process, Item.process_id)),
        _OF_PROCESS | {"document", "item", "topic"},
    ),
    "body": Noun(Body, (), frozenset()),
}


def page(
    session: Session, noun: str, filters: Filters, at: Moment, *, limit: int, after_id: int = 0
) -> list[tuple[Any, ...]]:
    """The next rows after an id: the object, then the document and process it belongs to."""
    one = NOUNS[noun]
    wanted = _joined(one, select(*one.read)).where(*_conditions(session, noun, filters, at))
    wanted = wanted.where(col(one.table.id) > after_id).order_by(col(one.table.id)).limit(limit)
    return [tuple(row) for row in session.execute(wanted).all()]


def count(session: Session, noun: str, filters: Filters, at: Moment) -> int:
    """How many there are."""
    one = NOUNS[noun]
    wanted = _joined(one, select(func.count(col(one.table.id))))
    return int(session.execute(wanted.where(*_conditions(session, noun, filters, at))).scalar_one())


def by_key(session: Session, noun: str, key: str) -> tuple[Any, ...] | None:
    """The public object of that key with what it belongs to."""
    one = NOUNS[noun]
    wanted = _joined(one, select(*one.read)).where(*_public(one), col(one.table.key) == key)
    row = session.execute(wanted).one_or_none()
    return tuple(row) if row is not None else None


_TITLES: Mapping[str, Any] = {"process": Process.name, "document": Document.title, "item": Item.title}


def title_of(session: Session, noun: str, key: str) -> str | None:
    """What the public object of that key is called; None where there is none. Also for groups."""
    return titles_of(session, noun, [key]).get(key)


def titles_of(session: Session, noun: str, keys: Collection[str]) -> dict[str, str]:
    """What the public objects of these keys are called; the others are left out. Also for groups."""
    wanted = made((_titled, noun), lambda: _titled(noun))
    return {key: str(title) for key, title in run(session, wanted, {KEYS.key: list(keys)}).all()}


def _titled(noun: str) -> Any:
    if noun == "group":
        return select(col(Group.key), col(Group.name)).where(col(Group.key).in_(KEYS))
    one = NOUNS[noun]
    titled = _joined(one, select(col(one.table.key), _TITLES.get(noun, Body.name)))
    return titled.where(*_public(one), col(one.table.key).in_(KEYS))


def topics_by_item(session: Session, item_ids: list[int]) -> dict[int, list[str]]:
    """The top topics of items."""
    wanted = (
        select(col(ItemTopic.item_id), col(ItemTopic.topic))
        .where(col(ItemTopic.item_id).in_(item_ids))
        .order_by(col(ItemTopic.topic))
    )
    found: dict[int, list[str]] = {}
    for item_id, topic in session.execute(wanted).all():
        found.setdefault(item_id, []).append(topic)
    return found


def aliases_by_body(session: Session, body_ids: list[int]) -> dict[int, list[str]]:
    """Other names of bodies."""
    wanted = (
        select(col(BodyAlias.body_id), col(BodyAlias.name))
        .where(col(BodyAlias.body_id).in_(body_ids), col(BodyAlias.superseded_at).is_(None))
        .order_by(col(BodyAlias.name))
    )
    found: dict[int, list[str]] = {}
    for body_id, name in session.execute(wanted).all():
        found.setdefault(body_id, []).append(name)
    return found


def keys_by_id(session: Session, noun: str, ids: list[int | None]) -> dict[int, str]:
    """The keys of public objects by id."""
    table = NOUNS[noun].table
    known = [id_ for id_ in ids if id_ is not None]
    wanted = select(col(table.id), col(table.key)).where(
        col(table.id).in_(known), col(table.visibility) == Visibility.PUBLIC
    )
    return {row[0]: row[1] for row in session.execute(wanted).all()}


def _joined(one: Noun, wanted: Any) -> Any:
    wanted = wanted.select_from(one.table)
    for table, reference in one.joins:
        wanted = wanted.join(table, col(table.id) == reference)
    return wanted


def _public(one: Noun) -> list[ColumnElement[bool]]:
    return [col(table.visibility) == Visibility.PUBLIC for table in one.read]


def _on_record(one: Noun, at: Moment) -> list[ColumnElement[bool]]:
    return [] if at.known_by is None else [col(one.table.recorded_at) <= at.known_by]


def _conditions(session: Session, noun: str, filters: Filters, at: Moment) -> list[ColumnElement[bool]]:
    """Its own filters are asked of the object, the others of the obligations it has."""
    one, given = NOUNS[noun], filters.given()
    direct = {name: value for name, value in given.items() if name in one.direct}
    conditions = [*_public(one), *narrowed(session, Filters(**direct)), *_on_record(one, at)]
    if direct == given:
        return conditions
    owed = ids_in(session, ListQuery(ListName.ALL, filters), at, noun)
    return [*conditions, col(one.table.id).in_(owed)]
