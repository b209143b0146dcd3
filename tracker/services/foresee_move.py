"""See what an entry would do to a clock before anything is kept."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker.services.move_clock import MoveClock, move_clock
from tracker.services.tell_move import as_shown
from tracker.storage.tables import Segment


@dataclass(frozen=True, slots=True)
class ForeseenMove:
    """What the site shows of the clock now, and what it would show; and of what the entry would begin."""

    before: Segment | None
    after: Segment | None
    begun: Segment | None
    limit_on: date | None


def foresee_move(session: Session, now: datetime, said: MoveClock, *, actor: str) -> ForeseenMove:
    """The entry is tried and taken away again, in the caller's writing transaction; refuses what moving refuses."""
    before = as_shown(session, said.obligation, now)
    trial = session.begin_nested()
    try:
        entry = move_clock(session, now, said, actor=actor)
        after, limit = as_shown(session, said.obligation, now), entry.limit_on
        begun = as_shown(session, entry.begins_id, now) if entry.begins_id is not None else None
        for row in (before, after, begun):
            if row is not None:
                session.expunge(row)
    finally:
        trial.rollback()
    return ForeseenMove(before, after, begun, limit)
