"""Items: one with everything it hangs on, and its obligations as lines."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.lines import COLUMNS, Line, line_of, seen
from tracker.storage.listed import Moment, asked_at, joined
from tracker.storage.prepared import ID, IDS, KEY, run
from tracker.storage.tables import (
    Body,
    Document,
    Group,
    Item,
    ItemTopic,
    Obligation,
    Process,
    Response,
    Withheld,
)

SHOWN = (Visibility.PUBLIC, Visibility.LINK_ONLY)
"""What a reader who has the address may see."""


@dataclass(frozen=True)
class ItemWhole:
    """An item with its document, process, group and relatives."""

    item: Item
    document: Document
    process: Process
    group: Group | None
    topics: tuple[str, ...]
    parent: Item | None
    children: tuple[Item, ...]
    repeats: Item | None
    repeated_by: tuple[Item, ...]
    arises_from: Response | None


def by_key(session: Session, key: str) -> ItemWhole | None:
    """The item of that key, drafts and withheld ones left out."""
    row = session.execute(_BY_KEY, {KEY.key: key}).one_or_none()
    return _whole(session, *row) if row is not None else None


_BY_KEY = (
    select(Item, Document, Process, Group)
    .join(Document, col(Document.id) == Item.document_id)
    .join(Process, col(Process.id) == Item.process_id)
    .outerjoin(Group, col(Group.id) == Process.group_id)
    .where(col(Item.key) == KEY)
    .where(*(col(table.visibility).in_(SHOWN) for table in (Item, Document, Process)))
)


def key_of_number(session: Session, process_key: str, number: int) -> str | None:
    """The key of an item by its place in a process: the short address."""
    wanted = (
        select(col(Item.key))
        .join(Process, col(Process.id) == Item.process_id)
        .where(col(Process.key) == process_key, col(Item.number) == number)
        .where(col(Item.visibility).in_(SHOWN), col(Process.visibility).in_(SHOWN))
    )
    return session.execute(wanted).scalar_one_or_none()


def tombstone(session: Session, kind: str, key: str) -> Withheld | None:
    """What is said of an object that was withheld."""
    wanted = select(Withheld).where(
        col(Withheld.object_kind) == kind,
        col(Withheld.object_key) == key,
        col(Withheld.visibility) == Visibility.WITHHELD,
    )
    return session.execute(wanted).scalars().first()


def lines_of(session: Session, item_id: int, at: Moment) -> list[Line]:
    """The obligations of one item, also where it is shown only to who has the address."""
    found = [line_of(row) for row in asked_at(session, at, _of_item, **{ID.key: item_id}).all()]
    return seen(session, found, at)


def _of_item(at: Moment) -> Any:
    wanted = joined(select(*COLUMNS), at).where(
        col(Obligation.item_id) == ID,
        col(Obligation.superseded_at).is_(None),
        col(Body.visibility).in_(SHOWN),
    )
    return wanted.order_by(col(Obligation.id))


def lines_by_item(session: Session, item_ids: Collection[int], at: Moment) -> dict[int, list[Line]]:
    """The public obligations of several items."""
    if not item_ids:
        return {}
    rows = asked_at(session, at, _of_items, **{IDS.key: sorted(item_ids)}).all()
    found: dict[int, list[Line]] = {}
    for line in seen(session, [line_of(row) for row in rows], at):
        found.setdefault(line.item_id, []).append(line)
    return found


def _of_items(at: Moment) -> Any:
    wanted = joined(select(*COLUMNS), at).where(
        col(Obligation.item_id).in_(IDS),
        col(Obligation.superseded_at).is_(None),
        col(Body.visibility) == Visibility.PUBLIC,
    )
    return wanted.order_by(col(Obligation.id))


def _whole(
    session: Session, item: Item, document: Document, process: Process, group: Group | None
) -> ItemWhole:
    arises = session.get(Response, item.arises_from_id) if item.arises_from_id else None
    relatives = session.execute(_RELATIVES, {ID.key: item.id}).scalars().all()
    return ItemWhole(
        item=item,
        document=document,
        process=process,
        group=group,
        topics=_topics(session, item),
        parent=_public(session, item.parent_id),
        children=tuple(one for one in relatives if one.parent_id == item.id),
        repeats=_public(session, item.repeats_id),
        repeated_by=tuple(one for one in relatives if one.repeats_id == item.id),
        arises_from=arises if arises is not None and arises.visibility in SHOWN else None,
    )


def _topics(session: Session, item: Item) -> tuple[str, ...]:
    return tuple(run(session, _TOPICS, {ID.key: item.id}).scalars())


_TOPICS = select(col(ItemTopic.topic)).where(col(ItemTopic.item_id) == ID).order_by(col(ItemTopic.topic))


def _public(session: Session, id_: int | None) -> Item | None:
    found = session.get(Item, id_) if id_ else None
    return found if found is not None and found.visibility is Visibility.PUBLIC else None


_RELATIVES = (
    select(Item)
    .where(or_(col(Item.parent_id) == ID, col(Item.repeats_id) == ID))
    .where(col(Item.visibility) == Visibility.PUBLIC)
    .order_by(col(Item.number))
)
"""The milestones of an item, and the items that ask for the same again."""
