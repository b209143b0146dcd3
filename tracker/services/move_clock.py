"""Move or stop a clock: extension, pause, restart, transfer, void, next stage; each with reason, source and author."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.refusals import NotAccepted, Refused, insist, refuse
from tracker.domain.rules import EXTENSION_BASES, MOST
from tracker.domain.units import units
from tracker.domain.words import ClockEntryKind
from tracker.services.begin_stage import begin_stage
from tracker.services.check_move import MAY_BE_AHEAD, checked
from tracker.services.choose import choose_one, not_ahead
from tracker.services.enter_process import kept, url_complaints
from tracker.services.hand_over import hand_over
from tracker.services.recount import Ledger, counts, ledger_of, recount
from tracker.services.settle import settle
from tracker.services.take_back import reason_needed
from tracker.services.tell_move import Told, as_shown, tell_move
from tracker.services.undo_move import undo_entry
from tracker.storage import entries, segments
from tracker.storage.entries import Owed
from tracker.storage.tables import ClockEntry

__all__ = ["MoveClock", "move_clock", "undo_entry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveClock:
    """An entry about one clock. `works_from_on`: given on, stopped from, begun on, passed on, void from."""

    obligation: int
    kind: ClockEntryKind
    works_from_on: date
    reason: str
    source_url: str = ""
    ends_on: date | None = None
    """The last day of a pause; for a restart, the day that ended it."""
    new_due_on: date | None = None
    amount: int | None = None
    """Of an extension given by its length, in `unit`; of a next stage, where its rule leaves it open."""
    unit: str = ""
    """Empty: the unit the rule extends by, else its own."""
    counts_from: str = ""
    """`start` or `previous`; empty: as the rule says."""
    to_limit: bool = False
    """Count a longer extension only up to the most the rule allows."""
    cures: bool = False
    """It counts although it was given late, or although the rule knows of no stop."""
    afresh: bool | None = None
    """The period begins anew: of a restart (None: where no stop is open), or of the body a duty passed to."""
    to_body: str = ""
    """For a transfer: key, name or alias."""
    rule: str = ""
    """For a next stage: the key of its rule."""

    def complaints(self) -> Iterator[Refused]:
        """What can be said against it without looking anything up."""
        yield from reason_needed(self.reason)
        yield from url_complaints("source_url", self.source_url)
        if self.ends_on is not None and self.ends_on < self.works_from_on:
            yield refuse("ends_on", "A pause cannot end before it begins.")
        if self.amount is not None and not 1 <= self.amount <= MOST:
            yield refuse("amount", "The number must lie between 1 and %(most)s.", most=MOST)
        if self.kind is ClockEntryKind.EXTENSION:
            yield from self._extension_complaints()

    def _extension_complaints(self) -> Iterator[Refused]:
        if self.new_due_on is None and self.amount is None:
            yield refuse("new_due_on", "Give the new date, or by how much it was extended.")
        if self.new_due_on is not None and self.amount is not None:
            yield refuse("amount", "Either the new date or by how much: clear one of the two.")
        countable = [name for name, unit in units().items() if unit.NEEDS == "amount"]
        if self.unit and self.unit not in countable:
            known = ", ".join(countable)
            yield refuse(
                "unit", "“%(unit)s” is no unit: use one of %(known)s.", unit=self.unit[:40], known=known
            )
        if self.counts_from and self.counts_from not in EXTENSION_BASES:
            yield refuse("counts_from", "It counts from the start or from the previous day due.")


def move_clock(
    session: Session, now: datetime, said: MoveClock, *, actor: str, user_id: int | None = None
) -> ClockEntry:
    """Write the entry; a moved date and a correction of what was shown are told in the log."""
    segments.hold(session, said.obligation)  # its terms may just be reckoned anew
    one = choose_one(session, said.obligation, also=list(said.complaints()))
    ahead = [] if said.kind in MAY_BE_AHEAD else not_ahead("works_from_on", said.works_from_on, [one], now)
    insist(ahead)
    said = _whole(session, one, said)
    ledger, before = ledger_of(session, one), as_shown(session, one.id, now)
    entry = _drafted(ledger, said, now, actor)
    insist(checked(session, ledger, said, entry))
    written = _WRITERS.get(said.kind, _plain)(session, now, one, said, entry)
    recount(session, one, now, actor)
    settle(session, [one.id], now, actor=actor)
    tell_move(session, now, one, before, Told.of(written), actor)
    return written


def _whole(session: Session, one: Owed, said: MoveClock) -> MoveClock:
    """A restart that does not say so begins afresh where there is no stop it could end."""
    if said.kind is not ClockEntryKind.RESTART or said.afresh is not None:
        return said
    return replace(said, afresh=entries.open_pause(session, one.id) is None)


def _drafted(ledger: Ledger, said: MoveClock, now: datetime, actor: str) -> ClockEntry:
    """The entry with the day it leads to, not yet written."""
    entry = ClockEntry(
        obligation_id=said.obligation,
        kind=said.kind,
        works_from_on=said.works_from_on,
        cures=said.cures,
        reason=said.reason.strip(),
        source_url=said.source_url,
        recorded_at=now,
        recorded_by=actor,
        **_OWN_FIELDS.get(said.kind, _no_fields)(said),
    )
    earlier = ledger.before(entry)
    if counts(entry):
        entry.new_due_on = ledger.due_after(earlier, entry)
    limit = ledger.limit(earlier, entry)
    if limit is not None and entry.new_due_on is not None and entry.new_due_on > limit:
        entry.limit_on = limit
        if said.to_limit:
            entry.new_due_on, entry.amount, entry.unit = limit, None, None
    return entry


def _no_fields(_said: MoveClock) -> dict[str, Any]:
    return {}


_OWN_FIELDS: Mapping[ClockEntryKind, Callable[[MoveClock], dict[str, Any]]] = {
    ClockEntryKind.EXTENSION: lambda said: {
        "given_on": said.works_from_on,
        "new_due_on": said.new_due_on,
        "amount": said.amount,
        "unit": (said.unit or None) if said.amount else None,
        "counts_from": (said.counts_from or None) if said.amount else None,
    },
    ClockEntryKind.PAUSE: lambda said: {"ends_on": said.ends_on},
    ClockEntryKind.RESTART: lambda said: {"afresh": bool(said.afresh)},
    ClockEntryKind.TRANSFER: lambda said: {"afresh": bool(said.afresh)},
    ClockEntryKind.NEXT_STAGE: lambda said: {"amount": said.amount},
}


def _plain(session: Session, _now: datetime, _one: Owed, _said: MoveClock, entry: ClockEntry) -> ClockEntry:
    return kept(session, entry)


def _restart(session: Session, now: datetime, one: Owed, said: MoveClock, entry: ClockEntry) -> ClockEntry:
    """The pause is replaced by one with an end; the restart keeps its own reason beside it."""
    stopped = entries.open_pause(session, one.id)
    if stopped is not None:
        stopped.superseded_at = now
        same = stopped.model_dump(exclude={"id", "superseded_at"})
        same |= {"ends_on": said.works_from_on, "recorded_at": now, "recorded_by": entry.recorded_by}
        session.add(ClockEntry(**same))
        session.flush()
    return kept(session, entry)


def _transfer(session: Session, now: datetime, one: Owed, said: MoveClock, entry: ClockEntry) -> ClockEntry:
    [body] = entries.bodies_named(session, said.to_body)
    entry.to_body_id = entries.id_of(body)
    afresh_on = said.works_from_on if said.afresh else None
    entry.begins_id = hand_over(session, now, one, body, afresh_on=afresh_on, actor=entry.recorded_by)
    return kept(session, entry)


def _stage(session: Session, now: datetime, one: Owed, said: MoveClock, entry: ClockEntry) -> ClockEntry:
    try:
        entry.begins_id = begin_stage(session, now, one, said.rule, entry)
    except NotAccepted as error:
        # The stage's own event is this entry's day.
        named = {"trigger_on": "works_from_on"}
        raise NotAccepted(
            replace(refused, field=named.get(refused.field, refused.field)) for refused in error.refusals
        ) from error
    return kept(session, entry)


_WRITERS: Mapping[ClockEntryKind, Callable[[Session, datetime, Owed, MoveClock, ClockEntry], ClockEntry]] = {
    ClockEntryKind.RESTART: _restart,
    ClockEntryKind.TRANSFER: _transfer,
    ClockEntryKind.NEXT_STAGE: _stage,
}
