"""Whether anything that was public was put right or taken out of sight since a copy was made."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.domain.words import EventKind
from tracker.storage.tables import Event, Withheld

NEAR = 20_000
"""Ids behind the newest event: whoever was given one of these may not have committed yet."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the log says of corrections and tombstones at the moment a copy is begun."""

    newest: int
    """The newest event."""
    corrections: int
    """Corrections near and after it."""
    tombstones: str
    """When the latest was put up, and how many there are."""


def mark(session: Session) -> Mark:
    """The mark of this moment, to be taken before anything is read."""
    newest = int(session.execute(select(func.coalesce(func.max(col(Event.id)), 0))).scalar_one())
    return Mark(newest, _corrections(session, newest), _tombstones(session))


def holds(session: Session, then: Mark) -> bool:
    """Whether nothing was put right or taken out of sight since; each such change is a correction in the log."""
    return _corrections(session, then.newest) == then.corrections and _tombstones(session) == then.tombstones


def grew(session: Session, then: Mark) -> bool:
    """Whether anything at all was told since."""
    return bool(session.execute(select(func.max(col(Event.id)))).scalar_one() or 0) and (
        mark(session).newest > then.newest
    )


def _corrections(session: Session, newest: int) -> int:
    wanted = select(func.count()).select_from(Event)
    near = wanted.where(col(Event.id) > newest - NEAR, col(Event.kind) == EventKind.CORRECTED)
    return int(session.execute(near).scalar_one())


def _tombstones(session: Session) -> str:
    found = session.execute(select(func.max(col(Withheld.recorded_at)), func.count(col(Withheld.id)))).one()
    return f"{found[0].isoformat() if found[0] else ''}/{found[1]}"
