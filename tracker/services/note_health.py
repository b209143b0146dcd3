"""Notes how a source fares: read well, or broken since when; a change of that is public, and blames our reader."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlmodel import Session

from tracker.domain.words import EventKind
from tracker.services.public_address import public_sentence
from tracker.services.record_event import record_event
from tracker.storage.tables import Process, Source

LONGEST_WAIT = timedelta(days=1)
SHORTEST_PATIENCE = timedelta(minutes=1)
LONGEST_PROBLEM = 1000


def note_success(session: Session, source: Source, entries: int, now: datetime) -> None:
    """The source was read; one that was broken is mended, in public."""
    if source.broken_since_at is not None:
        detail: dict[str, object] = {"source": source.key, "broken_since": source.broken_since_at.isoformat()}
        _tell(session, source, EventKind.SOURCE_MENDED, now, detail)
    source.last_checked_at = source.last_success_at = now
    source.broken_since_at, source.problem, source.failures = None, "", 0
    source.entries_last = entries
    source.next_due_at = now + timedelta(seconds=source.every_seconds)


def note_failure(
    session: Session,
    source: Source,
    sentence: str,
    now: datetime,
    *,
    code: str,
    retry_after: float = 0.0,
    passing: bool = False,
) -> None:
    """The source could not be read; that is public, and each further time waits longer.

    What may pass by itself (`passing`: the site was down, too slow or asked for patience) makes our reader broken
    only when it happens a second time in a row.
    """
    sentence = public_sentence(source, sentence)
    if source.broken_since_at is None and not (passing and source.failures == 0):
        source.broken_since_at = now
        detail: dict[str, object] = {"source": source.key, "reason": code, "problem": sentence}
        _tell(session, source, EventKind.SOURCE_BROKEN, now, detail)
    source.last_checked_at = now
    source.problem = plain(sentence)[:LONGEST_PROBLEM]
    source.failures += 1
    spread = jitter(source.key, source.failures)
    source.next_due_at = now + wait_after(source.failures, source.every_seconds, retry_after, spread)


def wait_after(failures: int, every_seconds: int, retry_after: float = 0.0, spread: float = 0.0) -> timedelta:
    """How long until the next try.

    Twice as long after each failure, up to a day, less a part, and never sooner than usual. Where the site itself says
    when to come back, then; should it say so again and again, each time not sooner than twice the minutes before.
    """
    usual = timedelta(seconds=every_seconds)
    if retry_after:
        patience = min(SHORTEST_PATIENCE * (1 << min(failures - 1, 10)), usual)
        return max(patience, timedelta(seconds=retry_after))
    doubled = min(usual * (1 << min(failures - 1, 20)), max(LONGEST_WAIT, usual))
    return max(usual, doubled * (1 - spread))


def jitter(key: str, failures: int) -> float:
    """Up to a tenth, another part for each source: what failed together does not come back together."""
    return sha256(f"{key} {failures}".encode()).digest()[0] / 2560


def plain(text: str) -> str:
    """A text as every database takes it: no NUL, no halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _tell(
    session: Session, source: Source, kind: EventKind, now: datetime, detail: dict[str, object]
) -> None:
    process = session.get(Process, source.process_id) if source.process_id else None
    record_event(
        session,
        kind,
        now=now,
        happened_on=now.date(),
        source=source,
        process=process,
        actor=f"source:{source.key}",
        detail=detail,
    )
