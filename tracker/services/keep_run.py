"""Keeps what one reading of a source brought, all of it in one transaction: evidence, proposals, checks, health."""

from datetime import datetime

from sqlmodel import Session

from scrapers.guards import Verdict
from tracker.domain.words import RunState, Visibility
from tracker.services.check_watched import (
    SHOWN,
    check_watched,
    maybe_on_the_rest,
    read_as_a_whole,
    shown_by,
)
from tracker.services.compare_runs import compared
from tracker.services.discard_run import still_discarded
from tracker.services.judge_reading import Judged, judge_reading
from tracker.services.keep_evidence import keep_evidence, note_attempts
from tracker.services.keep_sources import LONGEST_NAME, evidence_of, is_named, place_of
from tracker.services.make_room import NO_ROOM, no_room
from tracker.services.note_health import note_failure, note_success, plain
from tracker.services.notice_gone import notice_gone
from tracker.services.propose import propose, set_aside
from tracker.services.reading import Reading
from tracker.services.settle import settle
from tracker.services.shown_again import withdraw_gone
from tracker.services.unchanged import LISTING, forget_listings, keep_unchanged, traced
from tracker.storage import runs
from tracker.storage.tables import Run, Source

WORST_FIRST = ("fatal", "question", "note")
MOST_PROBLEMS = 200


def keep_run(session: Session, source: Source, run: Run, reading: Reading, now: datetime) -> None:
    """Judge a reading and keep it; a bad one changes nothing but the run and the source's health."""
    if reading.rests_on and keep_unchanged(session, source, run, reading, now):
        return
    run.ended_at = now
    run.problems = _problems(reading)
    run.addresses = [visit.address for visit in reading.visits]
    if reading.failure:
        _fail(session, source, run, reading, now)
        return
    full = no_room(session, reading, now)
    if full:
        run.entries = reading.counts().entries
        _stop(session, source, run, full, now)
        return
    judged = _judged(session, source, run, reading, now)
    if judged.verdict.healthy:
        _keep_healthy(session, source, run, reading, judged.verdict, now)
    else:
        _quarantine(session, source, run, reading, judged, now)


def _judged(session: Session, source: Source, run: Run, reading: Reading, now: datetime) -> Judged:
    """Keep the evidence, and judge by what was kept of earlier readings."""
    # Nothing asked here depends on this run: it is written once, when all of it is known.
    with session.no_autoflush:
        keep_evidence(session, run, reading, now)
        judged = judge_reading(session, source.id or 0, reading)
        run.entries = judged.counts.entries
        if judged.verdict.healthy:
            forget_listings(judged.earlier)
            listing = {LISTING: judged.listing.to_dict()}
            run.fields = judged.counts.to_dict() | listing | traced(session, source, reading, now)
            run.state = RunState.HEALTHY
    return judged


def _problems(reading: Reading) -> list[str]:
    found = sorted(
        (problem for _, problem in reading.problems()), key=lambda one: WORST_FIRST.index(one.weight)
    )
    said = [reading.failure] if reading.failure else []
    said += [f"{one.sentence} ({one.locator})" if one.locator else one.sentence for one in found]
    return said[:MOST_PROBLEMS]


def _stop(session: Session, source: Source, run: Run, sentence: str, now: datetime) -> None:
    """What could not be kept is not used either."""
    run.state, run.problems = RunState.FAILED, [sentence, *run.problems][:MOST_PROBLEMS]
    note_failure(session, source, sentence, now, code=NO_ROOM)


def _fail(session: Session, source: Source, run: Run, reading: Reading, now: datetime) -> None:
    run.state, run.entries = RunState.FAILED, reading.counts().entries
    note_attempts(session, run, reading, now)
    sentence = f"Our reader could not fetch the source. {reading.failure}"
    note_failure(
        session,
        source,
        sentence,
        now,
        code="not_fetched",
        retry_after=reading.retry_after_seconds,
        passing=reading.passing,
    )


def _quarantine(
    session: Session, source: Source, run: Run, reading: Reading, judged: Judged, now: datetime
) -> None:
    last = next((one for one in runs.of_source(session, source.id or 0, 2) if one.id != run.id), None)
    reasons = judged.verdict.reasons
    fields = judged.counts.to_dict() | {
        "reasons": [reason.code for reason in reasons],
        "compared": compared(session, source, reading, judged.usual, judged.counts, judged.moved),
    }
    run.state = RunState.QUARANTINED
    run.fields = fields | _read(reading) | still_discarded(last, fields)
    run.problems = [*(reason.sentence for reason in reasons), *run.problems][:MOST_PROBLEMS]
    set_aside(session, source, run, reading, now)
    sentence = " ".join(reason.sentence for reason in reasons)
    note_failure(session, source, sentence, now, code=reasons[0].code)


def _read(reading: Reading) -> dict[str, object]:
    """What was read, when, and what led to what: needed should a person release the run."""
    whole = read_as_a_whole(reading, ())
    read = {address: at.isoformat() for address, at in whole.items()}
    return {"read": read, SHOWN: sorted(shown_by(reading))}


def _take_name(source: Source, reading: Reading) -> None:
    """A feed that was given no name goes by its own title."""
    if is_named(source) or evidence_of(place_of(source)) is Visibility.WITHHELD:
        return
    reasons = (reason for _, finding in reading.findings() for reason in finding.reasons)
    title = next((said for code, said in reasons if code == "listed_in_feed"), "")
    source.name = plain(title)[:LONGEST_NAME] or source.name


def _keep_healthy(
    session: Session, source: Source, run: Run, reading: Reading, verdict: Verdict, now: datetime
) -> None:
    done = propose(session, source, run, reading, now)
    read = read_as_a_whole(reading, done.unsure_pages)
    gone = notice_gone(session, source, run, reading, read, now)
    unseen = gone if verdict.is_a_look else gone | maybe_on_the_rest(session, source, reading)
    checked = check_watched(session, source, run, read, done.undecided_for | unseen, now)
    withdraw_gone(session, source, reading, now)
    note_success(session, source, run.entries, now)
    _take_name(source, reading)
    settle(session, done.touched | checked, now, actor=f"source:{source.key}")
