"""Leaves a quarantined reading aside for good: a person says that our reader broke, and that nothing changed."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.refusals import insist, refuse
from tracker.domain.words import RunState
from tracker.services.note_health import plain
from tracker.storage.tables import Run

DISCARDED = "discarded"
LONGEST_NOTE = 500


def is_discarded(run: Run) -> bool:
    """Whether somebody has said that this reading is worth nothing."""
    return bool(run.fields.get(DISCARDED))


def discard_run(session: Session, now: datetime, run_id: int, note: str, *, actor: str) -> Run:
    """Take a set-aside reading off the desk; the source stays broken until it is read well again.

    What it found stays aside: should a good reading find the same, it is proposed then. Raises NotAccepted.
    """
    run = session.get(Run, run_id, with_for_update=True)
    if run is None or run.state is not RunState.QUARANTINED:
        insist([refuse("run", "There is no such set-aside reading.")])
    assert run is not None  # noqa: S101 - insisted on above
    if is_discarded(run):
        insist([refuse("run", "This reading was discarded already.")])
    said = plain(note.strip())[:LONGEST_NOTE]
    run.fields = {**run.fields, DISCARDED: {"at": now.isoformat(), "by": actor, "note": said}}
    run.problems = [f"Discarded by a person{f': {said}' if said else '.'}", *run.problems]
    return run


def still_discarded(last: Run | None, fields: dict[str, Any]) -> dict[str, Any]:
    """The decision on the reading before, where this one was set aside for the very same."""
    if last is None or not is_discarded(last):
        return {}
    same = all(last.fields.get(name) == fields.get(name) for name in ("reasons", "entries", "with_field"))
    return {DISCARDED: last.fields[DISCARDED]} if same else {}
