"""The reasons of a standing in words: one message per code."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.domain.reasons import Reason, Value
from tracker.rendering.tongue import N_, Tongue

REASONS: Mapping[str, str] = {
    "trigger_day_unknown": N_("Nobody knows on which day the event happened that the period runs from."),
    "no_due_date": N_("Neither the document nor a rule gives a due day."),
    "rule_problem": N_("The rule could not give a day: %(problem)s."),
    "stated_before_start": N_(
        "The date in the document (%(stated)s) lies before the start (%(start)s); an editor has to decide."
    ),
    "stated_before_asked": N_(
        "The date in the document (%(stated)s) lies before the day of the document itself (%(asked)s); "
        "an editor has to decide."
    ),
    "stated_off_by_a_year": N_(
        "The date in the document (%(stated)s) and the computed one (%(computed)s) lie about a year or more apart; "
        "an editor has to decide."
    ),
    "restart_not_computed": N_(
        "The period began afresh on %(begin)s, and the day after that is not computed."
    ),
    "far_from_rule": N_(
        "The document says %(stated)s, the rule gives %(computed)s: more than a fifth of the period apart. "
        "The stated date counts."
    ),
    "pause_end_not_computed": N_(
        "The clock was stopped and started again, and the day after that is not computed."
    ),
    "rule_not_confirmed": N_(
        "The rule has not been confirmed by an editor yet: its date is shown and flags nobody."
    ),
    "dates_differ": N_("The document says %(stated)s, the rule gives %(computed)s; the stated date counts."),
    "computed_by_decision": N_(
        "The document says %(stated)s, the rule gives %(computed)s; an editor decided that the computed date counts."
    ),
    "two_rules": N_("Two official rules give %(earlier)s and %(later)s; the later one counts."),
    "due_day_of_period": N_("The date is given as “%(written)s”; the last day of that period counts."),
    "extended": N_("Extended on %(given)s from %(old)s to %(new)s."),
    "extension_beyond_rule": N_(
        "The extension of %(given)s to %(to)s is longer than the rule allows (%(limit)s at most)."
    ),
    "extension_too_late": N_(
        "An extension to %(to)s was given too late, on %(given)s: the date stands, %(due)s."
    ),
    "extension_not_later": N_("An extension of %(given)s to %(to)s is no later than the date in force."),
    "extension_only_recorded": N_(
        "An extension of %(given)s to %(to)s came after the due day or shortens it: it is recorded and moves nothing."
    ),
    "paused": N_("The clock has been stopped since %(begin)s."),
    "moved_by_pause": N_(
        "The clock stood still from %(begin)s to %(end)s: the due day moved from %(old)s to %(new)s."
    ),
    "pause_only_recorded": N_(
        "A stop from %(begin)s began after the due day: it is recorded and moves nothing."
    ),
    "pause_not_allowed": N_(
        "A stop from %(begin)s is recorded and moves nothing: the rule does not let its clock stand still."
    ),
    "restarted": N_("The period began afresh on %(begin)s: the due day moved from %(old)s to %(new)s."),
    "restart_only_recorded": N_(
        "A fresh start on %(begin)s came after the due day: it is recorded and moves nothing."
    ),
    "transferred": N_("The duty passed to another body on %(on)s."),
    "late_at_least": N_("The answer is dated by a period: it is at least %(days)s days late."),
    "lateness_unknown": N_("Whether the answer came in time cannot be told from its dates."),
    "one_reader_so_far": N_(
        "One reader so far: a verdict waits for its second reader and does not count yet."
    ),
    "only_proposed": N_("Something that may be an answer was found; nobody has decided yet what it is."),
    "retracted": N_("The body withdrew a response on %(on)s; the days are counted from there."),
    "supporting": N_("A supporting body: shown, never flagged."),
}
PROBLEMS: Mapping[str, str] = {
    "start_unknown": N_("the day it runs from is not known"),
    "amount_missing": N_("the rule has no number of its own"),
    "sittings_missing": N_("the list of sitting days does not reach far enough"),
    "out_of_range": N_("the date would lie beyond the calendar"),
    "other_clock_unknown": N_("its second clock is not known"),
    "not_in_force": N_("it was not in force on that day"),
    "date_not_known": N_("the day is not known"),
}
"""Why a rule gave no day."""


def reason_words(reason: Reason, tongue: Tongue) -> str:
    """One reason as a sentence."""
    values = {name: _value(value, tongue) for name, value in reason.values}
    if reason.code == "rule_problem":
        values["problem"] = _problem(values["problem"], tongue)
    return tongue.say(REASONS[reason.code], **values)


def _problem(code: str, tongue: Tongue) -> str:
    """Codes are never shown; what nobody has worded means at least that there is no day."""
    return tongue.say(PROBLEMS.get(code, PROBLEMS["date_not_known"]))


def reasons_of(detail: Mapping[str, Any]) -> tuple[Reason, ...]:
    """The reasons as a stored segment keeps them."""
    kept = detail.get("reasons") or ()
    return tuple(Reason(one["code"], tuple(map(_read, one.get("values", ())))) for one in kept)


def _read(pair: tuple[str, Any]) -> tuple[str, Value]:
    name, value = pair
    try:
        return name, date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return name, value


def _value(value: Value, tongue: Tongue) -> str:
    return tongue.day(value) if isinstance(value, date) else str(value)
