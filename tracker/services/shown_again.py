"""Withdraws the proposal that a page no longer shows an answer, once the page shows it again."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain.words import FindingState
from tracker.services.notice_gone import NO_LONGER_SHOWN
from tracker.services.propose import REPLACED
from tracker.services.reading import Reading, Visit
from tracker.services.suggest import UPDATE
from tracker.storage import awaited, findings
from tracker.storage.awaited import Held
from tracker.storage.tables import Finding, Source


def withdraw_gone(session: Session, source: Source, reading: Reading, now: datetime) -> list[Finding]:
    """Take back what nobody decided of answers that this reading shows where they stood; what was taken back."""
    waiting = [one for one in _undecided(session, source) if _missed(one)]
    if not waiting:
        return []
    visits = {visit.address: visit for visit in reading.visits}
    said = {finding.key for _, finding in reading.findings()}
    held = awaited.held_on(session, source.id or 0, visits)
    shown = {one.response.key for one in held if _is_shown(visits[one.address], one, said)}
    back = [one for one in waiting if _missed(one) in shown]
    for one in back:
        one.state, one.decided_at, one.decision_note = FindingState.REJECTED, now, REPLACED
    return back


def _undecided(session: Session, source: Source) -> list[Finding]:
    return findings.undecided_named(session, source.id or 0, UPDATE, f"{NO_LONGER_SHOWN}:")


def _missed(finding: Finding) -> str:
    """The key of the answer that a proposal says is no longer shown; empty where it says something else."""
    found = finding.content.get("extra")
    extra = found if isinstance(found, dict) else {}
    return str(extra.get("response") or "") if extra.get("what") == NO_LONGER_SHOWN else ""


def _is_shown(visit: Visit, held: Held, said: set[str]) -> bool:
    if visit.page is None or not visit.read_well:
        return False
    return held.found_as in said or visit.page.sha256 == held.response.page_sha256
