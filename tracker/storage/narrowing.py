"""What the filters of a list mean in SQL: one place for lines, events and whatever else a list is made of."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, false, func, or_, select, union
from sqlmodel import Session, col

from tracker.domain.listing import Filters
from tracker.domain.searching import Search, search_from
from tracker.storage.bodies import Then, family, passed_alone, passed_to
from tracker.storage.search_match import holds_any, ids_holding
from tracker.storage.tables import Body, Document, Group, Item, ItemTopic, Obligation, Process


def narrowed(
    session: Session,
    filters: Filters,
    columns: Mapping[str, Any] | None = None,
    then: Then | None = None,
) -> list[ColumnElement[bool]]:
    """Conditions on a statement that joins Body, Item, Document and Process; `columns` adds or replaces plain ones."""
    # Lists of obligations say where they stand; events say it of themselves.
    about = _OWED if columns and "standing" in columns else _HELD
    makers: dict[str, Any] = {"body": partial(_in_family, then=then), "q": partial(_with_words, about=about)}
    found = narrowed_alike(filters, columns)
    return found + [makers[name](session, value) for name, value in filters.given().items() if name in makers]


def narrowed_alike(filters: Filters, columns: Mapping[str, Any] | None = None) -> list[ColumnElement[bool]]:
    """The conditions of those filters that mean the same whatever is on record: all but words and bodies."""
    plain = {**_PLAIN, **(columns or {})}
    given = filters.given()
    equal: list[ColumnElement[bool]] = [
        plain[name] == value for name, value in given.items() if name in plain
    ]
    return equal + [_MAKERS[name](value) for name, value in given.items() if name in _MAKERS]


_PLAIN: dict[str, Any] = {
    "process": Process.key,
    "document": Document.key,
    "item": Item.key,
    "kind": Process.kind,
}


def _in_family(session: Session, key: str, then: Then | None = None) -> ColumnElement[bool]:
    ids = family(session, key, then)
    if not ids:
        return false()
    whole = col(Body.id).in_(ids)
    # Hardly any duty passes alone; where none did, the plain condition lets an index find what a body owes.
    return or_(whole, _passed(ids, then)) if passed_alone(session, ids, then) else whole


def _passed(ids: set[int], then: Then | None) -> ColumnElement[bool]:
    """What one of these bodies owes since another one was divided: that duty only."""
    return (
        select(col(Obligation.id))
        .where(
            col(Obligation.id).in_(passed_to(ids, then)),
            col(Obligation.item_id) == col(Item.id),
            col(Obligation.body_id) == col(Body.id),
        )
        .correlate(Item, Body)
        .exists()
    )


def _in_topic(topic: str) -> ColumnElement[bool]:
    return col(Item.id).in_(select(col(ItemTopic.item_id)).where(col(ItemTopic.topic) == topic))


def _in_jurisdiction(code: str) -> ColumnElement[bool]:
    return or_(
        col(Process.jurisdiction) == code, col(Process.jurisdiction).startswith(f"{code}-", autoescape=True)
    )


def _in_group(key: str) -> ColumnElement[bool]:
    return col(Process.group_id).in_(select(col(Group.id)).where(col(Group.key) == key))


def _with_words(session: Session, words: str, about: Mapping[str, Any]) -> ColumnElement[bool]:
    """All that is wanted stands in the item, the body or the process, and nothing that is not; no word: nothing."""
    search = search_from(words)
    unwanted = (_holds(session, Search((term,)), about) for term in search.unwanted)
    # An event of no item holds nothing it should not: NULL is no.
    without = (func.coalesce(one, false(), type_=Boolean).is_(False) for one in unwanted)
    return and_(holding(session, search, about), *without)


def holding(session: Session, search: Search, columns: Mapping[str, Any]) -> ColumnElement[bool]:
    """All that is wanted is held by the item alone, unless names of bodies or processes hold a part of it."""
    if not search.wanted:
        return false()
    if not any(holds_any(session, kind, search) for kind in columns if kind != "item"):
        return _holds(session, Search(search.wanted), {"item": columns["item"]})
    return and_(*(_holds(session, Search((term,)), columns) for term in search.wanted))


def _holds(session: Session, search: Search, columns: Mapping[str, Any]) -> ColumnElement[bool]:
    if columns is _OWED:
        # By obligation: so the indexes of its item and its body find it, and no list is walked through.
        owed = (
            select(col(Obligation.id)).where(col(one).in_(ids_holding(session, kind, search)))
            for kind, one in columns.items()
        )
        return col(Obligation.id).in_(union(*owed))
    return or_(*(col(one).in_(ids_holding(session, kind, search)) for kind, one in columns.items()))


_OWED: Mapping[str, Any] = {"item": Obligation.item_id, "body": Obligation.body_id}
"""An item's words are those of its process too."""
_HELD: Mapping[str, Any] = {"item": Item.id, "body": Body.id, "process": Process.id}


_MAKERS: Mapping[str, Callable[[str], ColumnElement[bool]]] = {
    "topic": _in_topic,
    "jurisdiction": _in_jurisdiction,
    "group": _in_group,
}
