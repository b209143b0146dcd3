"""The product's words as people read them: one table for each enumeration; the reader's language is handed in."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain import words as w
from tracker.rendering.tongue import N_, Tongue

STANDING: Mapping[w.Standing, str] = {
    w.Standing.ANSWERED: N_("Answered"),
    w.Standing.ANSWERED_LATE: N_("Answered late"),
    w.Standing.VOID: N_("Lapsed"),
    w.Standing.AWAITING_ASSESSMENT: N_("Not yet judged"),
    w.Standing.UNKNOWN: N_("Cannot be computed"),
    w.Standing.NOT_STARTED: N_("Clock not started"),
    w.Standing.WAITING: N_("Waiting, no date set"),
    w.Standing.PAUSED: N_("Clock stopped"),
    w.Standing.DUE_SOON: N_("Due soon"),
    w.Standing.RUNNING: N_("Clock running"),
    w.Standing.PARTLY_ANSWERED: N_("Partly answered"),
    w.Standing.UNCHECKED: N_("Not looked at since due"),
    w.Standing.OVERDUE_UNSUBSTANTIVE: N_("Overdue: no substance"),
    w.Standing.OVERDUE: N_("Overdue"),
}
"""The short word on a stamp."""

STANDING_DELIVERED: Mapping[w.Standing, str] = {
    w.Standing.ANSWERED: N_("Delivered"),
    w.Standing.ANSWERED_LATE: N_("Delivered late"),
    w.Standing.PARTLY_ANSWERED: N_("Partly delivered"),
}
"""What differs where a thing is owed and not a reply."""

STANDING_ASKED: Mapping[w.Standing, str] = {
    w.Standing.OVERDUE: N_("Not answered by the date asked for"),
    w.Standing.OVERDUE_UNSUBSTANTIVE: N_("No substance by the date asked for"),
}
"""What differs where the asker or the watchdog named the date."""

STANDING_MEANS: Mapping[w.Standing, str] = {
    w.Standing.ANSWERED: N_("A substantive answer is on record, in time or without a date to keep."),
    w.Standing.ANSWERED_LATE: N_("A substantive answer came after the due day. It stays late for ever."),
    w.Standing.VOID: N_("The duty ended without an answer: revoked, lapsed or passed to another body."),
    w.Standing.AWAITING_ASSESSMENT: N_("A response is there and nobody has judged it yet."),
    w.Standing.UNKNOWN: N_("Facts are missing or contradict each other. Nobody is accused."),
    w.Standing.NOT_STARTED: N_("The event the period runs from is ahead."),
    w.Standing.WAITING: N_("Nobody set a date. The days since the asking are counted up."),
    w.Standing.PAUSED: N_("The clock stands still, lawfully and on record."),
    w.Standing.DUE_SOON: N_("The due day is close."),
    w.Standing.RUNNING: N_("The due day is ahead."),
    w.Standing.PARTLY_ANSWERED: N_("The due day has passed and what came answers only a part."),
    w.Standing.UNCHECKED: N_("The due day has passed and nobody has looked since. Nobody is accused."),
    w.Standing.OVERDUE_UNSUBSTANTIVE: N_(
        "The due day has passed; what came is a receipt, a holding reply, or was judged to be no answer."
    ),
    w.Standing.OVERDUE: N_("The due day has passed, somebody has looked since, and no response was found."),
}

BASIS: Mapping[w.Basis, str] = {
    w.Basis.STATUTE: N_("law"),
    w.Basis.CONVENTION: N_("convention"),
    w.Basis.PROMISE: N_("their own promise"),
    w.Basis.REQUEST: N_("date asked for"),
    w.Basis.BENCHMARK: N_("our benchmark"),
}
BASIS_MEANS: Mapping[w.Basis, str] = {
    w.Basis.STATUTE: N_("The date binds by law."),
    w.Basis.CONVENTION: N_("The date binds by an established rule or convention."),
    w.Basis.PROMISE: N_("The body named the date itself."),
    w.Basis.REQUEST: N_("The asker named the date; the body never agreed to it."),
    w.Basis.BENCHMARK: N_("The watchdog named the date; nobody else did."),
}
ITEM_KIND: Mapping[w.ItemKind, str] = {
    w.ItemKind.RECOMMENDATION: N_("Recommendation"),
    w.ItemKind.COMMITMENT: N_("Commitment"),
}
BODY_KIND: Mapping[w.BodyKind, str] = {
    w.BodyKind.GOVERNMENT: N_("Government"),
    w.BodyKind.REGULATOR: N_("Regulator"),
    w.BodyKind.PARLIAMENT: N_("Parliament"),
    w.BodyKind.COMPANY: N_("Company"),
    w.BodyKind.ASSOCIATION: N_("Association"),
    w.BodyKind.INTERNATIONAL: N_("International organisation"),
    w.BodyKind.GROUP: N_("Group of bodies"),
}
ROLE: Mapping[w.Role, str] = {
    w.Role.LEAD: N_("lead"),
    w.Role.JOINT: N_("joint"),
    w.Role.SUPPORTING: N_("supporting"),
}
OBLIGATION_KIND: Mapping[w.ObligationKind, str] = {
    w.ObligationKind.RESPOND: N_("to respond"),
    w.ObligationKind.DELIVER: N_("to deliver"),
    w.ObligationKind.REPORT: N_("to report"),
}
TRIGGER: Mapping[w.Trigger, str] = {
    w.Trigger.PUBLISHED: N_("when published"),
    w.Trigger.LAID: N_("when laid before Parliament"),
    w.Trigger.RECEIVED: N_("when received"),
    w.Trigger.ADOPTED: N_("when adopted"),
    w.Trigger.THRESHOLD: N_("when the threshold is reached"),
    w.Trigger.SUBMITTED: N_("when submitted"),
    w.Trigger.DATED: N_("on the date of the document"),
}
RESPONSE_KIND: Mapping[w.ResponseKind, str] = {
    w.ResponseKind.ACKNOWLEDGEMENT: N_("Acknowledgement"),
    w.ResponseKind.HOLDING: N_("Holding reply"),
    w.ResponseKind.TRANSFER: N_("Passed to another body"),
    w.ResponseKind.INTERIM: N_("Interim reply"),
    w.ResponseKind.REPLY: N_("Reply"),
    w.ResponseKind.SUPPLEMENT: N_("Supplement"),
    w.ResponseKind.COMPLETION_REPORT: N_("Completion report"),
}
POSITION: Mapping[w.Position, str] = {
    w.Position.ACCEPTED: N_("accepted"),
    w.Position.IN_PRINCIPLE: N_("accepted in principle"),
    w.Position.IN_PART: N_("accepted in part"),
    w.Position.ALTERNATIVE: N_("an alternative offered"),
    w.Position.NOTED: N_("noted"),
    w.Position.REJECTED: N_("rejected"),
    w.Position.NOT_ADDRESSED: N_("not addressed"),
    w.Position.UNCLEAR: N_("unclear"),
}
VERDICT: Mapping[w.Verdict, str] = {
    w.Verdict.SUBSTANTIVE: N_("A substantive answer"),
    w.Verdict.PARTLY: N_("An answer in part"),
    w.Verdict.NOT: N_("Not an answer"),
}
CLAIM_STATE: Mapping[w.ClaimState, str] = {
    w.ClaimState.NOT_STARTED: N_("not started"),
    w.ClaimState.PLANNED: N_("planned"),
    w.ClaimState.IN_PROGRESS: N_("in progress"),
    w.ClaimState.LIMITED: N_("limited progress"),
    w.ClaimState.SUBSTANTIAL: N_("substantial progress"),
    w.ClaimState.COMPLETE: N_("complete"),
    w.ClaimState.STOPPED: N_("stopped"),
    w.ClaimState.UNKNOWN: N_("unknown"),
}
SPEAKER: Mapping[w.Speaker, str] = {
    w.Speaker.BODY: N_("the body"),
    w.Speaker.WATCHDOG: N_("the watchdog"),
    w.Speaker.REVIEWER: N_("an independent reviewer"),
}
OBJECTION_KIND: Mapping[w.ObjectionKind, str] = {
    w.ObjectionKind.WE_ANSWERED: N_("we answered"),
    w.ObjectionKind.WRONG_BODY: N_("wrong body"),
    w.ObjectionKind.WRONG_DATE: N_("wrong date"),
    w.ObjectionKind.EXTENDED: N_("the date was extended"),
    w.ObjectionKind.PRIVATE_REPLY: N_("we replied privately"),
}
OBJECTION_STATE: Mapping[w.ObjectionState, str] = {
    w.ObjectionState.UNVERIFIED: N_("not yet verified"),
    w.ObjectionState.OPEN: N_("being looked into"),
    w.ObjectionState.UPHELD: N_("upheld"),
    w.ObjectionState.CORRECTED: N_("corrected"),
    w.ObjectionState.WITHDRAWN: N_("withdrawn"),
    w.ObjectionState.NOT_UPHELD: N_("not upheld"),
}
END_CAUSE: Mapping[w.EndCause, str] = {
    w.EndCause.REVOKED: N_("The instrument was revoked"),
    w.EndCause.PROROGUED: N_("The House was prorogued"),
    w.EndCause.DISSOLVED: N_("The House was dissolved"),
}
CLOCK_ENTRY: Mapping[w.ClockEntryKind, str] = {
    w.ClockEntryKind.EXTENSION: N_("Extension"),
    w.ClockEntryKind.PAUSE: N_("Clock stopped"),
    w.ClockEntryKind.RESTART: N_("Clock started again"),
    w.ClockEntryKind.TRANSFER: N_("Passed to another body"),
    w.ClockEntryKind.VOID: N_("Lapsed"),
    w.ClockEntryKind.NEXT_STAGE: N_("Next stage begun"),
}
DUE_SOURCE: Mapping[w.DueSource, str] = {
    w.DueSource.STATED: N_("stated in the document"),
    w.DueSource.COMPUTED: N_("computed"),
    w.DueSource.NONE: N_("no date"),
}

_TABLES: tuple[Mapping[StrEnum, str], ...] = (  # type: ignore[assignment]
    STANDING,
    BASIS,
    ITEM_KIND,
    BODY_KIND,
    ROLE,
    OBLIGATION_KIND,
    TRIGGER,
    RESPONSE_KIND,
    POSITION,
    VERDICT,
    CLAIM_STATE,
    SPEAKER,
    OBJECTION_KIND,
    OBJECTION_STATE,
    CLOCK_ENTRY,
    END_CAUSE,
    DUE_SOURCE,
)
_BY_KIND: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {type(next(iter(t))): t for t in _TABLES}


def word(member: StrEnum, tongue: Tongue) -> str:
    """A word of the product in the reader's language; a KeyError for an enumeration that is not shown."""
    return tongue.say(_BY_KIND[type(member)][member])


SUPPORTING = N_("Supporting role")


def stamp(
    standing: w.Standing, basis: w.Basis, kind: w.ObligationKind, tongue: Tongue, *, has_date: bool = False
) -> str:
    """The short word of a standing: delivered for answered, and "not answered by the date asked for" by its basis.

    Who waits although there is a date owes it in a supporting role.
    """
    if standing is w.Standing.WAITING and has_date:
        return tongue.say(SUPPORTING)
    asked = {} if basis.flags_overdue else STANDING_ASKED
    delivered = {} if kind is w.ObligationKind.RESPOND else STANDING_DELIVERED
    return tongue.say({**STANDING, **delivered, **asked}[standing])
