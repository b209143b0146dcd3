"""Events of the public log in words: one message per kind; dates and days come from the event's own detail."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tracker.domain.words import Basis, EventKind, Verdict
from tracker.rendering.named_bodies import body_change_words, signers_words
from tracker.rendering.objection_words import objected_event
from tracker.rendering.recomputation_words import flag_words, why_words
from tracker.rendering.reminded_words import reminded_words
from tracker.rendering.tongue import N_, NN_, Tongue

Detail = Mapping[str, Any]

EVENT: Mapping[EventKind, str] = {
    EventKind.DUE_SOON: N_("Due soon"),
    EventKind.BECAME_OVERDUE: N_("Became overdue"),
    EventKind.BECAME_OVERDUE_UNSUBSTANTIVE: N_("Became overdue without a substantive answer"),
    EventKind.RESPONSE_FOUND: N_("Response found"),
    EventKind.PARTLY_ANSWERED: N_("Answered in part"),
    EventKind.ANSWERED: N_("Answered"),
    EventKind.ANSWERED_LATE: N_("Answered late"),
    EventKind.REOPENED: N_("Open again"),
    EventKind.DATE_MOVED: N_("Due day moved"),
    EventKind.PAUSED: N_("Clock stopped"),
    EventKind.RESUMED: N_("Clock running again"),
    EventKind.VOID: N_("Lapsed"),
    EventKind.OBJECTED: N_("The body objects"),
    EventKind.CORRECTED: N_("Corrected"),
    EventKind.LOGGED: N_("Entered"),
    EventKind.NOTED: N_("Noted"),
    EventKind.SOURCE_BROKEN: N_("We can no longer read a source"),
    EventKind.SOURCE_MENDED: N_("We can read a source again"),
}
"""What an event is called."""

_ASKED: Mapping[EventKind, str] = {
    EventKind.BECAME_OVERDUE: N_("Not answered by the date asked for"),
    EventKind.BECAME_OVERDUE_UNSUBSTANTIVE: N_("No substance by the date asked for"),
}
"""Where the asker or the watchdog named the date."""


NO_VERDICT = "none"
"""What the log keeps where nobody has judged what came: a receipt or a holding reply only."""
_HOLLOW: Mapping[tuple[str, bool], str] = {
    (Verdict.NOT.value, True): N_("Became overdue: what came is no answer"),
    (Verdict.NOT.value, False): N_("What came by the date asked for is no answer"),
    (NO_VERDICT, True): N_("Became overdue: only a holding reply"),
    (NO_VERDICT, False): N_("Only a holding reply by the date asked for"),
}
"""By (the verdict in force, the date binds)."""


def event_word(kind: EventKind, detail: Detail, tongue: Tongue) -> str:
    """What an event is called, by its basis and by what was judged."""
    basis = detail.get("basis")
    binding = basis is None or Basis(str(basis)).flags_overdue
    plain = EVENT[kind] if binding else {**EVENT, **_ASKED}[kind]
    hollow = kind is EventKind.BECAME_OVERDUE_UNSUBSTANTIVE
    judged = (str(detail.get("verdict")), binding)
    return tongue.say(_HOLLOW.get(judged, plain) if hollow else plain)


FLAGS = frozenset({EventKind.BECAME_OVERDUE, EventKind.BECAME_OVERDUE_UNSUBSTANTIVE})


def event_days(kind: EventKind, happened_on: date, detail: Detail, tongue: Tongue) -> str:
    """When it happened; a flag did not happen on the day of the look: it was due, and was found."""
    due = _day(detail, "due_on")
    if kind not in FLAGS or due is None:
        return tongue.day(happened_on)
    looked = _day(detail, "checked_on") or happened_on
    return tongue.say(N_("due %(due)s, found on %(looked)s"), due=tongue.day(due), looked=tongue.day(looked))


def event_words(kind: EventKind, detail: Detail, tongue: Tongue) -> str:
    """An event with what its detail says of days and dates."""
    said, more = event_word(kind, detail, tongue), event_more(kind, detail, tongue)
    return f"{tongue.colon(said)} {more}" if more else said


def event_more(kind: EventKind, detail: Detail, tongue: Tongue) -> str:
    """What an event's detail says of days and dates; empty where it says nothing."""
    return _MORE.get(kind, _nothing)(detail, tongue)


def _nothing(_detail: Detail, _tongue: Tongue) -> str:
    return ""


def _overdue(detail: Detail, tongue: Tongue) -> str:
    days, looked = detail.get("days_overdue"), _day(detail, "checked_on")
    if days is None or looked is None:
        return ""
    return tongue.count(
        NN_("%(n)d day when last looked, on %(looked)s", "%(n)d days when last looked, on %(looked)s"),
        int(days),
        looked=tongue.day(looked),
    )


def _late(detail: Detail, tongue: Tongue) -> str:
    days = detail.get("late_days")
    return tongue.count(NN_("%(n)d day", "%(n)d days"), int(days)) if days is not None else ""


def _moved(detail: Detail, tongue: Tongue) -> str:
    """From when to when; and why, where nobody moved it."""
    old, new = _day(detail, "old"), _day(detail, "new")
    days = _MOVES[old is not None, new is not None]
    said = tongue.say(days, old=old and tongue.day(old), new=new and tongue.day(new)) if days else ""
    more = [part for part in (why_words(detail, tongue), flag_words(detail, tongue)) if part]
    return " – ".join(part for part in (said, tongue.in_turn(more)) if part)


_MOVES: Mapping[tuple[bool, bool], str] = {
    (True, True): N_("from %(old)s to %(new)s"),
    (False, True): N_("to %(new)s; there was none"),
    (True, False): N_("from %(old)s; there is none now"),
    (False, False): "",
}
"""By (there was a day, there is one)."""


def _due(detail: Detail, tongue: Tongue) -> str:
    due = _day(detail, "due_on")
    return tongue.weekday(due) if due else ""


CORRECTION: Mapping[str, str] = {
    "text": N_("what was written here"),
    "clock": N_("the clock"),
    "clock_ahead": N_("said too early: the clock of our machine was ahead"),
    "check": N_("a look"),
    "response_struck": N_("a response that was struck"),
    "response_retracted": N_("a response the body withdrew"),
    "response_facts": N_("what was noted of a response"),
    "response": N_("what a response was taken for"),
    "verdict": N_("a verdict that was withdrawn"),
    "role": N_("in which role a body was asked"),
    "terms": N_("why and when it was due"),
    "body": N_("what was written of a body"),
    "body_renamed": N_("a body is called otherwise"),
    "body_rekeyed": N_("a body has another address here"),
    "body_merged": N_("a body became part of another"),
    "body_same": N_("a body had been entered twice"),
    "body_split": N_("a body was divided"),
    "body_part_of": N_("which body it is part of"),
    "body_members": N_("who the members of a group are"),
    "body_change_undone": N_("what was noted of a body is taken back"),
    "addressee_removed": N_("who owes the answer"),
    "visibility": N_("what is shown here"),
    "import_undone": N_("an import that was taken back"),
    "item_withdrawn": N_("an item that should not stand here"),
    "note": N_("a note on the timeline"),
    "watched_page": N_("a page that is no longer watched for the answer"),
    "objection_upheld": N_("the body’s objection was upheld"),
    "objection_corrected": N_("put right after the body objected"),
    "claim": N_("implementation, as somebody states it"),
    "statement": N_("the asker’s own word on a response"),
    "plain": "",
}
"""What was wrong, by the code the log keeps."""


def _corrected(detail: Detail, tongue: Tongue) -> str:
    """What was wrong, and the public reason."""
    what, reason = CORRECTION.get(str(detail.get("what"))), str(detail.get("reason") or "").strip()
    said = body_change_words(detail, tongue) or (tongue.say(what) if what else "")
    return f"{said} – {reason}" if said and reason else said or reason


NOTED: Mapping[str, str] = {
    "note": N_("a note on the timeline"),
    "watched_page": N_("a page on which the answer would appear"),
    "objection_not_upheld": N_("the body’s objection was not upheld"),
    "objection_withdrawn": N_("the body withdrew its objection"),
    "verdict": N_("a verdict was given"),
    "countersigned": N_("a second reader agreed with the verdict"),
    "topics": N_("its topics"),
    "handed_over": N_("another group keeps this process now"),
    "group": N_("what a group says of itself"),
    "claim": N_("implementation, as somebody states it"),
    "statement": N_("the asker’s own word on a response"),
    "looked": N_("somebody looked for the answer, and this is on record"),
    "new_key": N_("from here on another key signs the public log"),
    "archived": N_("where a public archive keeps a page"),
    "reminded": N_("the body was reminded"),
    "reminder_returned": N_("a reminder came back"),
    "reminders_stopped": N_("its mailbox asked not to be reminded"),
    "entered_process": N_("a process was entered"),
    "entered_document": N_("a document was entered"),
    "entered_body": N_("a body was entered"),
}
"""What was noted, by the code the log keeps."""


def _noted(detail: Detail, tongue: Tongue) -> str:
    """What was noted, and its words."""
    if detail.get("what") in ("reminded", "reminder_returned"):
        return reminded_words(detail, tongue)
    what, text = NOTED.get(str(detail.get("what"))), str(detail.get("text") or "").strip()
    return " – ".join(part for part in (tongue.say(what) if what else "", text) if part)


_MORE: Mapping[EventKind, Callable[[Detail, Tongue], str]] = {
    EventKind.BECAME_OVERDUE: _overdue,
    EventKind.BECAME_OVERDUE_UNSUBSTANTIVE: _overdue,
    EventKind.ANSWERED_LATE: _late,
    EventKind.RESPONSE_FOUND: signers_words,
    EventKind.DATE_MOVED: _moved,
    EventKind.DUE_SOON: _due,
    EventKind.CORRECTED: _corrected,
    EventKind.NOTED: _noted,
    EventKind.OBJECTED: objected_event,
}


def _day(detail: Detail, name: str) -> date | None:
    try:
        return date.fromisoformat(str(detail.get(name)))
    except ValueError:
        return None
