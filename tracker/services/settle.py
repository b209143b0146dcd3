"""After every write: the facts of an obligation become its standings ahead, and what changed is announced."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from tracker.domain.facts import Facts
from tracker.domain.segments import EARLIEST, segments
from tracker.domain.segments import Segment as Ahead
from tracker.domain.standing import Stand
from tracker.domain.words import FLAGGED, Role
from tracker.domain.zones import today_in
from tracker.services.announce import announce
from tracker.storage import segments as stored
from tracker.storage.engine import habits_of
from tracker.storage.facts import facts_of
from tracker.storage.tables import Segment

AT_ONCE = 500


def settle(
    session: Session,
    obligation_ids: Iterable[int],
    now: datetime,
    *,
    backfill: bool = False,
    actor: str = "clock",
) -> None:
    """Recompute, keep and announce the standings of obligations, in the caller's transaction."""
    session.flush()
    ids = sorted(set(obligation_ids))
    for start in range(0, len(ids), AT_ONCE):
        found = facts_of(session, ids[start : start + AT_ONCE], habits_of(session))
        settle_known(session, found, now, backfill=backfill, actor=actor)


def settle_known(
    session: Session,
    facts: Mapping[int, Facts],
    now: datetime,
    *,
    backfill: bool = False,
    actor: str = "clock",
) -> None:
    """The same for facts just read, by obligation; what stays as it was costs no statement of its own."""
    before = stored.current_of(session, facts)
    owed = stored.obligations(session, facts)
    ahead = {id_: _ahead(id_, known, now) for id_, known in facts.items()}
    stored.replace_all(session, before, ahead, now)
    for id_, rows in ahead.items():
        today = today_in(facts[id_].zone, now)
        announce(session, owed[id_], rows, now, today=today, backfill=backfill, actor=actor)


def _ahead(obligation_id: int, facts: Facts, now: datetime) -> list[Segment]:
    return [_row(obligation_id, facts, part, now) for part in segments(facts, EARLIEST)]


def _row(obligation_id: int, facts: Facts, part: Ahead, now: datetime) -> Segment:
    stand = part.stand
    return Segment(
        obligation_id=obligation_id,
        standing=stand.standing,
        from_at=part.from_at,
        until_at=part.until_at,
        recorded_at=now,
        begins_on=part.from_on,
        basis=facts.basis,
        flagged=stand.standing in FLAGGED and facts.role is not Role.SUPPORTING,
        stale=stand.stale,
        due_on=stand.due_on,
        due_source=stand.due_source,
        checked_on=stand.checked_on,
        days_overdue=stand.days_overdue,
        late_days=stand.late_days,
        detail=plain_detail(stand),
    )


_OWN_COLUMNS = frozenset(
    {"standing", "basis", "due_on", "due_source", "checked_on", "days_overdue", "late_days", "stale"}
)
_CHANGES_DAILY = frozenset({"days_since_due", "days_waiting"})


def plain_detail(stand: Stand) -> dict[str, object]:
    """What is kept of a stand beside its own columns, as its public sentence reads it."""
    said = asdict(stand)
    kept = {name: value for name, value in said.items() if name not in _OWN_COLUMNS | _CHANGES_DAILY}
    return {name: _json(value) for name, value in kept.items() if value not in (None, False, (), [])}


def _json(value: Any) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_json(inner) for inner in value]
    return value
