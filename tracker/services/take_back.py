"""Take back what should not count: our own errors are struck, what a body withdrew is retracted; both are public."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import EventKind
from tracker.services.choose import not_ahead
from tracker.services.recompute import bring_up_to_date
from tracker.services.record_event import record_event
from tracker.services.settle import settle
from tracker.storage import entries, responses
from tracker.storage.checks import obligations_of
from tracker.storage.columns import partial_of
from tracker.storage.entries import id_of
from tracker.storage.tables import Check, Response


def strike(
    session: Session,
    now: datetime,
    response: Response,
    reason: str,
    *,
    actor: str,
    user_id: int | None = None,
) -> None:
    """Our error: as if it had never been there, with a correction in the log."""
    again = [refuse("reason", "This response is struck already.")] if response.struck_at else []
    insist([*reason_needed(reason), *again])
    response.struck_at, response.struck_reason = now, reason.strip()
    ids = _covered(session, response)
    correct_in_public(session, now, ids, "response_struck", {"reason": reason.strip()}, actor, response)
    bring_up_to_date(session, now, ids)


def retract(
    session: Session,
    now: datetime,
    response: Response,
    retracted_on: date,
    *,
    actor: str,
    user_id: int | None = None,
) -> None:
    """The body withdrew it: it counts until the day before."""
    ids = _covered(session, response)
    complaints = not_ahead("retracted_on", retracted_on, entries.owed(session, ids), now)
    if response.retracted_on is not None:
        day = response.retracted_on.isoformat()
        complaints.append(refuse("retracted_on", "It is withdrawn already, on %(day)s.", day=day))
    answered = partial_of(response, "received") or partial_of(response, "published")
    if retracted_on < (answered.first if answered else response.first_seen_on):
        complaints.append(refuse("retracted_on", "It cannot be withdrawn before it was there."))
    insist(complaints)
    response.retracted_on, response.retraction_recorded_at = retracted_on, now
    detail = {"retracted_on": retracted_on.isoformat()}
    correct_in_public(session, now, ids, "response_retracted", detail, actor, response)
    bring_up_to_date(session, now, ids)


def withdraw_look(
    session: Session, now: datetime, made: Check, reason: str, *, actor: str, user_id: int | None = None
) -> None:
    """A look that never was one: the flags that rest on it go, with a correction in the log."""
    again = [refuse("reason", "This look is taken back already.")] if made.superseded_at else []
    insist([*reason_needed(reason), *again])
    made.superseded_at = now
    detail = {"looked_on": made.looked_on.isoformat(), "reason": reason.strip()}
    correct_in_public(session, now, obligations_of(session, id_of(made)), "check", detail, actor)


def reason_needed(reason: str) -> list[Refused]:
    """A correction is public, and so is why."""
    return [] if reason.strip() else [refuse("reason", "Say why: it will be public.")]


def correct_in_public(
    session: Session,
    now: datetime,
    ids: Iterable[int],
    what: str,
    detail: Mapping[str, object],
    actor: str,
    response: Response | None = None,
) -> None:
    """One correction in the log for each obligation, then their standings anew."""
    wanted = sorted(set(ids))
    for one in entries.owed(session, wanted):
        record_event(
            session,
            EventKind.CORRECTED,
            now=now,
            happened_on=now.date(),
            obligation=one.obligation,
            response=response,
            actor=actor,
            detail={"what": what} | dict(detail),
        )
    settle(session, wanted, now, actor=actor)


def _covered(session: Session, response: Response) -> list[int]:
    return [line.obligation_id for line in responses.lines_of(session, id_of(response))]
