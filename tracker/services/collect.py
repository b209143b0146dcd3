"""Reads sources that are due: claim · read, outside any transaction · keep everything a reading brought in one.

Stopped anywhere, nothing is lost and nothing doubled: before the last transaction nothing was kept, and a claim
that nobody ended is taken over once its time has passed. Who was overtaken meanwhile keeps nothing.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.words import RunState
from tracker.services.claim_sources import (
    AT_ONCE,
    Claim,
    Overtaken,
    UnknownSource,
    claim_sources,
    hand_back,
    still_held,
    wanted_source,
)
from tracker.services.enter_process import kept
from tracker.services.keep_run import keep_run
from tracker.services.keep_sources import place_of
from tracker.services.note_health import note_failure
from tracker.services.read_source import read_source
from tracker.services.reading import Cage, Gate, Known, Means, Reading
from tracker.services.unchanged import Same, keep_all_unchanged
from tracker.storage import pages, repeats, sources, watches
from tracker.storage.engine import Database
from tracker.storage.tables import Run

__all__ = ["Overtaken", "UnknownSource", "collect_one", "collect_some", "due_count"]

LONGEST_UNKEPT = timedelta(seconds=30)
"""So long a reading that brought nothing new may wait to be put on record with others."""
UPSET = "Our reader met something that it was not made for; the site's operator finds the details in the log."

Tell = Callable[[Reading], None]


@dataclass(slots=True)
class _Round:
    """What a reader works with, and what it read that is as it was and not on record yet."""

    database: Database
    gate: Gate
    cage: Cage
    now: Callable[[], datetime]
    tell: Tell | None
    same: list[tuple[Claim, Reading]] = field(default_factory=list)

    def told(self, reading: Reading) -> None:
        """Say what was read, to whoever wants to know."""
        if self.tell:
            self.tell(reading)


def collect_one(
    database: Database,
    gate: Gate,
    cage: Cage,
    now: Callable[[], datetime],
    *,
    only: str | None = None,
    dry_run: bool = False,
    tell: Tell | None = None,
) -> bool:
    """Read the next source that is due (or `only` that one, due or not); False where there was none to read.

    `dry_run` reads and keeps nothing; `tell` is given what was read. Raises UnknownSource.
    """
    if dry_run:
        return _try_out(database, gate, cage, now(), only, tell)
    claims = claim_sources(database, now(), only, 1)
    return bool(claims) and bool(_read_all(_Round(database, gate, cage, now, tell), claims, lambda: False))


def collect_some(
    database: Database,
    gate: Gate,
    cage: Cage,
    now: Callable[[], datetime],
    *,
    stopped: Callable[[], bool],
    tell: Tell | None = None,
) -> int:
    """Read the sources of one host that are due next; how many were read, 0 where there was none."""
    claims = claim_sources(database, now(), None, AT_ONCE)
    return _read_all(_Round(database, gate, cage, now, tell), claims, stopped)


def due_count(database: Database, now: datetime) -> int:
    """How many sources wait to be read."""
    with database.reading() as session:
        return sources.due_count(session, now)


def _read_all(work: _Round, claims: list[Claim], stopped: Callable[[], bool]) -> int:
    """One after the other; what is left when we are stopped, or the host asks for patience, is handed back."""
    left, done = deque(claims), 0
    try:
        while left and not (done and stopped()):
            done += 1
            if not _read_next(work, left.popleft()):
                break
    finally:
        _keep_same(work)
        hand_back(work.database, left)
    return done


def _read_next(work: _Round, claim: Claim) -> bool:
    """Read a source and keep what it brought; False where its host asked to be left alone."""
    try:
        reading = read_source(claim.place, claim.watched, _means(work, claim))
        if reading.rests_on:
            work.same.append((claim, reading))
        else:
            _keep(work.database, claim, reading, work.now())
    except Overtaken:
        return True
    except Exception:
        # Whatever a source managed to upset: it waits its turn like any other that could not be read.
        _give_up(work.database, claim, work.now())
        raise
    if not reading.rests_on:
        work.told(reading)
    elif work.now() - work.same[0][0].began_at > LONGEST_UNKEPT:
        _keep_same(work)
    return not reading.retry_after_seconds


def _means(work: _Round, claim: Claim) -> Means:
    database = work.database

    def known(address: str) -> Known | None:
        return None if claim.new else _known(database, address)

    return Means(
        work.gate,
        work.cage,
        known,
        lambda: still_held(database, claim, work.now()),
        lambda address: _last_good(database, address),
        lambda digest: _body_of(database, digest),
        claim.trace,
    )


def _try_out(
    database: Database, gate: Gate, cage: Cage, now: datetime, only: str | None, tell: Tell | None
) -> bool:
    with database.reading() as session:
        found = [wanted_source(sources.by_key(session, only), only)] if only else sources.due(session, now)
        if not found:
            return False
        place, watched = place_of(found[0]), watches.open_addresses(session, found[0].id or 0, now)
    reading = read_source(place, watched, _means_to_try_out(database, gate, cage))
    if tell:
        tell(reading)
    return True


def _means_to_try_out(database: Database, gate: Gate, cage: Cage) -> Means:
    """Everything is fetched anew, and compared with what was kept."""
    return Means(gate, cage, lambda _address: None, before=lambda address: _last_good(database, address))


def _known(database: Database, address: str) -> Known | None:
    with database.reading() as session:
        page = pages.latest_seen(session, address)
        return Known(b"", page.headers, page.content_type, page.sha256) if page else None


def _body_of(database: Database, digest: str) -> bytes:
    with database.reading() as session:
        return pages.body_of(session, digest)


def _last_good(database: Database, address: str) -> Known | None:
    with database.reading() as session:
        page = pages.last_good(session, address)
        return Known(page.body, page.headers, page.content_type) if page else None


def _keep(database: Database, claim: Claim, reading: Reading, now: datetime) -> None:
    with database.writing() as session:
        source = sources.ours(session, claim.source_id, claim.number)
        if source is None:
            raise Overtaken
        keep_run(session, source, _begun(session, claim), reading, now)
        # At the end, so that the row is written once.
        source.claimed_until_at = None
        if reading.retry_after_seconds:
            until = now + timedelta(seconds=reading.retry_after_seconds)
            sources.put_off(session, sources.origin_of(reading.visits[-1].address), until)


def _begun(session: Session, claim: Claim) -> Run:
    return kept(session, Run(source_id=claim.source_id, state=RunState.RUNNING, started_at=claim.began_at))


def _keep_same(work: _Round) -> None:
    """Put on record together what was read and is as it was; who was overtaken is left out."""
    several, work.same = work.same, []
    if not several:
        return
    now = work.now()
    try:
        with work.database.writing() as session:
            ours = repeats.held(session, {claim.source_id: claim.number for claim, _ in several})
            same = [_same(ours, *one) for one in several if one[0].source_id in ours]
            kept_same = {one.source_id for one in keep_all_unchanged(session, same, now)}
            # Of the others nothing is put on record: they were overtaken, or what they rest on is gone.
            rest = {claim.source_id: claim.number for claim, _ in several if claim.source_id not in kept_same}
            if rest:
                sources.let_go_all(session, rest)
    except Exception:
        for claim, _ in several:
            _give_up(work.database, claim, now)
        raise
    for _, reading in several:
        work.told(reading)


def _same(ours: Mapping[int, timedelta], claim: Claim, reading: Reading) -> Same:
    return Same(claim.source_id, ours[claim.source_id], claim.began_at, reading)


def _give_up(database: Database, claim: Claim, now: datetime) -> None:
    with database.writing() as session:
        source = sources.let_go(session, claim.source_id, claim.number)
        if source is not None:
            run = _begun(session, claim)
            run.state, run.ended_at = RunState.FAILED, now
            note_failure(session, source, UPSET, now, code="reader_failed")
