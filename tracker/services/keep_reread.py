"""Keeps what another look at watched pages brought: evidence, proposals, checks; the source's own health stays."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.words import RunState
from tracker.services.check_watched import check_watched, read_as_a_whole
from tracker.services.keep_evidence import keep_evidence, note_attempts
from tracker.services.make_room import no_room
from tracker.services.note_health import plain
from tracker.services.notice_gone import notice_gone
from tracker.services.propose import propose
from tracker.services.reading import Reading, Visit
from tracker.services.settle import settle
from tracker.services.shown_again import withdraw_gone
from tracker.storage.tables import Run, Source

SHORTEST_PATIENCE = timedelta(hours=1)
NO_ROOM_YET = timedelta(days=1)
MOST_PROBLEMS = 200


def keep_reread(session: Session, source: Source, run: Run, reading: Reading, now: datetime) -> None:
    """Keep a reading of watched pages alone: each page that was read well is a look, whatever became of the others."""
    run.ended_at = now
    run.addresses = [visit.address for visit in reading.visits]
    run.problems = list(_problems(reading))[:MOST_PROBLEMS]
    if reading.failure:
        _wait(session, source, run, reading, now)
        return
    full = no_room(session, reading, now)
    if full:
        run.state, run.problems = RunState.FAILED, [full]
        source.reread_after_at = now + NO_ROOM_YET
        return
    keep_evidence(session, run, reading, now)
    unread = _set_aside_unreadable(reading)
    done = propose(session, source, run, reading, now)
    run.entries = reading.counts().entries if reading.visits else 0
    read = read_as_a_whole(reading, {*done.unsure_pages, *unread})
    run.state = RunState.HEALTHY if read else RunState.FAILED
    gone = notice_gone(session, source, run, reading, read, now)
    checked = check_watched(session, source, run, read, done.undecided_for | gone, now)
    withdraw_gone(session, source, reading, now)
    settle(session, done.touched | checked, now, actor=f"source:{source.key}")


def _wait(session: Session, source: Source, run: Run, reading: Reading, now: datetime) -> None:
    """The site asked for patience: what was not read keeps its turn, and is read when the time has passed."""
    run.state = RunState.FAILED
    note_attempts(session, run, reading, now)
    source.reread_after_at = now + max(SHORTEST_PATIENCE, timedelta(seconds=reading.retry_after_seconds))


def _set_aside_unreadable(reading: Reading) -> set[str]:
    """What was no page of the kind asked for says nothing; its addresses were not read."""
    unread: set[str] = set()
    for visit in reading.visits:
        if _is_fatal(visit):
            visit.results = []
            unread |= set(visit.addresses)
    return unread


def _is_fatal(visit: Visit) -> bool:
    return any(getattr(result, "weight", "") == "fatal" for result in visit.results)


def _problems(reading: Reading) -> Iterable[str]:
    if reading.failure:
        yield plain(reading.failure)
    for visit, problem in reading.problems():
        yield plain(f"{problem.sentence} ({visit.address})")
