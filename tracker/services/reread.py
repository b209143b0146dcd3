"""Looks again at pages on which answers are awaited, apart from the source's own schedule of new things.

As with any reading: claim the source · read, outside any transaction · keep everything in one transaction.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urldefrag

from sqlmodel import Session

from tracker.domain.words import RunState
from tracker.services.claim_sources import LEASE, TURN, Claim, Overtaken, still_held
from tracker.services.enter_process import kept
from tracker.services.keep_reread import keep_reread
from tracker.services.keep_sources import place_of
from tracker.services.read_source import read_source
from tracker.services.reading import Cage, Gate, Known, Means, Reading
from tracker.services.watched_now import watched_now
from tracker.storage import pages, sources
from tracker.storage.engine import Database
from tracker.storage.entries import id_of
from tracker.storage.tables import Run, Source
from tracker.storage.turns import take_turn

AFTER_OUR_MISTAKE = timedelta(days=1)


def reread(database: Database, gate: Gate, cage: Cage, now: Callable[[], datetime], source_id: int) -> bool:
    """Look again at the pages of a source that are due; False where none is, or somebody reads the source just now."""
    claim = _claim(database, now(), source_id)
    if claim is None:
        return False
    try:
        means = _means(database, gate, cage, lambda: still_held(database, claim, now()))
        reading = read_source(claim.place, claim.watched, means, only_watched=True)
        _keep(database, claim, reading, now())
    except Overtaken:
        return True
    except Exception:
        _leave_alone(database, claim, now())
        raise
    return True


def _claim(database: Database, now: datetime, source_id: int) -> Claim | None:
    with database.writing() as session:
        take_turn(session, TURN)
        row = session.get(Source, source_id, populate_existing=True)
        if row is None or not sources.host_is_free(session, row, now):
            return None
        addresses = _beside_its_own(row, watched_now(session, source_id, now), now)
        if not addresses:
            return None
        number = row.claim + 1
        sources.claim_all(session, [source_id], now + LEASE)
        return Claim(place_of(row), id_of(row), number, now, now + LEASE, addresses)


def _beside_its_own(source: Source, due: list[str], now: datetime) -> list[str]:
    """The pages to look at again, without the source's own first page.

    That one is only read as the source is, measured by its earlier readings: at once, and the others with it, unless
    the source fails just now and has its own time for the next try.
    """
    own = urldefrag(source.address).url
    others = [address for address in due if urldefrag(address).url != own]
    if source.failures or len(others) == len(due):
        return others
    source.next_due_at = min(source.next_due_at, now) if source.next_due_at else now
    return []


def _means(database: Database, gate: Gate, cage: Cage, still_ours: Callable[[], None]) -> Means:
    def known(address: str) -> Known | None:
        with database.reading() as session:
            seen = pages.latest_seen(session, address)
        return Known(b"", seen.headers, seen.content_type, seen.sha256) if seen else None

    def before(address: str) -> Known | None:
        with database.reading() as session:
            page = pages.last_good(session, address)
        return Known(page.body, page.headers, page.content_type) if page else None

    def body_of(digest: str) -> bytes:
        with database.reading() as session:
            return pages.body_of(session, digest)

    return Means(gate, cage, known, still_ours, before, body_of)


def _keep(database: Database, claim: Claim, reading: Reading, now: datetime) -> None:
    with database.writing() as session:
        source = sources.let_go(session, claim.source_id, claim.number)
        if source is None:
            raise Overtaken
        keep_reread(session, source, _begun(session, claim), reading, now)


def _begun(session: Session, claim: Claim) -> Run:
    run = Run(source_id=claim.source_id, state=RunState.RUNNING, started_at=claim.began_at, rereads=True)
    return kept(session, run)


def _leave_alone(database: Database, claim: Claim, now: datetime) -> None:
    """What upset us is not tried again at once; the source's own reading goes on."""
    with database.writing() as session:
        source = sources.let_go(session, claim.source_id, claim.number)
        if source is not None:
            run = _begun(session, claim)
            run.state, run.ended_at = RunState.FAILED, now
            source.reread_after_at = now + AFTER_OUR_MISTAKE
