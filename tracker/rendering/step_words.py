"""How a due date came about, in words: one message per code of a step."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from tracker.domain.steps import Step
from tracker.rendering.tongue import N_, NN_, Forms, Tongue

_UNITS: Mapping[str, Forms] = {
    "days": NN_("%(n)d day", "%(n)d days"),
    "working_days": NN_("%(n)d working day", "%(n)d working days"),
    "workable_days": NN_("%(n)d working day, Saturdays included", "%(n)d working days, Saturdays included"),
    "weeks": NN_("%(n)d week", "%(n)d weeks"),
    "working_weeks": NN_("%(n)d working week", "%(n)d working weeks"),
    "months": NN_("%(n)d month", "%(n)d months"),
    "years": NN_("%(n)d year", "%(n)d years"),
    "sitting_days": NN_("%(n)d sitting day", "%(n)d sitting days"),
    "school_days": NN_("%(n)d school day", "%(n)d school days"),
    "clear_days": NN_("%(n)d clear day", "%(n)d clear days"),
    "half_months": NN_("%(n)d half month", "%(n)d half months"),
    "hours": NN_("%(n)d hour", "%(n)d hours"),
}
_NAMELESS: Mapping[str, str] = {"fixed_date": N_("a fixed date"), "none": N_("no date")}
STEPS: Mapping[str, str] = {
    "rule_version": N_("The text of the rule in force on %(day)s was used."),
    "not_in_force": N_("The rule was not in force on %(day)s."),
    "earlier_text": N_("Before %(day)s the rule read otherwise: the date needs checking."),
    "start": N_("The period runs from %(day)s."),
    "start_unknown": N_("The day it runs from is not known, so nothing can be counted."),
    "amount_missing": N_("The rule has no number of its own; one must be given."),
    "holiday": N_("%(day)s is left out: %(name)s."),
    "holiday_somewhere": N_("%(day)s is left out: %(name)s, in %(where)s."),
    "holidays": N_("%(day)s to %(until)s are left out: %(name)s."),
    "count": N_("Counting %(period)s ends on %(weekday)s."),
    "month_end": N_("That month has no day %(wanted)s: its last day counts, %(day)s."),
    "fixed": N_("The rule itself names the day: %(weekday)s."),
    "no_date": N_("The rule sets no date."),
    "no_date_because": N_("The rule sets no date: %(because)s."),
    "hour_unknown": N_(
        "The hours end on one of two days, depending on the hour of the event, so no day can be told."
    ),
    "sittings_missing": N_("The list of days that count does not reach far enough."),
    "before_bound": N_("The answer is due before that day: the last good day is %(weekday)s."),
    "roll": N_("%(was)s is no working day (%(reason)s): it moves to %(weekday)s."),
    "floor": N_("Moved to %(weekday)s, so that the period holds %(working_days)s working days."),
    "pause": N_("The clock stood still from %(since)s to %(until)s: %(period)s put back."),
    "pause_open": N_("The clock has been stopped since %(day)s."),
    "pause_too_late": N_("A stop from %(since)s began after the due day and moves nothing."),
    "pause_not_in_rule": N_("The rule itself names nothing that stops its clock (%(since)s)."),
    "pause_ignored": N_("The rule does not let its clock be stopped (%(since)s)."),
    "restart": N_("Due until then: %(due)s. The period began afresh on %(day)s."),
    "restart_too_late": N_("A fresh start on %(day)s came after the due day (%(due)s) and moves nothing."),
    "restart_keeps": N_("Counted afresh it would end earlier: the day until then stays."),
    "extension": N_("Extended by %(period)s."),
    "extension_not_in_rule": N_("The rule itself provides for no extension."),
    "extension_until": N_("Extended to %(weekday)s."),
    "extension_built_in": N_("The rule includes an extension of %(period)s."),
    "extension_not_later": N_("An extension to %(day)s is not later than the due day and moves nothing."),
    "extension_too_late": N_("An extension given on %(given)s came after the due day and moves nothing."),
    "extension_beyond_rule": N_("The extension of %(period)s is longer than the rule allows (%(most)s)."),
    "other_clock": N_("The rule has a second clock of %(period)s; %(keep)s of the two counts."),
    "other_clock_unknown": N_("One of the two clocks of the rule cannot be computed."),
    "out_of_range": N_("The date would lie beyond the calendar."),
    "provisional": N_("Holidays after %(known_until)s are not all known yet: the date may still move."),
    "core_days_only": N_(
        "Office closing days of the institutions are set every year: none is in this calendar "
        "unless this site was told of it."
    ),
    "taken_over": N_("The data set this was taken over from reads the words as %(weekday)s."),
    "revoked": N_("The instrument was revoked on %(day)s: what was open then is void."),
    "due": N_("Due on %(weekday)s. Overdue begins the day after."),
    "due_by": N_("Due on %(weekday)s, by %(time)s. Overdue begins the day after."),
    "due_by_rule": N_("By the rule alone it is due on %(weekday)s."),
}
_UNSETTLED = N_("Without what is still open that would be %(weekday)s.")
_FIRST_DAY: Mapping[str, str] = {
    "exclusive": N_("The start day itself does not count: the first day is %(day)s."),
    "inclusive": N_("The start day counts: the first day is %(day)s."),
    "day_after": N_("The period begins the day after; the first day is %(day)s."),
}
_NOT_AT_ONCE = N_("The start day is none of the days that count: the first is %(day)s.")
_KEEP: Mapping[str, str] = {"earliest": N_("the earlier"), "latest": N_("the later")}
_REASON: Mapping[str, str] = {"Saturday": N_("a Saturday"), "Sunday": N_("a Sunday")}
_DAYS = ("was", "since", "until", "given", "due")


def period_words(amount: int, unit: str, tongue: Tongue) -> str:
    """So many of a unit: "20 working days"."""
    if unit in _NAMELESS:
        return tongue.say(_NAMELESS[unit])
    return tongue.count(_UNITS[unit], amount)


def step_words(step: Step, tongue: Tongue) -> str:
    """One step as a sentence."""
    values: dict[str, object] = dict(step.values)
    values |= {name: _day(values[name], tongue) for name in _DAYS if name in values}
    if step.day is not None:
        values |= {"day": tongue.day(step.day), "weekday": tongue.weekday(step.day)}
    if "unit" in step.values:
        values["period"] = period_words(int(step.values["amount"]), str(step.values["unit"]), tongue)
    if step.values.get("where"):
        values["where"] = places_said(str(step.values["where"]), tongue)
    for name, table in (("keep", _KEEP), ("reason", _REASON)):
        if values.get(name) in table:
            values[name] = tongue.say(table[str(values[name])])
    return tongue.say(_message(step), **values)


def places_said(names: str, tongue: Tongue) -> str:
    """The parts of a union that have a holiday, in the reader's language where they have a name in it."""
    return ", ".join(tongue.say(name) for name in names.split(", "))


def steps_words(
    steps: Iterable[Step], tongue: Tongue, due_on: date | None = None, unsettled: bool = False
) -> list[str]:
    """All steps, in order; `due_on` is the day that counts, where it may be another than that of the steps.

    `unsettled`: that day will move, or is in doubt.
    """
    all_steps = list(steps)
    void = any(step.code == "revoked" for step in all_steps)
    said = [_in_its_place(step, tongue, void, due_on) for step in all_steps]
    # While something is still open - a stop without an end, a conflict - nothing is overdue after that day.
    for place, step in enumerate(all_steps):
        if unsettled and step.code == "due" and step.day and step.day == (due_on or step.day):
            said[place] = tongue.say(_UNSETTLED, weekday=tongue.weekday(step.day))
    return said


def _in_its_place(step: Step, tongue: Tongue, void: bool, due_on: date | None) -> str:
    """A day that does not count is only the rule's own: nothing is overdue after it."""
    if step.code == "due" and step.day and (void or (due_on or step.day) != step.day):
        return tongue.say(STEPS["due_by_rule"], weekday=tongue.weekday(step.day))
    return step_words(step, tongue)


def steps_from(data: Iterable[Mapping[str, object]]) -> list[Step]:
    """Steps as they are kept with an obligation."""
    return [_step(one) for one in data]


def _step(data: Mapping[str, object]) -> Step:
    day, values = data.get("day"), data.get("values")
    return Step(
        str(data["code"]),
        date.fromisoformat(str(day)) if day else None,
        dict(values) if isinstance(values, Mapping) else {},
    )


def _message(step: Step) -> str:
    chosen: Mapping[str, Callable[[], str]] = {
        "first_day": lambda: _first_day(step),
        "holiday": lambda: STEPS[_holiday(step)],
        "no_date": lambda: STEPS["no_date_because" if step.values.get("because") else "no_date"],
        "due": lambda: STEPS["due_by" if step.values.get("time") else "due"],
    }
    return chosen[step.code]() if step.code in chosen else STEPS[step.code]


def _first_day(step: Step) -> str:
    mode = str(step.values["mode"])
    return _NOT_AT_ONCE if mode == "inclusive" and step.values.get("later") else _FIRST_DAY[mode]


def _holiday(step: Step) -> str:
    if _many_days(step):
        return "holidays"
    return "holiday_somewhere" if step.values.get("where") else "holiday"


def _many_days(step: Step) -> bool:
    return step.day is not None and str(step.values.get("until", step.day)) != step.day.isoformat()


def _day(value: object, tongue: Tongue) -> str:
    written = str(value)
    try:
        return tongue.day(date.fromisoformat(written))
    except ValueError:
        return written
