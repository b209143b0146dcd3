"""Tell in the log what an entry did to a clock: the date that moved, and what was shown wrongly until now."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.segments import day_begins_at
from tracker.domain.words import ClockEntryKind, EventKind
from tracker.domain.zones import zone_of
from tracker.services.choose import today_where
from tracker.services.record_event import record_event
from tracker.storage import entries, segments
from tracker.storage.entries import Owed
from tracker.storage.tables import ClockEntry, Segment

Span = tuple[datetime, datetime]


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
    days: dict[EventKind, date] = {}
    if before.due_on != after.due_on:
        days[EventKind.DATE_MOVED] = told.works_from_on
    if _shown_wrongly(session, one, told.works_from_on, now):
        # What was shown between the day it worked from and today was wrong: that is said, apart from the news.
        days[EventKind.CORRECTED] = today_where(one, now)
    for kind, happened_on in days.items():
        record_event(
            session,
            kind,
            now=now,
            happened_on=happened_on,
            obligation=one.obligation,
            actor=actor,
            detail=_detail(told, before.due_on, after.due_on),
        )


def _shown_wrongly(session: Session, one: Owed, since_on: date, now: datetime) -> bool:
    """Whether the site showed another standing on a day before today than is known of that day now."""
    zone = one.body.zone or zone_of(one.body.jurisdiction)
    first, today = day_begins_at(since_on, zone), day_begins_at(today_where(one, now), zone)
    right = segments.current(session, one.id)
    return any(
        known.standing is not was.standing and _overlap(was_shown, (known.from_at, known.until_at or today))
        for was in segments.superseded(session, one.id, today)
        if (was_shown := _overlap((first, today), _shown_in(was, today)))
        for known in right
    )


def _overlap(one: Span, other: Span) -> Span | None:
    """What two stretches of time have in common."""
    begins, ends = max(one[0], other[0]), min(one[1], other[1])
    return (begins, ends) if begins < ends else None


def _shown_in(was: Segment, until: datetime) -> Span:
    """The stretch in which it was on the page."""
    ends = [moment for moment in (was.until_at, was.superseded_at) if moment]
    return max(was.from_at, was.recorded_at), min([*ends, until])


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
