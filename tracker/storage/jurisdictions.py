"""The jurisdictions an entry is about: of its document's process, its bodies, or the obligation being corrected."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.storage import entries
from tracker.storage.tables import Document, Process


def of_entry(session: Session, document: str, bodies: Iterable[str]) -> list[str]:
    """Of the document of that key and the bodies typed by key or name; unknown ones say nothing."""
    wanted = (
        select(col(Process.jurisdiction))
        .join(Document, col(Document.process_id) == col(Process.id))
        .where(col(Document.key) == document)
    )
    found = [row[0] for row in session.execute(wanted).all()]
    return found + [one.jurisdiction for name in bodies for one in entries.bodies_named(session, name)]


def of_obligation(session: Session, obligation_id: int) -> list[str]:
    """Of the process and the body of one obligation."""
    owed = entries.owed(session, [obligation_id])
    return [place for one in owed for place in (one.process.jurisdiction, one.body.jurisdiction)]
