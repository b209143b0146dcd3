"""Which pages with awaited answers are read now: those whose turn it is, less and less often with age."""

from datetime import datetime

from sqlmodel import Session

from tracker.storage import awaited, watches
from tracker.storage.engine import Database, habits_of


def watched_now(session: Session, source_id: int, now: datetime, *, every: bool = False) -> list[str]:
    """The pages of a source with awaited answers whose turn it is; all that are open where `every` is asked for."""
    if every:
        return watches.open_addresses(session, source_id, now)
    return awaited.to_read_again(session, now, habits_of(session).rereading, source_id).get(source_id, [])


def to_reread(database: Database, now: datetime) -> list[int]:
    """The sources with pages that are to be looked at again."""
    with database.reading() as session:
        return sorted(awaited.to_read_again(session, now, database.habits.rereading))
