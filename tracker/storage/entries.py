"""What editors enter and correct: processes, documents, items and what is owed, by key; drafts included."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import Session, SQLModel, col

from tracker.domain.words import ClockEntryKind, Visibility
from tracker.storage.tables import (
    Addressee,
    Body,
    BodyAlias,
    BodyKey,
    ClockEntry,
    Document,
    Group,
    Item,
    ItemTopic,
    Obligation,
    Process,
    Segment,
    Terms,
)


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation with all that an editor's page says of it."""

    obligation: Obligation
    terms: Terms
    addressee: Addressee
    body: Body
    item: Item
    document: Document
    process: Process

    @property
    def id(self) -> int:
        """The obligation's id."""
        assert self.obligation.id is not None  # noqa: S101 - it comes from the database
        return self.obligation.id


def id_of(row: object) -> int:
    """The id of a row that has been written."""
    id_: int | None = getattr(row, "id", None)
    if id_ is None:
        raise LookupError(f"a {type(row).__name__} was used before it was written: flush the session first")
    return id_


def process_by_key(session: Session, key: str) -> Process | None:
    """The process of that key."""
    return session.execute(select(Process).where(col(Process.key) == key)).scalar_one_or_none()


def document_by_key(session: Session, key: str) -> Document | None:
    """The document of that key."""
    return session.execute(select(Document).where(col(Document.key) == key)).scalar_one_or_none()


def document_titled(session: Session, process_id: int, title: str) -> Document | None:
    """The first document of a process under exactly this title."""
    wanted = select(Document).where(col(Document.process_id) == process_id, col(Document.title) == title)
    return session.execute(wanted.order_by(col(Document.id)).limit(1)).scalar_one_or_none()


def item_by_key(session: Session, key: str) -> Item | None:
    """The item of that key."""
    return session.execute(select(Item).where(col(Item.key) == key)).scalar_one_or_none()


def is_taken(session: Session, table: type[SQLModel], key: str) -> bool:
    """Whether a row of the table has that key, or a body had it."""
    column = col(table.key)  # type: ignore[attr-defined]
    if session.execute(select(column).where(column == key)).first() is not None:
        return True
    return table is Body and session.get(BodyKey, key) is not None


def bodies_named(session: Session, text: str) -> list[Body]:
    """The body of that key; else those of that name or alias, whatever its case."""
    name = text.strip()
    keyed = session.execute(select(Body).where(col(Body.key) == name)).scalar_one_or_none()
    if keyed is not None:
        return [keyed]
    aliased = select(col(BodyAlias.body_id)).where(
        func.lower(col(BodyAlias.name)) == name.lower(), col(BodyAlias.superseded_at).is_(None)
    )
    wanted = select(Body).where(or_(func.lower(col(Body.name)) == name.lower(), col(Body.id).in_(aliased)))
    return list(session.execute(wanted.order_by(col(Body.key))).scalars())


def bodies(session: Session) -> list[Body]:
    """All bodies by name, to choose from."""
    return list(session.execute(select(Body).order_by(col(Body.name))).scalars())


def aliases_of(session: Session, body_id: int) -> list[BodyAlias]:
    """The other names of a body that stand."""
    wanted = select(BodyAlias).where(
        col(BodyAlias.body_id) == body_id, col(BodyAlias.superseded_at).is_(None)
    )
    return list(session.execute(wanted.order_by(col(BodyAlias.name))).scalars())


def documents(session: Session, group_id: int | None = None) -> list[tuple[Document, Process]]:
    """The documents of one group, or all, with their processes, to choose from."""
    wanted = (
        select(Document, Process)
        .join(Process, col(Process.id) == col(Document.process_id))
        .order_by(col(Process.name), col(Document.title))
    )
    if group_id is not None:
        wanted = wanted.where(col(Process.id).in_(_processes_of(group_id)))
    return [(row[0], row[1]) for row in session.execute(wanted).all()]


def processes(session: Session, group_id: int | None = None) -> list[Process]:
    """The processes of one group, or all, by name, to choose from."""
    wanted = select(Process).order_by(col(Process.name))
    if group_id is not None:
        wanted = wanted.where(col(Process.id).in_(_processes_of(group_id)))
    return list(session.execute(wanted).scalars())


def next_number(session: Session, process_id: int) -> int:
    """The next free place of an item in its process."""
    highest = select(func.max(col(Item.number))).where(col(Item.process_id) == process_id)
    return int(session.execute(highest).scalar() or 0) + 1


def topics_of(session: Session, item_id: int) -> list[str]:
    """The topics of an item."""
    wanted = (
        select(col(ItemTopic.topic)).where(col(ItemTopic.item_id) == item_id).order_by(col(ItemTopic.topic))
    )
    return list(session.execute(wanted).scalars())


def topic_rows(session: Session, item_id: int) -> list[ItemTopic]:
    """The rows that put an item under its topics."""
    return list(session.execute(select(ItemTopic).where(col(ItemTopic.item_id) == item_id)).scalars())


def drafts(session: Session, limit: int = 50, *, group_id: int | None = None) -> list[Item]:
    """Items not published yet, the newest first; of one group's processes, or of all."""
    wanted = select(Item).where(col(Item.visibility) == Visibility.DRAFT).order_by(col(Item.id).desc())
    if group_id is not None:
        wanted = wanted.where(col(Item.process_id).in_(_processes_of(group_id)))
    return list(session.execute(wanted.limit(limit)).scalars())


def _processes_of(group_id: int) -> Any:
    """The processes of a group; the first group has those that were given to nobody."""
    first = select(func.min(col(Group.id))).scalar_subquery()
    return select(col(Process.id)).where(func.coalesce(col(Process.group_id), first) == group_id)


def _owed() -> Any:
    return (
        select(Obligation, Terms, Addressee, Body, Item, Document, Process)
        .join(Terms, col(Terms.obligation_id) == col(Obligation.id))
        .join(Addressee, col(Addressee.id) == col(Obligation.addressee_id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Document, col(Document.id) == col(Item.document_id))
        .join(Process, col(Process.id) == col(Item.process_id))
        .where(col(Terms.superseded_at).is_(None), col(Obligation.superseded_at).is_(None))
        .order_by(col(Process.key), col(Item.number), col(Obligation.id))
    )


def owed(session: Session, ids: Iterable[int]) -> list[Owed]:
    """Obligations by id, in the order of their items; unknown ids are left out."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    return [Owed(*row) for row in session.execute(_owed().where(col(Obligation.id).in_(wanted))).all()]


def owed_for_item(session: Session, item_id: int) -> list[Owed]:
    """All that is owed about one item."""
    return [Owed(*row) for row in session.execute(_owed().where(col(Obligation.item_id) == item_id)).all()]


def ids_owed_by(session: Session, body_id: int) -> list[int]:
    """The ids of all that one body owes."""
    wanted = select(col(Obligation.id)).where(
        col(Obligation.body_id) == body_id, col(Obligation.superseded_at).is_(None)
    )
    return [id_ for id_ in session.execute(wanted).scalars() if id_ is not None]


def owed_by_rule(session: Session, rule_key: str) -> list[Owed]:
    """All that is owed by one rule."""
    return [Owed(*row) for row in session.execute(_owed().where(col(Terms.rule_key) == rule_key)).all()]


def owed_matching(session: Session, words: str, limit: int = 60, group_id: int | None = None) -> list[Owed]:
    """Obligations whose item, body, document or process holds every word; all the first ones without a word."""
    found = _owed()
    if group_id is not None:
        found = found.where(col(Item.process_id).in_(_processes_of(group_id)))
    for word in words.lower().split()[:10]:
        texts = (Item.title, Item.ref, Item.key, Body.name, Body.key, Process.name, Document.title)
        found = found.where(or_(*(func.lower(col(text)).contains(word, autoescape=True) for text in texts)))
    return [Owed(*row) for row in session.execute(found.limit(limit)).all()]


def addressees_of(session: Session, item_id: int) -> list[Addressee]:
    """The addressees of an item."""
    wanted = select(Addressee).where(col(Addressee.item_id) == item_id).order_by(col(Addressee.id))
    return list(session.execute(wanted).scalars())


def clock_entries(session: Session, obligation_id: int) -> list[ClockEntry]:
    """What moved or stopped a clock and still stands, in the order of the days it works from."""
    wanted = (
        select(ClockEntry)
        .where(col(ClockEntry.obligation_id) == obligation_id, col(ClockEntry.superseded_at).is_(None))
        .order_by(col(ClockEntry.works_from_on), col(ClockEntry.id))
    )
    return list(session.execute(wanted).scalars())


def open_pause(session: Session, obligation_id: int) -> ClockEntry | None:
    """The stop of a clock that has no end on record."""
    found = clock_entries(session, obligation_id)
    return next((e for e in found if e.kind is ClockEntryKind.PAUSE and e.ends_on is None), None)


def last_period(session: Session, like: Obligation) -> int:
    """The highest period of what a body owes of one kind about an item, ended ones included."""
    return int(session.execute(_same_duty(like, func.max(col(Obligation.period)))).scalar() or 0)


def of_another_body(session: Session, like: Obligation, body_id: int) -> Obligation | None:
    """The same duty of another body, also where it was ended as never owed."""
    wanted = _same_duty(like, Obligation, body_id).where(col(Obligation.period) == like.period)
    found: Obligation | None = session.execute(wanted).scalar_one_or_none()
    return found


def _same_duty(like: Obligation, wanted: Any, body_id: int | None = None) -> Any:
    return select(wanted).where(
        col(Obligation.item_id) == like.item_id,
        col(Obligation.body_id) == (body_id or like.body_id),
        col(Obligation.kind) == like.kind,
    )


def at_the_moment(segments: Sequence[Segment], now: datetime) -> Segment | None:
    """The one of an obligation's segments that holds at an instant."""
    holding = (s for s in segments if s.from_at <= now and (s.until_at is None or s.until_at > now))
    return next(holding, None)
