"""Move or stop a clock: extension, pause, restart, transfer, void; each with its reason, source and author."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import ClockEntryKind, EventKind
from tracker.services.choose import choose_one, not_ahead, today_where
from tracker.services.enter_process import kept, url_complaints
from tracker.services.hand_over import hand_over
from tracker.services.record_event import record_event
from tracker.services.recount import due_in_force, recount
from tracker.services.settle import settle
from tracker.services.take_back import correct_in_public, reason_needed
from tracker.storage import entries, segments
from tracker.storage.entries import Owed
from tracker.storage.tables import ClockEntry, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveClock:
    """An entry about one clock. `works_from_on`: given on, stopped from, passed on, void from."""

    obligation: int
    kind: ClockEntryKind
    works_from_on: date
    reason: str
    source_url: str = ""
    ends_on: date | None = None
    """The last day of a pause; for a restart, the day that ended it."""
    new_due_on: date | None = None
    cures: bool = False
    to_body: str = ""
    """For a transfer: key, name or alias."""

    def complaints(self) -> Iterator[Refused]:
        """What can be said against it without looking anything up."""
        yield from reason_needed(self.reason)
        yield from url_complaints("source_url", self.source_url)
        if self.ends_on is not None and self.ends_on < self.works_from_on:
            yield refuse("ends_on", "A pause cannot end before it begins.")
        if self.kind is ClockEntryKind.EXTENSION and self.new_due_on is None:
            yield refuse("new_due_on", "Give the new date.")


def move_clock(
    session: Session, now: datetime, said: MoveClock, *, actor: str, user_id: int | None = None
) -> ClockEntry:
    """Write the entry; a moved date and a correction of what was shown are told in the log."""
    one = choose_one(session, said.obligation, also=list(said.complaints()))
    ahead = (
        [] if said.kind is ClockEntryKind.VOID else not_ahead("works_from_on", said.works_from_on, [one], now)
    )
    insist([*ahead, *_CHECKS[said.kind](session, one, said)])
    before = _shown(session, one.id, now)
    entry = _WRITERS.get(said.kind, _plain)(session, now, one, said, actor)
    recount(session, one, now, actor)
    settle(session, [one.id], now, actor=actor)
    _tell(session, now, one, before, said, actor)
    return entry


def undo_entry(
    session: Session, now: datetime, entry: ClockEntry, reason: str, *, actor: str, user_id: int | None = None
) -> None:
    """Take back an entry that was our error, with a correction in the log."""
    again = [refuse("reason", "This entry is taken back already.")] if entry.superseded_at else []
    one = choose_one(session, entry.obligation_id, also=[*reason_needed(reason), *again])
    entry.superseded_at = now
    recount(session, one, now, actor)
    detail = {
        "kind": entry.kind.value,
        "works_from_on": entry.works_from_on.isoformat(),
        "reason": reason.strip(),
    }
    correct_in_public(session, now, [one.id], "clock", detail, actor)


def _none(_session: Session, _one: Owed, _said: MoveClock) -> list[Refused]:
    return []


def _check_extension(session: Session, one: Owed, said: MoveClock) -> list[Refused]:
    due = due_in_force(session, one.id, said.works_from_on)
    if due is None or said.new_due_on is None:
        return [refuse("new_due_on", "This clock has no date that could be extended.")]
    if said.new_due_on > due:
        return []
    return [
        refuse(
            "new_due_on",
            "The date in force was %(due)s: an extension ends later than that.",
            due=due.isoformat(),
        )
    ]


def _check_pause(session: Session, one: Owed, said: MoveClock) -> list[Refused]:
    open_ = _open_pause(session, one)
    if open_ is None:
        return []
    day = open_.works_from_on.isoformat()
    return [refuse("works_from_on", "The clock has been stopped since %(day)s: restart it first.", day=day)]


def _check_restart(session: Session, one: Owed, said: MoveClock) -> list[Refused]:
    open_ = _open_pause(session, one)
    if open_ is None:
        return [refuse("works_from_on", "This clock is not stopped.")]
    if said.works_from_on < open_.works_from_on:
        day = open_.works_from_on.isoformat()
        return [
            refuse("works_from_on", "The clock was stopped on %(day)s, so it began again later.", day=day)
        ]
    return []


def _check_transfer(session: Session, one: Owed, said: MoveClock) -> list[Refused]:
    named = entries.bodies_named(session, said.to_body)
    if len(named) != 1:
        return [refuse("to_body", "Name the one body it passed to, by name or key.")]
    same = named[0].id == one.body.id
    return [refuse("to_body", "That is the body it passes from.")] if same else []


_CHECKS: Mapping[ClockEntryKind, Callable[[Session, Owed, MoveClock], list[Refused]]] = {
    ClockEntryKind.EXTENSION: _check_extension,
    ClockEntryKind.PAUSE: _check_pause,
    ClockEntryKind.RESTART: _check_restart,
    ClockEntryKind.TRANSFER: _check_transfer,
    ClockEntryKind.VOID: _none,
}


def _open_pause(session: Session, one: Owed) -> ClockEntry | None:
    found = entries.clock_entries(session, one.id)
    return next((e for e in found if e.kind is ClockEntryKind.PAUSE and e.ends_on is None), None)


def _plain(session: Session, now: datetime, one: Owed, said: MoveClock, actor: str) -> ClockEntry:
    return kept(
        session,
        ClockEntry(
            obligation_id=one.id,
            kind=said.kind,
            works_from_on=said.works_from_on,
            ends_on=said.ends_on if said.kind is ClockEntryKind.PAUSE else None,
            given_on=said.works_from_on if said.kind is ClockEntryKind.EXTENSION else None,
            new_due_on=said.new_due_on if said.kind is ClockEntryKind.EXTENSION else None,
            cures=said.cures,
            reason=said.reason.strip(),
            source_url=said.source_url,
            recorded_at=now,
            recorded_by=actor,
        ),
    )


def _restart(session: Session, now: datetime, one: Owed, said: MoveClock, actor: str) -> ClockEntry:
    """The pause is replaced by one with an end; the restart keeps its own reason beside it."""
    open_ = _open_pause(session, one)
    if open_ is not None:
        open_.superseded_at = now
        ended = open_.model_dump(exclude={"id", "superseded_at"})
        ended |= {"ends_on": said.works_from_on, "recorded_at": now, "recorded_by": actor}
        session.add(ClockEntry(**ended))
    return _plain(session, now, one, said, actor)


def _transfer(session: Session, now: datetime, one: Owed, said: MoveClock, actor: str) -> ClockEntry:
    entry = _plain(session, now, one, said, actor)
    [body] = entries.bodies_named(session, said.to_body)
    entry.to_body_id = entries.id_of(body)
    hand_over(session, now, one, body, actor=actor)
    return entry


_WRITERS: Mapping[ClockEntryKind, Callable[[Session, datetime, Owed, MoveClock, str], ClockEntry]] = {
    ClockEntryKind.RESTART: _restart,
    ClockEntryKind.TRANSFER: _transfer,
}


def _shown(session: Session, obligation_id: int, now: datetime) -> Segment | None:
    return entries.at_the_moment(segments.current(session, obligation_id), now)


def _tell(
    session: Session, now: datetime, one: Owed, before: Segment | None, said: MoveClock, actor: str
) -> None:
    after = _shown(session, one.id, now)
    if before is None or after is None:
        return
    detail: dict[str, object] = {
        "kind": said.kind.value,
        "works_from_on": said.works_from_on.isoformat(),
        "reason": said.reason.strip(),
        "old": before.due_on.isoformat() if before.due_on else None,
        "new": after.due_on.isoformat() if after.due_on else None,
    }
    late = said.works_from_on < today_where(one, now) and before.standing is not after.standing
    moved = before.due_on != after.due_on
    # What was shown between the day it worked from and today was wrong: that is said, apart from the news.
    kinds = [EventKind.DATE_MOVED] * moved + [EventKind.CORRECTED] * late
    for kind in kinds:
        record_event(
            session,
            kind,
            now=now,
            happened_on=said.works_from_on,
            obligation=one.obligation,
            actor=actor,
            detail={"what": "clock"} | detail,
        )
