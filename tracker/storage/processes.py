"""Processes and their documents, as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.tables import Document, Group, Item, Process

SHOWN = (Visibility.PUBLIC, Visibility.LINK_ONLY)


@dataclass(frozen=True)
class ProcessWhole:
    """A process with its group and its newest documents in order."""

    process: Process
    group: Group | None
    documents: tuple[Document, ...]
    documents_total: int


def whole(session: Session, key: str, most_documents: int) -> ProcessWhole | None:
    """A process that may be shown, with so many of its documents at most."""
    wanted = (
        select(Process, Group)
        .outerjoin(Group, col(Group.id) == Process.group_id)
        .where(col(Process.key) == key, col(Process.visibility).in_(SHOWN))
    )
    row = session.execute(wanted).one_or_none()
    if row is None:
        return None
    newest = _documents(session, row[0], most_documents)
    return ProcessWhole(row[0], row[1], newest, _count_documents(session, row[0]))


def document(session: Session, key: str) -> tuple[Document, Process] | None:
    """A document that may be shown, with its process."""
    wanted = (
        select(Document, Process)
        .join(Process, col(Process.id) == Document.process_id)
        .where(col(Document.key) == key)
        .where(col(Document.visibility).in_(SHOWN), col(Process.visibility).in_(SHOWN))
    )
    row = session.execute(wanted).one_or_none()
    return (row[0], row[1]) if row is not None else None


def item_counts(session: Session, document_ids: Iterable[int]) -> dict[int, int]:
    """How many public items each of these documents carries."""
    wanted = (
        select(col(Item.document_id), func.count(col(Item.id)))
        .where(col(Item.document_id).in_(list(document_ids)), col(Item.visibility) == Visibility.PUBLIC)
        .group_by(col(Item.document_id))
    )
    return {document_id: int(n) for document_id, n in session.execute(wanted).all()}


def jurisdictions(session: Session) -> list[str]:
    """The jurisdictions of the public processes."""
    wanted = select(col(Process.jurisdiction)).where(
        col(Process.visibility) == Visibility.PUBLIC, col(Process.jurisdiction) != ""
    )
    return sorted(session.execute(wanted.distinct()).scalars())


def _documents(session: Session, process: Process, most: int) -> tuple[Document, ...]:
    wanted = select(Document).where(*_of(process))
    newest = wanted.order_by(col(Document.published_on).desc().nulls_last(), col(Document.id).desc()).limit(
        most
    )
    found = list(session.execute(newest).scalars())
    return tuple(reversed(found))


def _count_documents(session: Session, process: Process) -> int:
    return int(session.execute(select(func.count(col(Document.id))).where(*_of(process))).scalar_one())


def _of(process: Process) -> list[ColumnElement[bool]]:
    return [col(Document.process_id) == process.id, col(Document.visibility) == Visibility.PUBLIC]
