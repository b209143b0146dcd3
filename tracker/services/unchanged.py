"""A source that says word for word what it said before is not parsed again: what it led to and counted stays.

The trace of a healthy reading is kept with its run: for every page a mark of all that a reader could see of it, and
where it led. It holds for a week, for the same readers and settings, while nothing new is on record that an old
finding might belong to, and never where somebody waits for an answer on a page of the source.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from scrapers.edition import edition
from scrapers.model import Follow
from scrapers.model import Source as Place
from scrapers.sources import compares
from tracker.domain.words import RunState
from tracker.services.keep_evidence import note_visits
from tracker.services.note_health import note_success
from tracker.services.read_source import Reading, Trace
from tracker.storage import pages, runs, watches
from tracker.storage.tables import Run, Source

LONGEST_TRUST = timedelta(days=7)
MOST_PAGES = 50
TRACE = "trace"
LISTING = "listing"
"""Which entries the last good reading found; only that one keeps it."""


def trace_of(session: Session, source: Source, place: Place, now: datetime) -> Trace | None:
    """What the last reading left, where it still holds; None where the source has to be read in full.

    The caller sees to it that nobody waits for an answer on a page of the source.
    """
    last = runs.latest_ended(session, source.id or 0)
    kept = last.fields.get(TRACE) if last is not None and last.state is RunState.HEALTHY else None
    if last is None or not isinstance(kept, dict) or source.broken_since_at is not None:
        return None
    young = now - datetime.fromisoformat(kept["at"]) < LONGEST_TRUST
    if not young or kept["circumstances"] != _circumstances(session, place):
        return None
    led_to = {
        address: (mark, [Follow.from_dict(one) for one in follows])
        for address, (mark, follows) in kept["pages"].items()
    }
    return Trace(led_to, last.id or 0)


def traced(session: Session, reading: Reading, now: datetime) -> dict[str, Any]:
    """The trace of a reading, to be kept with its healthy run; empty where there is none worth keeping."""
    place, visits = reading.source, reading.visits
    whole = all(visit.page is not None and visit.read_well for visit in visits)
    if not whole or len(visits) > MOST_PAGES or compares(place.reader):
        return {}
    led_to = {visit.address: [visit.mark, [one.to_dict() for one in visit.follows]] for visit in visits}
    kept = {"at": now.isoformat(), "circumstances": _circumstances(session, place), "pages": led_to}
    return {TRACE: kept}


def keep_unchanged(session: Session, source: Source, run: Run, reading: Reading, now: datetime) -> bool:
    """Keep a reading that found every page as it was; False where the run it rests on is no longer there."""
    last = session.get(Run, reading.rests_on) if reading.rests_on else None
    if last is None:
        return False
    run.state, run.ended_at = RunState.HEALTHY, now
    run.entries, run.fields, run.problems = last.entries, last.fields, last.problems
    forget_listings([last])
    run.addresses = [visit.address for visit in reading.visits]
    pages.seen_again(session, {visit.page.sha256 for visit in reading.visits if visit.page}, now)
    note_visits(session, run, reading, now)
    note_success(session, source, run.entries, now)
    return True


def forget_listings(earlier: Iterable[Run]) -> None:
    """Earlier readings need not say any more which entries they found."""
    for run in earlier:
        if LISTING in run.fields:
            run.fields = {name: value for name, value in run.fields.items() if name != LISTING}


def _circumstances(session: Session, place: Place) -> str:
    """Other readers, other settings, or something new on record: then everything is read again."""
    text = json.dumps([edition(), place.to_dict(), watches.newest_on_record(session)], sort_keys=True)
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
