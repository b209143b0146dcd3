"""Binds the entering of a process, a document or a body into the log: its words by their hash; nobody is alerted."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain.ledger import digest
from tracker.domain.words import EventKind, Visibility
from tracker.services.record_event import record_event
from tracker.storage.tables import Body, Document, Process

_NOT_SAID = frozenset({"id", "recorded_at", "recorded_by", "superseded_at", "visibility", "batch_id"})


def note_entering(
    session: Session, now: datetime, row: Process | Document | Body, *, actor: str, backfill: bool = False
) -> None:
    """One entry; it goes out of sight with the process or body it is about. Drafts leave none."""
    if row.visibility is Visibility.DRAFT:
        return
    words = {name: value for name, value in row.model_dump().items() if name not in _NOT_SAID}
    process_id = row.id if isinstance(row, Process) else getattr(row, "process_id", None)
    record_event(
        session,
        EventKind.NOTED,
        now=now,
        happened_on=now.date(),
        process=session.get(Process, process_id) if process_id else None,
        body=row if isinstance(row, Body) else None,
        actor=actor,
        backfill=backfill,
        detail={"what": f"entered_{row.__tablename__}", "id": row.id, "sha256": digest(words)},
    )
