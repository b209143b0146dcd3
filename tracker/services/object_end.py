"""An editor ends an objection: upheld, corrected, not upheld or withdrawn, with the reasons, in public."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.domain.letter import ENDED
from tracker.domain.link_tokens import Seal
from tracker.domain.objected import ENDINGS, PUT_RIGHT
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import EventKind, ObjectionState
from tracker.services.record_event import record_event
from tracker.services.write_letter import write_letter
from tracker.storage import contacts, objections
from tracker.storage.objections import Raised

LONGEST_OUTCOME = 2000


def end_objection(
    session: Session,
    now: datetime,
    number: str,
    state: ObjectionState,
    outcome: str,
    *,
    actor: str,
    seal: Seal | None = None,
    only: Sequence[int] = (),
) -> int:
    """End what came under a number, or only these rows of it; how many. The body's contact is told by letter."""
    open_ = [
        one
        for one in objections.of_number(session, number)
        if one.objection.state is ObjectionState.OPEN and (not only or one.objection.id in only)
    ]
    insist(_complaints(open_, state, outcome))
    for one in open_:
        one.objection.state, one.objection.ended_at = state, now
        one.objection.outcome = outcome.strip()
        _tell(session, one, actor, now)
    session.flush()
    _write(session, open_[0], seal, now)
    return len(open_)


def _complaints(open_: Sequence[Raised], state: ObjectionState, outcome: str) -> Iterator[Refused]:
    if not open_:
        yield refuse("outcome", "Nothing of this objection is open any more.")
    if state not in ENDINGS:
        yield refuse("state", "Choose how it ends.")
    if not outcome.strip():
        yield refuse("outcome", "Give the reasons in a sentence or two: they are public.")
    if len(outcome) > LONGEST_OUTCOME:
        yield refuse("outcome", "Use at most %(most)s letters.", most=LONGEST_OUTCOME)


def _tell(session: Session, one: Raised, actor: str, now: datetime) -> None:
    state = one.objection.state
    right = state in PUT_RIGHT
    reason = one.objection.outcome
    said = {"reason": reason} if right else {"text": reason}
    record_event(
        session,
        EventKind.CORRECTED if right else EventKind.NOTED,
        now=now,
        happened_on=now.date(),
        obligation=one.obligation,
        actor=actor,
        detail={"what": f"objection_{state.value}", "number": one.objection.number or "", **said},
    )


def _write(session: Session, one: Raised, seal: Seal | None, now: datetime) -> None:
    contact = contacts.get(session, one.objection.contact_id or 0)
    if contact is None or not contact.address:
        return
    row = one.objection
    write_letter(
        session,
        now,
        ENDED,
        contact.address,
        seal=seal,
        language=contact.language,
        link=f"/items/{one.item.key}",
        said={"number": row.number or "", "state": row.state.value, "outcome": row.outcome},
    )
