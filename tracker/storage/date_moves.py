"""How the due days of obligations moved: the events that say from when to when, and why."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import ClockEntryKind, EventKind
from tracker.storage.lines import Moment
from tracker.storage.on_record import objects_at
from tracker.storage.prepared import IDS, once
from tracker.storage.tables import Event


def moves_of(session: Session, obligation_ids: Iterable[int], at: Moment) -> Mapping[int, list[Event]]:
    """The moves on record at a moment, the first one first, by obligation."""
    return _by_obligation(session, obligation_ids, at)[EventKind.DATE_MOVED]


def taken_back_of(session: Session, obligation_ids: Iterable[int], at: Moment) -> Mapping[int, list[Event]]:
    """The corrections that took an entry about the clock back, with its kind, its day and the reason."""
    found = _by_obligation(session, obligation_ids, at)[EventKind.CORRECTED]
    return {id_: [event for event in events if _is_taken_back(event)] for id_, events in found.items()}


def _is_taken_back(event: Event) -> bool:
    """A correction by an entry that came late says from when to when the day moved; this one does not."""
    said = event.detail
    return said.get("what") == "clock" and "old" not in said and said.get("kind") in _ENTRIES


_KINDS = (EventKind.DATE_MOVED, EventKind.CORRECTED)
_Told = Mapping[EventKind, dict[int, list[Event]]]
_ENTRIES = frozenset(kind.value for kind in ClockEntryKind)


def _by_obligation(session: Session, obligation_ids: Iterable[int], at: Moment) -> _Told:
    """Both kinds at once: a page tells of both."""
    ids = tuple(obligation_ids)
    return once(session, ("date moves", ids, at), lambda: _read(session, ids, at))


def _read(session: Session, ids: Collection[int], at: Moment) -> _Told:
    found: _Told = {kind: defaultdict(list) for kind in _KINDS}
    for event in objects_at(session, at, _about_the_clock, **{IDS.key: ids}).scalars():
        found[event.kind][event.obligation_id or 0].append(event)
    return found


def _about_the_clock(at: Moment) -> Any:
    wanted = select(Event).where(col(Event.obligation_id).in_(IDS), col(Event.kind).in_(_KINDS))
    if at.known_by is not None:
        wanted = wanted.where(col(Event.recorded_at) <= at.known_by)
    return wanted.order_by(col(Event.recorded_at), col(Event.id))
