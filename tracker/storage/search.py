"""Full text: items, bodies, processes and documents that hold every word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.narrowing import matching_words
from tracker.storage.tables import Body, BodyAlias, Document, Item, Process

MOST_WORDS_LENGTH = 200


@dataclass(frozen=True)
class Found:
    """One thing that holds the words."""

    key: str
    name: str
    about: str


@dataclass(frozen=True)
class Results:
    """What was found, and how many items there are in all."""

    items: list[Found]
    items_total: int
    bodies: list[Found]
    processes: list[Found]
    documents: list[Found]

    @property
    def nothing(self) -> bool:
        """Whether nothing holds the words."""
        return not (self.items or self.bodies or self.processes or self.documents)


def search(session: Session, words: str, *, limit: int, offset: int = 0) -> Results:
    """What holds every one of the words."""
    said = words[:MOST_WORDS_LENGTH].replace("\x00", " ")
    items = _items(said)
    count = select(func.count()).select_from(items.subquery())
    page = items.order_by(col(Item.id)).limit(limit).offset(offset)
    others: Mapping[str, Any] = {
        "bodies": _bodies(said),
        "processes": _processes(said),
        "documents": _documents(said),
    }
    return Results(
        items=[Found(*row) for row in session.execute(page).all()],
        items_total=int(session.execute(count).scalar_one()),
        **{
            name: [Found(*row) for row in session.execute(wanted.limit(limit)).all()]
            for name, wanted in others.items()
        },
    )


def _items(words: str) -> Any:
    return (
        select(col(Item.key), col(Item.title), col(Process.name))
        .join(Process, col(Process.id) == Item.process_id)
        .join(Document, col(Document.id) == Item.document_id)
        .where(*(col(table.visibility) == Visibility.PUBLIC for table in (Item, Process, Document)))
        .where(matching_words(words, Item.title, Item.text, Item.ref, Process.name, Document.title))
    )


def _bodies(words: str) -> Any:
    named = select(col(BodyAlias.body_id)).where(
        matching_words(words, BodyAlias.name), col(BodyAlias.superseded_at).is_(None)
    )
    return (
        select(col(Body.key), col(Body.name), col(Body.jurisdiction))
        .where(col(Body.visibility) == Visibility.PUBLIC)
        .where(matching_words(words, Body.name) | col(Body.id).in_(named))
        .order_by(col(Body.name))
    )


def _processes(words: str) -> Any:
    return (
        select(col(Process.key), col(Process.name), col(Process.organiser))
        .where(col(Process.visibility) == Visibility.PUBLIC)
        .where(matching_words(words, Process.name, Process.organiser))
        .order_by(col(Process.name))
    )


def _documents(words: str) -> Any:
    return (
        select(col(Document.key), col(Document.title), col(Process.name))
        .join(Process, col(Process.id) == Document.process_id)
        .where(col(Document.visibility) == Visibility.PUBLIC, col(Process.visibility) == Visibility.PUBLIC)
        .where(matching_words(words, Document.title))
        .order_by(col(Document.title))
    )
