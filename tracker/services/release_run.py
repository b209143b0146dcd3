"""Lets a quarantined reading count after all: a person says that the page really changed."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain.refusals import insist, refuse
from tracker.domain.words import FindingState, RunState
from tracker.services.check_watched import SHOWN, Read, check_watched, not_shown
from tracker.services.note_health import note_success
from tracker.services.propose import QUESTION
from tracker.services.settle import settle
from tracker.services.suggest import RESPONSE, UPDATE, belonging_of, held_by, possible_for, suggest_all
from tracker.storage import findings, runs
from tracker.storage.tables import Run, Source

RELEASABLE = frozenset(
    """
    too_few_entries nothing_left mass_drop list_ended_early mass_growth field_missing mass_field_loss mass_gone
    mass_change all_alike unknown_words
    """.split()
)
"""What may be a real change; an empty, foreign or unreadable page never is."""


def may_be_released(run: Run) -> bool:
    """Whether a reading was set aside only for how much it found."""
    reasons = run.fields.get("reasons")
    return run.state is RunState.QUARANTINED and isinstance(reasons, list) and set(reasons) <= RELEASABLE


def release_run(
    session: Session, now: datetime, run_id: int, note: str, *, actor: str, user_id: int | None = None
) -> Run:
    """Open what a reading found and let it be a look at its pages; later readings are compared with it."""
    run = session.get(Run, run_id, with_for_update=True)
    source = session.get(Source, run.source_id) if run else None
    if run is None or source is None:
        insist([refuse("run", "There is no such reading.")])
    assert run is not None and source is not None  # noqa: S101 - insisted on above
    latest = runs.of_source(session, run.source_id, 1)
    if not may_be_released(run):
        insist([refuse("run", "This reading cannot be released: what came was not the page we asked for.")])
    if latest[0].id != run.id:
        insist([refuse("run", "The source has been read again since: look at the latest reading.")])
    if not note.strip():
        insist([refuse("note", "Say how you know that the page really changed.")])
    run.state = RunState.HEALTHY
    # What came before it is no measure for the readings to come.
    run.fields = {**run.fields, "released": True}
    run.problems = [f"Released by a person: {note.strip()[:500]}", *run.problems]
    session.flush()
    _open(session, source, run, now, actor)
    note_success(session, source, run.entries, now)
    return run


def _open(session: Session, source: Source, run: Run, now: datetime, actor: str) -> None:
    aside = findings.of_run(session, run.id or 0, FindingState.QUARANTINED)
    belonging = belonging_of(session, source, aside, now)
    for row in aside:
        row.state, row.found_at = FindingState.OPEN, now
    # What was open before the reading was set aside held its obligations then already.
    touched = suggest_all(session, aside, belonging) | {id_ for row in aside for id_ in held_by(row)}
    waiting = findings.undecided_of(session, source.id or 0, (RESPONSE, UPDATE, QUESTION))
    undecided = {id_ for row in waiting if row.kind == RESPONSE for id_ in possible_for(row)}
    unsure = {str(page) for row in waiting if row.kind == QUESTION for page in _pages(row.suggestion)}
    read = {address: at for address, at in _read(run).items() if address not in unsure}
    no_look_for = undecided | not_shown(session, source, _shown(run))
    checked = check_watched(session, source, run, read, no_look_for, now)
    settle(session, touched | checked, now, actor=actor)


def _pages(suggestion: dict[str, object]) -> list[object]:
    pages = suggestion.get("pages")
    return pages if isinstance(pages, list) else []


def _shown(run: Run) -> list[str]:
    """Nothing where it was not noted: then it is a look for nothing that once stood there."""
    shown = run.fields.get(SHOWN)
    return [str(mark) for mark in shown] if isinstance(shown, list) else []


def _read(run: Run) -> Read:
    read = run.fields.get("read")
    return (
        {str(address): datetime.fromisoformat(at) for address, at in read.items()}
        if isinstance(read, dict)
        else {}
    )
