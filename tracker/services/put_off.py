"""Ask me later: a finding leaves the queue until a day, undecided."""

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from tracker.domain.refusals import NotAccepted, insist, refuse
from tracker.services.take_finding import already_decided, leave_trail
from tracker.storage import findings

LONGEST = timedelta(days=366)


def put_off(
    session: Session,
    now: datetime,
    finding_id: int,
    until_on: date,
    *,
    actor: str,
    user_id: int | None = None,
) -> None:
    """Out of the queue until the beginning of a day (UTC); what it holds in suspense stays in suspense."""
    today = now.astimezone(UTC).date()
    if not today < until_on <= today + LONGEST:
        first = today.isoformat()
        insist([refuse("until", "Choose a day after %(today)s and within a year.", today=first)])
    until = datetime.combine(until_on, time(), UTC)
    taken = findings.put_off(session, finding_id, until)
    waiting = findings.one(session, finding_id)
    if waiting is None:
        raise NotAccepted([refuse("finding", "There is no such finding.")])
    if not taken:
        raise NotAccepted([already_decided(waiting)])
    made = {"until_on": until_on.isoformat()}
    leave_trail(session, now, waiting, "later", made, actor=actor, user_id=user_id)
