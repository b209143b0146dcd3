"""Which obligations are dated by a rule, and who confirmed the rule."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.lines import Moment, known
from tracker.storage.tables import Document, Item, Obligation, Process, Terms


@dataclass(frozen=True)
class ItemUsing:
    """An item with what is owed about it by a rule."""

    key: str
    title: str
    language: str
    """Of its words; empty: of its process."""
    process_language: str
    number: int


@dataclass(frozen=True)
class RuleUse:
    """How many public obligations a rule dates, and some of their items."""

    obligations: int
    items: tuple[ItemUsing, ...]
    more_items: int


def use_of(session: Session, key: str, at: Moment, *, most: int = 10) -> RuleUse:
    """What a rule dates on this site, the items by their title."""
    counted = (
        select(*_NAMED, func.count(col(Obligation.id)))
        .join(Obligation, col(Obligation.item_id) == col(Item.id))
        .join(Terms, col(Terms.obligation_id) == col(Obligation.id))
        .join(Document, col(Document.id) == col(Item.document_id))
        .join(Process, col(Process.id) == col(Item.process_id))
        .where(*_public(), col(Terms.rule_key) == key, *known(Terms, at), *known(Obligation, at))
        .group_by(col(Item.id), *_NAMED)
        .order_by(func.lower(col(Item.title)), col(Item.key))
    )
    rows = [ItemUsing(*row) for row in session.execute(counted).all()]
    return RuleUse(sum(row.number for row in rows), tuple(rows[:most]), max(0, len(rows) - most))


_NAMED: tuple[Any, ...] = (Item.key, Item.title, Item.language, Process.language)


def _public() -> list[ColumnElement[bool]]:
    return [col(table.visibility) == Visibility.PUBLIC for table in (Item, Document)]


@dataclass(frozen=True)
class Confirmation:
    """Since when dates by a rule nobody had checked flag here, and by whom: a group, never a person."""

    actor: str
    at: datetime


def confirmation_of(session: Session, key: str) -> Confirmation | None:
    """The first confirmation of an unchecked rule; None where there was none."""
    unsure = select(col(Terms.obligation_id)).where(
        col(Terms.rule_key) == key, col(Terms.rule_checked).is_(False)
    )
    wanted = (
        select(col(Terms.recorded_by), col(Terms.recorded_at))
        .where(
            col(Terms.rule_key) == key,
            col(Terms.rule_checked).is_(True),
            col(Terms.recorded_by).startswith("group:"),
            col(Terms.obligation_id).in_(unsure),
        )
        .order_by(col(Terms.recorded_at))
        .limit(1)
    )
    row = session.execute(wanted).first()
    return Confirmation(row[0], row[1]) if row else None
