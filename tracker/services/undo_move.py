"""Take back an entry that was our error, with all it brought about: what it ended runs again, what it began goes."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, refuse
from tracker.domain.words import ClockEntryKind, EventKind
from tracker.services.choose import choose_one
from tracker.services.recompute import bring_up_to_date
from tracker.services.record_event import record_event
from tracker.services.recount import recount
from tracker.services.take_back import correct_in_public, reason_needed
from tracker.services.tell_move import as_shown
from tracker.storage import entries, responses, segments
from tracker.storage.entries import Owed
from tracker.storage.tables import ClockEntry, Obligation


def undo_entry(
    session: Session, now: datetime, entry: ClockEntry, reason: str, *, actor: str, user_id: int | None = None
) -> None:
    """Take the entry back; the log has a correction, and the date that moved by it."""
    complaints = [*reason_needed(reason), *_complaints(session, entry)]
    segments.hold(session, entry.obligation_id)  # its terms may just be reckoned anew
    one = choose_one(session, entry.obligation_id, also=complaints)
    before = as_shown(session, one.id, now)
    entry.superseded_at = now
    _ALSO.get(entry.kind, _nothing_else)(session, now, one, entry, actor)
    session.flush()
    recount(session, one, now, actor)
    detail = {
        "kind": entry.kind.value,
        "works_from_on": entry.works_from_on.isoformat(),
        "reason": reason.strip(),
    }
    correct_in_public(session, now, [one.id], "clock", detail, actor)
    after = as_shown(session, one.id, now)
    if before is not None and after is not None and before.due_on != after.due_on:
        days = {"old": before.due_on, "new": after.due_on}
        record_event(
            session,
            EventKind.DATE_MOVED,
            now=now,
            happened_on=now.date(),
            obligation=one.obligation,
            actor=actor,
            detail={"what": "clock", "taken_back": True}
            | detail
            | {name: day.isoformat() for name, day in days.items() if day},
        )
    bring_up_to_date(session, now, [one.id])


def _complaints(session: Session, entry: ClockEntry) -> list[Refused]:
    if entry.superseded_at:
        return [refuse("reason", "This entry is taken back already.")]
    if entry.begins_id is not None and responses.came_for(session, entry.begins_id):
        return [
            refuse(
                "reason", "An answer to what it began is on record: strike that first, if it is an error too."
            )
        ]
    return []


def _nothing_else(_session: Session, _now: datetime, _one: Owed, _entry: ClockEntry, _actor: str) -> None:
    return


def _reopen(session: Session, now: datetime, one: Owed, entry: ClockEntry, actor: str) -> None:
    """The stop that a restart ended is without an end again."""
    for stop in entries.clock_entries(session, one.id):
        if stop.kind is ClockEntryKind.PAUSE and stop.ends_on == entry.works_from_on:
            stop.superseded_at = now
            same = stop.model_dump(exclude={"id", "superseded_at"})
            same |= {"ends_on": None, "new_due_on": None, "recorded_at": now, "recorded_by": actor}
            session.add(ClockEntry(**same))
            return


def _its_end_too(session: Session, now: datetime, one: Owed, entry: ClockEntry, _actor: str) -> None:
    """Without the stop there was no end of it."""
    for other in entries.clock_entries(session, one.id):
        ended_it = other.kind is ClockEntryKind.RESTART and other.works_from_on == entry.ends_on
        if ended_it and not other.afresh:
            other.superseded_at = now


def _what_it_began(session: Session, now: datetime, _one: Owed, entry: ClockEntry, _actor: str) -> None:
    began = session.get(Obligation, entry.begins_id) if entry.begins_id is not None else None
    if began is not None and began.superseded_at is None:
        segments.replace(session, entry.begins_id or 0, [], now)
        began.superseded_at = now


_ALSO: Mapping[ClockEntryKind, Callable[[Session, datetime, Owed, ClockEntry, str], None]] = {
    ClockEntryKind.RESTART: _reopen,
    ClockEntryKind.PAUSE: _its_end_too,
    ClockEntryKind.TRANSFER: _what_it_began,
    ClockEntryKind.NEXT_STAGE: _what_it_began,
}
