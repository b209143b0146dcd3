"""Who has a finding open: shown to colleagues, so that no two read the same one; it keeps nobody from deciding."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.storage import decisions, findings

READ_FOR = timedelta(minutes=15)
"""So long after opening a finding somebody is taken to be reading it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A colleague who has a finding open."""

    name: str
    """Their address: for colleagues' eyes only."""
    since: datetime


def claim_finding(session: Session, now: datetime, finding_id: int, user_id: int) -> Reader | None:
    """Say that a person has an open finding before them; the colleague who has, where that is somebody else."""
    if findings.claim_reading(session, finding_id, user_id, now, now - READ_FOR):
        return None
    waiting = findings.one(session, finding_id)
    return reader_of(session, now, waiting, user_id) if waiting is not None else None


def reader_of(session: Session, now: datetime, waiting: findings.Waiting, user_id: int) -> Reader | None:
    """The colleague who has a finding open at the moment, if anybody but this person has."""
    finding = waiting.finding
    since = finding.read_since_at
    if since is None or finding.read_by_id in (None, user_id) or since < now - READ_FOR:
        return None
    return Reader(decisions.name_of(session, finding.read_by_id), since)
