"""Take a finding for a decision: each only once, and what is done with it leaves a trail."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from tracker.domain.refusals import NotAccepted, Refused, refuse
from tracker.domain.words import FindingState
from tracker.services.enter_process import kept
from tracker.services.propose import QUESTION
from tracker.storage import findings
from tracker.storage.entries import id_of
from tracker.storage.findings import Waiting
from tracker.storage.tables import FindingDecision


def take_finding(
    session: Session, now: datetime, finding_id: int, state: FindingState, user_id: int | None
) -> Waiting:
    """The finding, decided from now on; whoever comes later is told that it was."""
    taken = findings.take(session, finding_id, state, now, user_id)
    waiting = findings.one(session, finding_id)
    if waiting is None:
        raise NotAccepted([refuse("finding", "There is no such finding.")])
    if not taken:
        raise NotAccepted([already_decided(waiting)])
    if waiting.finding.kind == QUESTION and state is FindingState.ACCEPTED:
        raise NotAccepted(
            [refuse("finding", "This is a question of the reader: answer it with a note instead.")]
        )
    return waiting


_DECIDED: Mapping[FindingState, Callable[[str], Refused]] = {
    FindingState.ACCEPTED: lambda day: refuse(
        "finding", "Somebody accepted this on %(day)s already; nothing was changed.", day=day
    ),
    FindingState.REJECTED: lambda day: refuse(
        "finding",
        "This was rejected, or replaced by a newer reading, on %(day)s already; nothing was changed.",
        day=day,
    ),
    FindingState.QUARANTINED: lambda day: refuse(
        "finding", "This comes from a reading of %(day)s that was set aside: release that first.", day=day
    ),
    FindingState.SPLIT: lambda day: refuse(
        "finding", "Somebody split this on %(day)s already: decide its parts.", day=day
    ),
    FindingState.OPEN: lambda day: refuse(
        "finding", "Somebody is deciding this (found on %(day)s): load the page again.", day=day
    ),
}


def already_decided(waiting: Waiting) -> Refused:
    """What whoever comes second is told."""
    at = waiting.finding.decided_at or waiting.finding.found_at
    return _DECIDED[waiting.finding.state](at.date().isoformat())


def leave_trail(
    session: Session,
    now: datetime,
    waiting: Waiting,
    kind: str,
    made: Mapping[str, object],
    *,
    actor: str,
    user_id: int | None,
) -> FindingDecision:
    """Keep what was done with a finding, and what that made."""
    decision = FindingDecision(
        finding_id=id_of(waiting.finding),
        kind=kind,
        decided_at=now,
        user_id=user_id,
        actor=actor,
        made=dict(made),
    )
    return kept(session, decision)
