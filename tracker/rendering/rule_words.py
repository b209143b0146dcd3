"""A deadline rule in words: what it counts, from when, to which end, and what moves it."""

from collections.abc import Iterator, Mapping

from tracker.domain.rules import Rule
from tracker.domain.units import unit
from tracker.rendering.step_words import period_words
from tracker.rendering.tongue import N_, Tongue

UNITS: Mapping[str, str] = {
    "hours": N_("hours"),
    "days": N_("days"),
    "clear_days": N_("clear days"),
    "working_days": N_("working days"),
    "workable_days": N_("working days, Saturdays included"),
    "school_days": N_("school days"),
    "weeks": N_("weeks"),
    "working_weeks": N_("working weeks"),
    "half_months": N_("half months"),
    "months": N_("months"),
    "years": N_("years"),
    "sitting_days": N_("sitting days"),
    "fixed_date": N_("a fixed date"),
    "none": N_("no date"),
}
COUNTING: Mapping[str, str] = {
    "hours": N_("Hours are counted from the event; a date follows only where the hour cannot change it."),
    "days": N_("Calendar days: weekends and holidays count."),
    "clear_days": N_("Clear days: neither the day of the event nor the last day counts."),
    "working_days": N_("Working days of the calendar: weekends, holidays and closures are left out."),
    "workable_days": N_("Every day but Sundays and holidays of the calendar: Saturdays count."),
    "school_days": N_("Days on which the school is open, from a given list."),
    "weeks": N_("Weeks of seven days: the period ends on the same day of the week."),
    "working_weeks": N_("A week is five working days in a row."),
    "half_months": N_("Half a month is fifteen days."),
    "months": N_("Months end on the corresponding day; where there is none, on the last day of the month."),
    "years": N_("Years end on the corresponding day; 29 February ends on 28 February."),
    "sitting_days": N_("Days on which the House sits, from a given list of sittings."),
    "fixed_date": N_("The rule itself names the date."),
    "none": N_("The rule sets no date."),
}
FORCES: Mapping[str, str] = {
    "statutory": N_("statutory"),
    "regulatory": N_("regulatory"),
    "executive order": N_("executive order"),
    "court order": N_("court order"),
    "treaty": N_("treaty"),
    "statutory (should)": N_("statutory (should)"),
    "meta-rule": N_("meta-rule"),
    "convention": N_("convention"),
    "protocol": N_("protocol"),
    "resolution": N_("resolution"),
    "parliamentary rule": N_("parliamentary rule"),
    "policy": N_("policy"),
    "membership rule": N_("membership rule"),
    "international practice": N_("international practice"),
    "international standard": N_("international standard"),
    "treaty practice": N_("treaty practice"),
    "UN resolution": N_("UN resolution"),
    "UN practice": N_("UN practice"),
    "practice": N_("practice"),
    "political commitment": N_("political commitment"),
    "voluntary": N_("voluntary"),
    "request": N_("request"),
    "benchmark": N_("benchmark"),
}
START: Mapping[str, str] = {
    "exclusive": N_("The day of the event does not count."),
    "inclusive": N_("The day of the event counts as the first day."),
    "day_after": N_("The period is reckoned from the day after the event."),
}
_END: Mapping[str, str] = {
    "exclusive": N_(
        "The answer is due before the last day of the count: the day before is the last good one."
    ),
    "inclusive": N_("The last day of the count is the last good day."),
}
_ROLL: Mapping[str, str] = {
    "none": N_("A last day on a weekend or holiday stays where it is."),
    "next": N_("A last day on one of these moves to the next day that is none: %(days)s."),
    "previous": N_("A last day on one of these moves to the last day before that is none: %(days)s."),
}
_CLASSES: Mapping[str, str] = {
    "saturday": N_("a Saturday"),
    "sunday": N_("a Sunday"),
    "holiday": N_("a holiday"),
}
FATES: Mapping[str, str] = {
    "continues": N_("the clock runs on"),
    "ends": N_("the duty ends"),
    "stops": N_("the clock stops"),
    "unknown": N_("not settled: an editor decides each time"),
}
CONFIDENCE: Mapping[str, str] = {
    "verified": N_("Read in the source."),
    "partly verified": N_("Partly read in the source; the rest is general knowledge."),
    "general knowledge": N_(
        "General knowledge: awaits checking, and flags nobody until an editor confirms it."
    ),
}
_UNCHECKED = N_("Awaits checking, and flags nobody until an editor confirms it.")
_NOTICE: Mapping[bool, str] = {
    True: N_("It must be announced within the period."),
    False: N_("No announcement within the period is asked for."),
}
_CURES: Mapping[bool, str] = {
    True: N_("Given after the due day it still counts."),
    False: N_("Given after the due day it is recorded and moves nothing."),
}
_KEEP: Mapping[str, str] = {
    "earliest": N_("A second clock of %(period)s runs beside it: the earlier day counts."),
    "latest": N_("A second clock of %(period)s runs beside it: the later day counts."),
}


def unit_name(name: str, tongue: Tongue) -> str:
    """What a unit is called without a number."""
    return tongue.say(UNITS[name]) if name in UNITS else name.replace("_", " ")


def counting_words(rule: Rule, tongue: Tongue) -> Iterator[str]:
    """How the period is counted, sentence by sentence."""
    if rule.unit in COUNTING:
        yield tongue.say(COUNTING[rule.unit])
    if rule.unit in ("none", "fixed_date"):
        return
    yield tongue.say(START[rule.start_mode])
    if rule.end_bound == "exclusive":
        yield tongue.say(_END["exclusive"])
    if rule.roll != "none" or not unit(rule.unit).USES_CALENDAR:
        days = tongue.listed(tongue.say(_CLASSES[one]) for one in rule.roll_from)
        yield tongue.say(_ROLL[rule.roll], days=days)
    if rule.min_working_days:
        least = period_words(rule.min_working_days, "working_days", tongue)
        yield tongue.say(N_("The period holds at least %(least)s."), least=least)
    if rule.other:
        yield tongue.say(
            _KEEP[rule.other.keep], period=period_words(rule.other.amount, rule.other.unit, tongue)
        )
    if rule.due_time:
        yield tongue.say(N_("By %(time)s on that day; the hour never changes the day."), time=rule.due_time)


def looks_at_calendar(rule: Rule) -> bool:
    """Whether holidays of a place can change a date by this rule."""
    others = {rule.unit, rule.other.unit if rule.other else rule.unit}
    extends = rule.extension.unit if rule.extension and rule.extension.unit else rule.unit
    by_unit = any(unit(name).USES_CALENDAR for name in {*others, extends})
    return by_unit or rule.roll != "none" or rule.min_working_days > 0


def force_words(rule: Rule, tongue: Tongue) -> str:
    """What kind of instrument binds, in a finer word than the basis."""
    return tongue.say(FORCES[rule.force])


def extension_words(rule: Rule, tongue: Tongue) -> Iterator[str]:
    """How the period may be made longer, sentence by sentence."""
    terms = rule.extension
    if terms is None:
        yield tongue.say(N_("None is provided for; one that is given anyway is shown as beyond the rule."))
        return
    if terms.built_in:
        yield tongue.say(N_("The period is one already extended."))
    elif terms.amount:
        most = period_words(terms.amount, terms.unit or rule.unit, tongue)
        yield tongue.say(N_("By at most %(most)s."), most=most)
    else:
        yield tongue.say(N_("Allowed, without a fixed limit."))
    if terms.base == "previous":
        yield tongue.say(N_("It is counted from the end of the period before."))
    yield tongue.say(_NOTICE[terms.notice])
    yield tongue.say(_CURES[terms.cures_late])


def confidence_words(rule: Rule, tongue: Tongue) -> str:
    """How far the rule was read in its source."""
    said = CONFIDENCE.get(_confidence(rule), "")
    worded = tongue.say(said) if said else rule.confidence
    unsaid = not rule.checked and rule.confidence != "general knowledge"
    return f"{worded} {tongue.say(_UNCHECKED)}".strip() if unsaid else worded


def _confidence(rule: Rule) -> str:
    """A rule whose own words call a part of it general knowledge was read in part."""
    told = f"{rule.notes} {rule.legal_basis} {rule.source}"
    partly = rule.confidence == "verified" and "general knowledge" in told
    return "partly verified" if partly else rule.confidence


def fate_words(fate: str, tongue: Tongue) -> str:
    """What the end of a sitting does to the clock."""
    return tongue.say(FATES[fate]) if fate in FATES else fate
