"""Why a standing is what it is: codes with their values, worded at the rim in the reader's language."""

from dataclasses import dataclass
from datetime import date

Value = date | int | str

REASON_CODES = {
    "trigger_day_unknown": "The event the period runs from happened on an unknown day.",
    "no_due_date": "Neither a stated date nor a rule gives a due day.",
    "rule_problem": "The rule could not compute a day; `problem` says why.",
    "stated_before_start": "The stated date precedes the start; an editor has to decide.",
    "stated_before_asked": "The stated date precedes the document that carries it; an editor has to decide.",
    "stated_off_by_a_year": "Stated and computed date lie a year apart, or more; an editor has to decide.",
    "pause_end_not_computed": "A pause has ended and the due day after it is not computed.",
    "rule_not_confirmed": "The rule is not yet confirmed by an editor: its date is shown and flags nobody.",
    "restart_not_computed": "The period began afresh and the due day after it is not computed.",
    "far_from_rule": "The stated date counts; it lies more than a fifth of the period off the computed one.",
    "dates_differ": "Stated and computed date differ by more than a day; the stated one counts.",
    "computed_by_decision": "Stated and computed date differ; an editor decided that the computed one counts.",
    "two_rules": "Two official rules give two days: the later one counts, the earlier is shown.",
    "due_day_of_period": "The date is given as a period; its last day counts.",
    "extended": "An extension moved the due day.",
    "extension_beyond_rule": "An extension moved the due day further than the rule allows (limit).",
    "extension_too_late": "An extension was given after the due day and does not cure: the date stands.",
    "extension_not_later": "An extension ends no later than the date in force: it moves nothing.",
    "extension_only_recorded": "An extension was given after the due day, or shortens: it moves nothing.",
    "paused": "The clock stopped on a day.",
    "moved_by_pause": "A pause moved the due day.",
    "pause_only_recorded": "A pause began after the due day: it moves nothing.",
    "pause_not_allowed": "The rule lets no clock stand still: the pause is recorded and moves nothing.",
    "restarted": "The period began afresh on a day; the due day is counted from it.",
    "restart_only_recorded": "The period was to begin afresh after the due day: it moves nothing.",
    "transferred": "An editor recorded that the duty passed to another body.",
    "late_at_least": "The answer is dated by a period; it is at least this many days late.",
    "lateness_unknown": "Whether the answer came in time cannot be told.",
    "one_reader_so_far": "A verdict waits for its second reader and does not count yet.",
    "only_proposed": "Something that may be an answer was found; nobody has decided yet what it is.",
    "retracted": "The body withdrew a response on a day; the days are counted from there.",
    "supporting": "A supporting body is shown and never flagged.",
}
"""Every code a standing can give, with a one-line gloss."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of REASON_CODES and its values by name."""

    code: str
    values: tuple[tuple[str, Value], ...] = ()


def reason(code: str, **values: Value) -> Reason:
    """A reason; an unlisted code is a mistake of ours and raises KeyError."""
    REASON_CODES[code]
    return Reason(code, tuple(values.items()))
