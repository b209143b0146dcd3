"""The chained log: events that have no place in it yet, its entries, and its signed heads."""

from collections.abc import Iterator

from sqlalchemy import exists, func, select
from sqlmodel import Session, col

from tracker.storage.tables import Event, LogEntry, LogHead

PAGE = 1000


def size(session: Session) -> int:
    """How many entries the log has; places are given without gaps from 1."""
    return int(session.execute(select(func.coalesce(func.max(col(LogEntry.seq)), 0))).scalar_one())


def last_entry(session: Session) -> LogEntry | None:
    """The entry at the end of the log."""
    wanted = select(LogEntry).order_by(col(LogEntry.seq).desc()).limit(1)
    return session.execute(wanted).scalar_one_or_none()


def without_place(session: Session, limit: int) -> list[Event]:
    """Events that were written and have no place in the chain yet, oldest first."""
    placed = exists().where(col(LogEntry.event_id) == col(Event.id))
    wanted = select(Event).where(~placed).order_by(col(Event.id)).limit(limit)
    return list(session.execute(wanted).scalars())


def add_entry(session: Session, entry: LogEntry) -> None:
    """Append an entry; the place is unique, so a second writer of it fails."""
    session.add(entry)
    session.flush()


def entries(session: Session, after_seq: int = 0) -> Iterator[tuple[LogEntry, Event | None]]:
    """Every entry after a place with the event it speaks of, a page at a time."""
    while True:
        wanted = (
            select(LogEntry, Event)
            .outerjoin(Event, col(Event.id) == col(LogEntry.event_id))
            .where(col(LogEntry.seq) > after_seq)
            .order_by(col(LogEntry.seq))
            .limit(PAGE)
        )
        rows = session.execute(wanted).all()
        if not rows:
            return
        for logged, event in rows:
            after_seq = logged.seq
            yield logged, event
        session.expunge_all()


def places_after(session: Session, seq: int, limit: int) -> list[tuple[int, int]]:
    """(place, event id) of the entries after a place."""
    wanted = (
        select(col(LogEntry.seq), col(LogEntry.event_id))
        .where(col(LogEntry.seq) > seq)
        .order_by(col(LogEntry.seq))
        .limit(limit)
    )
    return [(place, event_id) for place, event_id in session.execute(wanted).all()]


def heads(session: Session) -> list[LogHead]:
    """Every signed head, shortest first."""
    return list(session.execute(select(LogHead).order_by(col(LogHead.size))).scalars())


def last_head(session: Session) -> LogHead | None:
    """The newest signed head: what digests and feeds print."""
    wanted = select(LogHead).order_by(col(LogHead.size).desc()).limit(1)
    return session.execute(wanted).scalar_one_or_none()


def add_head(session: Session, head: LogHead) -> None:
    """Keep a signed head."""
    session.add(head)
    session.flush()
