"""Begin the next stage of a chain: a further duty of the same body, by the rule that follows, from its own event."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain.partial import day
from tracker.domain.refusals import insist
from tracker.domain.words import EventKind
from tracker.services.enter_process import kept
from tracker.services.reckon import Deadline, reckon
from tracker.services.record_event import record_event
from tracker.services.settle import settle
from tracker.storage.entries import Owed, id_of, last_period
from tracker.storage.tables import ClockEntry, Obligation

FIRST_FURTHER_STAGE = 2


def begin_stage(session: Session, now: datetime, one: Owed, rule: str, entry: ClockEntry) -> int:
    """The id of what is owed next; the duty before it stays as it stands."""
    deadline = Deadline(
        rule=rule, amount=entry.amount, trigger_on=day(entry.works_from_on), source_url=entry.source_url
    )
    insist(deadline.complaints())
    actor = entry.recorded_by
    terms = reckon(session, deadline, now=now, actor=actor)
    owing = Obligation(
        item_id=one.obligation.item_id,
        body_id=one.obligation.body_id,
        addressee_id=one.obligation.addressee_id,
        kind=one.obligation.kind,
        period=max(FIRST_FURTHER_STAGE, last_period(session, one.obligation) + 1),
        recorded_at=now,
        recorded_by=actor,
    )
    terms.obligation_id = id_of(kept(session, owing))
    kept(session, terms)
    detail = {"what": "next_stage", "rule": rule, "reason": entry.reason}
    record_event(
        session,
        EventKind.LOGGED,
        now=now,
        happened_on=entry.works_from_on,
        obligation=owing,
        actor=actor,
        detail=detail,
    )
    settle(session, [terms.obligation_id], now, actor=actor)
    return terms.obligation_id
