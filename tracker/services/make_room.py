"""Keeps evidence within its days and its budget: what nothing rests on gives up its bytes, not its place on record."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.services.keep_evidence import new_bytes
from tracker.services.reading import Reading
from tracker.storage import evidence, pages
from tracker.storage.engine import habits_of

log = logging.getLogger(__name__)

NO_ROOM = "no_room_for_evidence"
EVERY_READING = timedelta(days=90)
"""So long every single reading stays on record; of older ones that found the same, the first and the last."""


@dataclass(frozen=True, slots=True)
class Retained:
    """What a round of retention did: pages and bytes given up, and what is kept after it."""

    dropped: int
    freed: int
    kept: int


def retain(session: Session, now: datetime) -> Retained:
    """Give up the bytes of pages that are past their days, then the oldest until the budget is kept."""
    habits = habits_of(session)
    pages.condense_visits(session, now - EVERY_READING)
    dropped = freed = 0
    if habits.evidence_days:
        past = evidence.not_needed(session, now, now - timedelta(days=habits.evidence_days))
        dropped, freed = _drop(session, past, now)
    kept = evidence.fill(session).bytes
    if habits.evidence_bytes and kept > habits.evidence_bytes:
        more, bytes_more = _drop(
            session, evidence.not_needed(session, now), now, kept - habits.evidence_bytes
        )
        dropped, freed, kept = dropped + more, freed + bytes_more, kept - bytes_more
    _say(Retained(dropped, freed, kept), habits.evidence_bytes)
    return Retained(dropped, freed, kept)


def no_room(session: Session, reading: Reading, now: datetime) -> str:
    """Why a reading cannot be kept as evidence; empty where there is room, or room could be made."""
    budget = habits_of(session).evidence_bytes
    needed = new_bytes(session, reading) if budget else 0
    kept = evidence.fill(session).bytes if needed else 0
    over = kept + needed - budget
    if not needed or over <= 0:
        return ""
    _, freed = _drop(session, evidence.not_needed(session, now), now, over)
    if freed >= over:
        return ""
    return (
        f"There is no room for evidence: {kept - freed} bytes are kept and needed, {budget} are allowed, and "
        f"{needed} more were read. Our reader stops until the operator raises [evidence] budget_bytes."
    )


def _drop(
    session: Session, candidates: Iterable[tuple[str, int]], now: datetime, enough: int | None = None
) -> tuple[int, int]:
    """Give up pages one after the other, until `enough` bytes are free; how many pages and bytes."""
    dropped = freed = 0
    for digest, size in candidates:
        if enough is not None and freed >= enough:
            break
        evidence.drop(session, digest, now)
        dropped, freed = dropped + 1, freed + size
    return dropped, freed


def _say(done: Retained, budget: int) -> None:
    if done.dropped:
        log.info("evidence: %d pages, %d bytes given up; %d kept", done.dropped, done.freed, done.kept)
    if budget and done.kept > budget:
        log.warning("evidence: %d bytes are kept and needed, %d are allowed", done.kept, budget)
    elif budget and done.kept > budget * 0.9:
        log.warning("evidence: %d of %d bytes are taken", done.kept, budget)
