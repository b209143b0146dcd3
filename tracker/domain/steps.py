"""How a due date came about, as data: codes and values, worded at the rim in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

STEP_CODES: Mapping[str, str] = {
    "rule_version": "the text of the rule in force on the start day was used (from, until, amount)",
    "not_in_force": "the rule was not in force on the start day (from, until)",
    "earlier_text": "before this day the rule read otherwise, since when is not known",
    "start": "the event the period runs from",
    "start_unknown": "the day of the event is not known, so nothing can be counted",
    "amount_missing": "the rule has no number of its own; one must be given",
    "first_day": "the first day that counts (mode: exclusive, inclusive or day_after; later: not the first possible)",
    "holiday": "a day left out of the count or rolled over because it is a holiday or closure (name, until, where)",
    "count": "the end of the count (amount, unit)",
    "month_end": "there is no such day in that month: its last day counts (wanted)",
    "fixed": "the date is fixed by the rule itself",
    "no_date": "the rule sets no date (because, where the rule says why)",
    "hour_unknown": "the hours would end on one day or the next, depending on the hour of the event (amount)",
    "sittings_missing": "the list of sitting days does not reach far enough (known, amount)",
    "before_bound": "the answer is due before that day: the last good day is the day before",
    "roll": "the last day was not a working day and moved (was, reason, direction)",
    "floor": "moved so that the period holds enough working days (working_days)",
    "pause": "the clock was stopped; the due day moved by the units inside (since, until, amount, unit)",
    "pause_open": "the clock has been stopped since this day and has not been started again",
    "pause_too_late": "a pause that began after the due day moves nothing (since)",
    "pause_not_in_rule": "the rule itself names nothing that stops its clock (since)",
    "pause_ignored": "the rule does not allow its clock to be stopped (since)",
    "restart": "the period began afresh on this day: what follows is counted from it (due: the day until then)",
    "restart_too_late": "a fresh start after the due day moves nothing (due)",
    "restart_keeps": "counted afresh the period would end earlier: the later day stays",
    "extension": "the period was made longer (amount, unit, base: start or previous)",
    "extension_not_in_rule": "the rule itself provides for no extension",
    "extension_until": "the period was extended to this day",
    "extension_not_later": "that day is not later than the due day in force, so nothing moves",
    "extension_built_in": "the rule itself is about a period already extended (amount, unit)",
    "extension_too_late": "given after the due day in force, and not of a kind that cures (given)",
    "extension_beyond_rule": "longer than the rule allows (amount, unit, most)",
    "other_clock": "the second clock of the rule; its own steps follow (amount, unit, keep: earliest or latest)",
    "other_clock_unknown": "one of the two clocks of the rule cannot be computed",
    "out_of_range": "the date would lie beyond the calendar",
    "provisional": "holidays of that year are not all known yet (known_until)",
    "core_days_only": "the yearly office closing days of that place are in no list of ours",
    "revoked": "the instrument was revoked on this day; what was open then is void",
    "taken_over": "worked out elsewhere, from words of the document; no rule of ours was applied",
    "due": "the due day; overdue begins the day after (time, where an hour is named)",
}
"""Every code a step may carry, with a one-line gloss and the names of its values."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a due date: a code of STEP_CODES, the day it is about, and its values."""

    code: str
    day: date | None = None
    values: Mapping[str, str | int] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """The step as JSON-able data."""
        return {"code": self.code, "day": self.day and self.day.isoformat(), "values": dict(self.values)}
