"""How a due date came about in one line: "Received 29 February 2024 · left out 29 March (Good Friday) · due …"."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from tracker.domain.steps import Step
from tracker.domain.words import Trigger
from tracker.rendering.step_words import period_words, places_said
from tracker.rendering.tongue import N_, Tongue

SEPARATOR = " · "
_STARTED: Mapping[Trigger | None, str] = {
    None: N_("From %(day)s"),
    Trigger.PUBLISHED: N_("Published %(day)s"),
    Trigger.LAID: N_("Laid before Parliament %(day)s"),
    Trigger.RECEIVED: N_("Received %(day)s"),
    Trigger.ADOPTED: N_("Adopted %(day)s"),
    Trigger.THRESHOLD: N_("Threshold reached %(day)s"),
    Trigger.SUBMITTED: N_("Submitted %(day)s"),
    Trigger.DATED: N_("Dated %(day)s"),
}
_FIRST: Mapping[str, str] = {
    "exclusive": N_("day after is day 1"),
    "day_after": N_("counted from the day after"),
    "inclusive": N_("that day is day 1"),
}
_SHORT: Mapping[str, str] = {
    "roll": N_("moved from %(was)s to %(weekday)s"),
    "floor": N_("moved to %(weekday)s for the least number of working days"),
    "before_bound": N_("due before that day"),
    "pause": N_("clock stopped %(since)s to %(until)s"),
    "extension": N_("extended by %(period)s"),
    "extension_built_in": N_("extended by %(period)s"),
    "extension_until": N_("extended to %(weekday)s"),
    "restart": N_("begun afresh %(day)s"),
    "fixed": N_("named by the rule itself"),
    "other_clock": N_("a second clock beside it"),
    "due": N_("due %(weekday)s"),
}
_BY_RULE = N_("by the rule alone due %(weekday)s")
_UNSETTLED = N_("without what is still open due %(weekday)s")


def short_steps(
    steps: Iterable[Step],
    trigger: Trigger | None,
    tongue: Tongue,
    due_on: date | None = None,
    unsettled: bool = False,
) -> str:
    """The steps that make the date, apart by dots; empty where they lead to none.

    `due_on`: the day that counts; `unsettled`: it will move, or is in doubt.
    """
    all_steps = list(steps)
    if not any(step.code == "due" for step in all_steps):
        return ""
    return SEPARATOR.join(_parts(all_steps, trigger, tongue, due_on, unsettled))


def _parts(
    steps: list[Step], trigger: Trigger | None, tongue: Tongue, due_on: date | None, unsettled: bool
) -> Iterator[str]:
    left_out: list[str] = []
    for step in steps:
        if step.code == "holiday":
            left_out.append(_left_out(step, tongue))
            continue
        if left_out:
            yield tongue.say(N_("left out: %(days)s"), days=", ".join(left_out))
            left_out = []
        if step.code == "due" and step.day and due_on and step.day != due_on:
            yield tongue.say(_BY_RULE, weekday=tongue.weekday(step.day))
            continue
        if step.code == "due" and step.day and unsettled:
            yield tongue.say(_UNSETTLED, weekday=tongue.weekday(step.day))
            continue
        said = _part(step, trigger, tongue)
        if said:
            yield said


def _left_out(step: Step, tongue: Tongue) -> str:
    until = str(step.values.get("until", ""))
    days = tongue.day(step.day) if step.day else ""
    if step.day and until and until != step.day.isoformat():
        days = f"{days} – {tongue.day(date.fromisoformat(until))}"
    names = [str(step.values["name"])]
    if step.values.get("where"):
        names.append(places_said(str(step.values["where"]), tongue))
    return f"{days} ({', '.join(names)})"


def _part(step: Step, trigger: Trigger | None, tongue: Tongue) -> str:
    chosen: Mapping[str, Callable[[], str]] = {
        "start": lambda: tongue.say(_STARTED[trigger], day=tongue.day(step.day) if step.day else "–"),
        "first_day": lambda: _first_day(step, tongue),
        "count": lambda: _period(step, tongue),
    }
    if step.code in chosen:
        return chosen[step.code]()
    return tongue.say(_SHORT[step.code], **_values(step, tongue)) if step.code in _SHORT else ""


def _first_day(step: Step, tongue: Tongue) -> str:
    if step.values.get("later") and step.day:
        return tongue.say(N_("day 1 is %(day)s"), day=tongue.day(step.day))
    return tongue.say(_FIRST[str(step.values["mode"])])


def _period(step: Step, tongue: Tongue) -> str:
    return period_words(int(step.values["amount"]), str(step.values["unit"]), tongue)


def _values(step: Step, tongue: Tongue) -> dict[str, object]:
    values: dict[str, object] = {
        name: tongue.day(date.fromisoformat(str(step.values[name])))
        for name in ("was", "since", "until")
        if name in step.values
    }
    if step.day:
        values |= {"day": tongue.day(step.day), "weekday": tongue.weekday(step.day)}
    return values | ({"period": _period(step, tongue)} if "unit" in step.values else {})
