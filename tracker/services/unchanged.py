"""A source that says word for word what it said before is not parsed again: what it led to and counted stays.

The trace of a healthy reading is kept with its run: for every page a mark of all that a reader could see of it, and
where it led. It holds for a week, for the same readers and settings, while nothing new is on record that an old
finding might belong to, and never where somebody waits for an answer on a page of the source.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from scrapers.edition import edition
from scrapers.model import Follow, Page
from scrapers.model import Source as Place
from scrapers.sources import compares
from tracker.domain.words import RunState
from tracker.services.keep_evidence import Numbered, visit_of
from tracker.services.note_health import note_success
from tracker.services.reading import Known, Reading, Trace, Traced, Visit
from tracker.storage import pages, repeats, runs, watches
from tracker.storage.repeats import Repeated
from tracker.storage.runs import Latest
from tracker.storage.tables import Run, Source

LONGEST_TRUST = timedelta(days=7)
MOST_PAGES = 400
TRACE = "traced"
"""Where a reading led; only the last one keeps it."""
LISTING = "listing"
"""Which entries the last good reading found; only that one keeps it."""
_ASKED_WITH = frozenset({"etag", "last-modified", "content-type"})


@dataclass(frozen=True, slots=True)
class Same:
    """A reading that found every page as it was, on its way to be put on record."""

    source_id: int
    every: timedelta
    """How often the source is read."""
    began_at: datetime
    reading: Reading

    @property
    def repeated(self) -> Repeated:
        """The reading it repeats."""
        addresses = [visit.address for visit in self.reading.visits]
        return Repeated(self.source_id, self.reading.rests_on, self.began_at, addresses)


def trace_of(
    source: Source, last: Run | Latest | None, place: Place, newest: Sequence[int], now: datetime
) -> Trace | None:
    """What the last reading left, where it still holds; None where the source has to be read in full.

    `newest` is what is on record by now. The caller sees to it that nobody waits for an answer on a page of the source.
    """
    kept = last.fields.get(TRACE) if last is not None and last.state is RunState.HEALTHY else None
    if last is None or not isinstance(kept, dict) or source.broken_since_at is not None:
        return None
    young = now - datetime.fromisoformat(kept["at"]) < LONGEST_TRUST
    if not young or kept["circumstances"] != _circumstances(source, place, newest):
        return None
    return Trace({address: _page_traced(page) for address, page in kept["pages"].items()}, last.id or 0)


def _page_traced(page: Mapping[str, Any]) -> Traced:
    known = Known(b"", page["sent"], page["sent"].get("content-type", ""), page["sha256"])
    return Traced(page["mark"], [Follow.from_dict(one) for one in page["follows"]], known)


def traced(session: Session, source: Source, reading: Reading, now: datetime) -> dict[str, Any]:
    """The trace of a reading, to be kept with its healthy run; empty where there is none worth keeping."""
    place, visits = reading.source, reading.visits
    whole = all(visit.page is not None and visit.read_well for visit in visits)
    if not whole or len(visits) > MOST_PAGES or compares(place.reader):
        return {}
    led_to = {visit.address: _traced(visit, visit.page) for visit in visits if visit.page is not None}
    circumstances = _circumstances(source, place, watches.newest_on_record(session))
    return {TRACE: {"at": now.isoformat(), "circumstances": circumstances, "pages": led_to}}


def _traced(visit: Visit, page: Page) -> dict[str, Any]:
    return {
        "mark": visit.mark,
        "follows": [one.to_dict() for one in visit.follows],
        "sha256": page.sha256,
        "sent": {name.lower(): value for name, value in page.headers if name.lower() in _ASKED_WITH},
    }


def keep_unchanged(session: Session, source: Source, run: Run, reading: Reading, now: datetime) -> bool:
    """Keep a reading that found every page as it was; False where the run it rests on is no longer there."""
    last = runs.by_ids(session, {reading.rests_on}).get(reading.rests_on)
    if last is None:
        return False
    _counts_as(run, last, reading, now)
    note_success(session, source, run.entries, now)
    _forget([last], (LISTING, TRACE))
    session.add(run)
    session.flush()
    _note_visits(session, [(reading, run)], now)
    return True


def keep_all_unchanged(session: Session, several: Sequence[Same], now: datetime) -> list[Same]:
    """Keep readings that found every page as it was; those whose run to rest on is still there."""
    entries = repeats.entries_of(session, (one.reading.rests_on for one in several))
    resting = [one for one in several if one.reading.rests_on in entries]
    if not resting:
        return []
    made = repeats.keep(session, [one.repeated for one in resting], now)
    repeats.forget(session, entries, (LISTING, TRACE))
    repeats.read_well(
        session,
        {one.source_id: entries[one.reading.rests_on] for one in resting},
        {one.source_id: now + one.every for one in resting},
        now,
    )
    _note_visits(session, [(one.reading, made[one.source_id]) for one in resting], now)
    return resting


def _note_visits(session: Session, several: Sequence[tuple[Reading, Numbered]], now: datetime) -> None:
    came = [(visit.page, run) for reading, run in several for visit in reading.visits if visit.page]
    pages.seen_again(session, {page.sha256 for page, _ in came}, now)
    pages.keep_visits(session, (visit_of(page, run) for page, run in came))


def _counts_as(run: Run, last: Run, reading: Reading, now: datetime) -> None:
    run.state, run.ended_at = RunState.HEALTHY, now
    run.entries, run.fields, run.problems = last.entries, last.fields, last.problems
    run.addresses = [visit.address for visit in reading.visits]


def forget_listings(earlier: Iterable[Run]) -> None:
    """Earlier readings need not say any more which entries they found."""
    _forget(earlier, (LISTING,))


def _forget(earlier: Iterable[Run], names: Collection[str]) -> None:
    for run in earlier:
        if not run.fields.keys().isdisjoint(names):
            run.fields = {name: value for name, value in run.fields.items() if name not in names}


def _circumstances(source: Source, place: Place, newest: Sequence[int]) -> str:
    """Other readers, other settings, another process, or something new on record: then everything is read again."""
    text = json.dumps([edition(), place.to_dict(), source.process_id, list(newest)], sort_keys=True)
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
