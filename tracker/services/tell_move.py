"""Tell in the log what an entry did to a clock: the date that moved, and what was shown wrongly until now."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.words import ClockEntryKind, EventKind
from tracker.services.choose import today_where
from tracker.services.record_event import record_event
from tracker.storage import entries, segments
from tracker.storage.entries import Owed
from tracker.storage.tables import ClockEntry, Segment

STOPS = frozenset({ClockEntryKind.PAUSE})
"""What was shown while a clock stood still was wrong from the day it stopped, whatever is shown today."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the log keeps of an entry."""

    kind: ClockEntryKind
    works_from_on: date
    reason: str
    source_url: str = ""
    what: str = "clock"

    @classmethod
    def of(cls, entry: ClockEntry) -> "Told":
        """What is told of an entry."""
        return cls(entry.kind, entry.works_from_on, entry.reason, entry.source_url)


def as_shown(session: Session, obligation_id: int, now: datetime) -> Segment | None:
    """What the site shows of an obligation at this moment."""
    return entries.at_the_moment(segments.current(session, obligation_id), now)


def tell_move(
    session: Session, now: datetime, one: Owed, before: Segment | None, told: Told, actor: str
) -> None:
    """One event for a date that moved, old and new; one more where what was shown until now was wrong."""
    after = as_shown(session, one.id, now)
    if before is None or after is None:
        return
    late = told.works_from_on < today_where(one, now)
    wrong = late and (before.standing is not after.standing or told.kind in STOPS)
    moved = before.due_on != after.due_on
    # What was shown between the day it worked from and today was wrong: that is said, apart from the news.
    for kind in [EventKind.DATE_MOVED] * moved + [EventKind.CORRECTED] * wrong:
        record_event(
            session,
            kind,
            now=now,
            happened_on=told.works_from_on,
            obligation=one.obligation,
            actor=actor,
            detail=_detail(told, before.due_on, after.due_on),
        )


def _detail(told: Told, old: date | None, new: date | None) -> dict[str, object]:
    said: dict[str, object] = {
        "what": told.what,
        "kind": told.kind.value,
        "works_from_on": told.works_from_on.isoformat(),
        "reason": told.reason,
        "old": old.isoformat() if old else None,
        "new": new.isoformat() if new else None,
    }
    return said | ({"source_url": told.source_url} if told.source_url else {})
