"""The chained log: events that have no place in it yet, its entries, and its signed heads."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlmodel import Session, col

from tracker.storage.event_lists import of_public_things
from tracker.storage.many import insert_many
from tracker.storage.tables import Event, LogCheck, LogEntry, LogHead, LogKey
from tracker.storage.told_bodies import names_hidden, public_names

PAGE = 1000


def size(session: Session) -> int:
    """How many entries the log has; places are given without gaps from 1."""
    return int(session.execute(select(func.coalesce(func.max(col(LogEntry.seq)), 0))).scalar_one())


def last_entry(session: Session) -> LogEntry | None:
    """The entry at the end of the log."""
    wanted = select(LogEntry).order_by(col(LogEntry.seq).desc()).limit(1)
    return session.execute(wanted).scalar_one_or_none()


NEAR = 20_000
"""Ids behind the newest event that has a place: whoever was given one of these may not have committed then."""


def without_place(session: Session, limit: int, *, anywhere: bool = False) -> list[Event]:
    """Events that were written and have no place in the chain yet, oldest first.

    They are looked for near the end of the log; `anywhere` goes through all of it.
    """
    placed = exists().where(col(LogEntry.event_id) == col(Event.id))
    wanted = select(Event).where(~placed).order_by(col(Event.id)).limit(limit)
    if not anywhere:
        wanted = wanted.where(col(Event.id) > _newest_placed(session) - NEAR)
    return list(session.execute(wanted).scalars())


def _newest_placed(session: Session) -> int:
    return int(session.execute(select(func.coalesce(func.max(col(LogEntry.event_id)), 0))).scalar_one())


def add_entries(session: Session, entries: Sequence[LogEntry]) -> None:
    """Append entries; each place is unique, so a second writer of it fails."""
    insert_many(session, LogEntry, entries)


_WALKED: tuple[Any, ...] = (
    LogEntry.seq,
    LogEntry.entry,
    LogEntry.previous_hash,
    LogEntry.hash,
    Event.key,
    Event.kind,
    Event.happened_on,
    Event.recorded_at,
    Event.announced_at,
    Event.backfill,
    Event.obligation_id,
    Event.item_id,
    Event.body_id,
    Event.process_id,
    Event.response_id,
    Event.source_id,
    Event.actor,
    Event.detail,
)


def entries(session: Session, after_seq: int = 0) -> Iterator[Any]:
    """Every entry after a place with what its event says, a page at a time; `key` is None where the event is gone."""
    wanted: Any = select(*_WALKED).outerjoin_from(LogEntry, Event, col(Event.id) == col(LogEntry.event_id))
    wanted = wanted.order_by(col(LogEntry.seq)).limit(PAGE)
    while rows := session.execute(wanted.where(col(LogEntry.seq) > after_seq)).all():
        yield from rows
        after_seq = rows[-1].seq


def hash_at(session: Session, seq: int) -> str | None:
    """The hash of the entry at a place; None where there is no entry."""
    return session.execute(select(col(LogEntry.hash)).where(col(LogEntry.seq) == seq)).scalar_one_or_none()


def count_to(session: Session, seq: int) -> int:
    """How many entries stand at or before a place: as many as its number, unless some were taken away."""
    wanted = select(func.count()).select_from(LogEntry).where(col(LogEntry.seq) <= seq)
    return int(session.execute(wanted).scalar_one())


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """An entry as anybody may have it: without its text where what it speaks of is not public."""

    seq: int
    hash: str
    text: str
    shown: bool


def public_entries(session: Session, after_seq: int, limit: int) -> list[PublicEntry]:
    """The entries after a place, each with whether what it speaks of is public."""
    public_event = exists().where(col(Event.id) == col(LogEntry.event_id), *of_public_things())
    shown = public_event.correlate(LogEntry).label("shown")
    wanted: Any = select(LogEntry, shown, col(Event.detail)).outerjoin(
        Event, col(Event.id) == col(LogEntry.event_id)
    )
    wanted = wanted.where(col(LogEntry.seq) > after_seq).order_by(col(LogEntry.seq)).limit(limit)
    rows = session.execute(wanted).all()
    names = public_names(session, (detail or {} for _, _, detail in rows))
    return [
        PublicEntry(row.seq, row.hash, row.entry, bool(public) and not names_hidden(detail or {}, names))
        for row, public, detail in rows
    ]


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


def heads_after(session: Session, size: int, limit: int) -> list[LogHead]:
    """The signed heads over more than so many entries, shortest first."""
    wanted = select(LogHead).where(col(LogHead.size) > size).order_by(col(LogHead.size)).limit(limit)
    return list(session.execute(wanted).scalars())


def last_head(session: Session) -> LogHead | None:
    """The newest signed head: what digests and feeds print."""
    wanted = select(LogHead).order_by(col(LogHead.size).desc()).limit(1)
    return session.execute(wanted).scalar_one_or_none()


def head_over(session: Session, event_ids: Iterable[int]) -> LogHead | None:
    """The first head that was signed over all of these events: later ones change nothing for whoever has them."""
    places = select(func.max(col(LogEntry.seq))).where(col(LogEntry.event_id).in_(list(event_ids)))
    wanted = select(LogHead).where(col(LogHead.size) >= places.scalar_subquery())
    return session.execute(wanted.order_by(col(LogHead.size)).limit(1)).scalar_one_or_none()


def add_head(session: Session, head: LogHead) -> None:
    """Keep a signed head."""
    session.add(head)
    session.flush()


def keys(session: Session) -> list[LogKey]:
    """Every public key that ever signed a head here, in the order of their first use."""
    return list(session.execute(select(LogKey).order_by(col(LogKey.first_used_at))).scalars())


def keep_key(session: Session, key_id: str, public_key: str, now: datetime) -> None:
    """Keep a public key that has just signed."""
    if session.get(LogKey, key_id) is None:
        session.add(LogKey(key_id=key_id, public_key=public_key, first_used_at=now))
        session.flush()


def last_check(session: Session) -> LogCheck | None:
    """What the last walk over the whole log found."""
    return session.get(LogCheck, 1)


def broken(session: Session) -> LogCheck | None:
    """What the last walk found, where it was not what was written."""
    last = last_check(session)
    return last if last is not None and last.problem else None


def keep_check(session: Session, now: datetime, size: int, first_bad: int | None, problem: str) -> None:
    """Keep what a walk over the log found."""
    row = session.get(LogCheck, 1) or LogCheck(id=1, checked_at=now)
    row.checked_at, row.size, row.first_bad, row.problem = now, size, first_bad, problem
    session.add(row)
    session.flush()
