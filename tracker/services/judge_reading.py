"""Measures a reading by the last good ones of its source: what a dry run foretells is what a real one decides."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from scrapers.counting import Counts, Listing, counted_and_listed
from scrapers.guards import Verdict, judge, usual
from scrapers.moving import Moved, moved
from tracker.services.reading import Reading
from tracker.services.unchanged import LISTING
from tracker.storage import runs
from tracker.storage.tables import Run


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading's figures, and what the guards say of them."""

    verdict: Verdict
    counts: Counts
    listing: Listing
    usual: Counts
    moved: Moved
    """Since the last good reading."""
    earlier: list[Run]
    """The last good readings, the oldest first."""


def judge_reading(session: Session, source_id: int, reading: Reading) -> Judged:
    """What the guards say of a reading that could be fetched."""
    earlier = runs.healthy(session, source_id)
    before, (found, now) = _listing_of(earlier), counted_and_listed(reading.own_results())
    change = moved(before, now) if before else Moved()
    gone = round(len(change.gone) / change.of, 3) if change.of else 0.0
    counts, previous = (
        replace(found, gone=gone, parts=reading.parts()),
        [Counts.from_dict(one.fields) for one in earlier],
    )
    problems = (problem for _, problem in reading.problems())
    verdict = judge(counts, previous, problems, reading.source, change)
    return Judged(verdict, counts, now, usual(previous), change, earlier)


def _listing_of(earlier: list[Run]) -> Listing | None:
    kept = earlier[-1].fields.get(LISTING) if earlier else None
    return Listing.from_dict(kept) if isinstance(kept, dict) else None
