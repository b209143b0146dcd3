"""Reads one source that is due: claim it · read it, outside any transaction · keep everything in one transaction.

Stopped anywhere, nothing is lost and nothing doubled: before the last transaction nothing was kept, and a claim
that nobody ended is taken over once its time has passed. Who was overtaken meanwhile keeps nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scrapers.model import Source as Place
from tracker.domain.words import RunState
from tracker.services.enter_process import kept
from tracker.services.keep_run import keep_run
from tracker.services.keep_sources import place_of
from tracker.services.note_health import note_failure
from tracker.services.read_source import Cage, Gate, Known, Means, Reading, Trace, read_source
from tracker.services.unchanged import trace_of
from tracker.storage import pages, runs, sources, watches
from tracker.storage.engine import Database
from tracker.storage.entries import id_of
from tracker.storage.tables import Run, Source

LEASE = timedelta(minutes=15)
RENEWED_BEFORE_END = timedelta(minutes=10)
"""Longer than any one page takes, its turn at the host included."""

UPSET = "Our reader met something that it was not made for; the site's operator finds the details in the log."

Tell = Callable[[Reading], None]


class Overtaken(Exception):  # noqa: N818
    """Somebody else reads this source by now; what we read is dropped."""


class UnknownSource(LookupError):  # noqa: N818
    """No source of that key is configured."""


@dataclass(slots=True)
class Claim:
    """A source in our hands: its fencing number and how long it is ours."""

    place: Place
    source_id: int
    number: int
    run_id: int
    until: datetime
    watched: list[str]
    trace: Trace | None = None


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
    claim = _claim(database, now(), only)
    if claim is None:
        return False
    try:
        means = Means(
            gate,
            cage,
            lambda address: _known(database, address),
            _keeper(database, claim, now),
            lambda address: _last_good(database, address),
            lambda digest: _body_of(database, digest),
            claim.trace,
        )
        reading = read_source(claim.place, claim.watched, means)
        _keep(database, claim, reading, now())
    except Overtaken:
        return True
    except Exception:
        # Whatever a source managed to upset: it waits its turn like any other that could not be read.
        _give_up(database, claim, now())
        raise
    if tell:
        tell(reading)
    return True


def due_count(database: Database, now: datetime) -> int:
    """How many sources wait to be read."""
    with database.reading() as session:
        return sources.due_count(session, now)


def _try_out(
    database: Database, gate: Gate, cage: Cage, now: datetime, only: str | None, tell: Tell | None
) -> bool:
    with database.reading() as session:
        source = _wanted(sources.by_key(session, only), only) if only else sources.due(session, now)
        if source is None:
            return False
        place, watched = place_of(source), watches.open_addresses(session, source.id or 0, now)
    reading = read_source(place, watched, _means_to_try_out(database, gate, cage))
    if tell:
        tell(reading)
    return True


def _means_to_try_out(database: Database, gate: Gate, cage: Cage) -> Means:
    """Everything is fetched anew, and compared with what was kept."""
    return Means(gate, cage, lambda _address: None, before=lambda address: _last_good(database, address))


def _wanted(source: Source | None, key: str) -> Source:
    if source is None or not source.enabled:
        raise UnknownSource(
            f"There is no source {key!r}: `answerby sources` lists those that are configured."
        )
    return source


def _claim(database: Database, now: datetime, only: str | None) -> Claim | None:
    """Take the source and note that its reading began."""
    until = now + LEASE
    with database.writing() as session:
        while source := _wanted(sources.by_key(session, only), only) if only else sources.due(session, now):
            source_id = id_of(source)
            number = sources.claim(session, source_id, source.claim, now, until, forced=bool(only))
            if number is not None:
                break
            if only:
                return None
            # Somebody else was first, so that it is no longer free: look for the next one.
        else:
            return None
        if source.claimed_until_at is not None:
            runs.give_up_unfinished(session, source_id, now)
        run = kept(session, Run(source_id=source_id, state=RunState.RUNNING, started_at=now))
        place = place_of(source)
        awaited = watches.any_of_source(session, source_id)
        watched = watches.open_addresses(session, source_id, now) if awaited else []
        trace = None if awaited else trace_of(session, source, place, now)
        return Claim(place, source_id, number, id_of(run), until, watched, trace)


def _keeper(database: Database, claim: Claim, now: Callable[[], datetime]) -> Callable[[], None]:
    """Before each page: hold the source for longer where its time runs out; Overtaken where it is not ours."""

    def still_ours() -> None:
        if claim.until - now() > RENEWED_BEFORE_END:
            return
        claim.until = now() + LEASE
        with database.writing() as session:
            if not sources.renew(session, claim.source_id, claim.number, claim.until):
                raise Overtaken

    return still_ours


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
        source = sources.let_go(session, claim.source_id, claim.number)
        run = session.get(Run, claim.run_id)
        if source is None or run is None:
            raise Overtaken
        keep_run(session, source, run, reading, now)


def _give_up(database: Database, claim: Claim, now: datetime) -> None:
    with database.writing() as session:
        source = sources.let_go(session, claim.source_id, claim.number)
        run = session.get(Run, claim.run_id)
        if source is not None and run is not None:
            run.state, run.ended_at = RunState.FAILED, now
            note_failure(session, source, UPSET, now, code="reader_failed")
