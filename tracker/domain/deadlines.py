"""From a rule, the day of the event and the clock entries to a due day that explains itself step by step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.calendars import Calendar
from tracker.domain.calendars import calendar as calendar_of
from tracker.domain.rules import MOST, Rule, RuleError
from tracker.domain.running_clock import Extension, RunningClock
from tracker.domain.steps import STEP_CODES, Step
from tracker.domain.units import Almanac, unit

__all__ = ["STEP_CODES", "Due", "Extension", "Pause", "Step", "compute"]

Pause = tuple[date, date | None]
"""The first and the last day of a stopped clock, both included; None = not started again."""

_PROBLEMS = (
    "pause_open",
    "start_unknown",
    "amount_missing",
    "sittings_missing",
    "hour_unknown",
    "out_of_range",
    "other_clock_unknown",
    "not_in_force",
)


@dataclass(frozen=True, slots=True)
class Due:
    """A computed due day (a date in the debtor's zone), how it came about, and what stands against it."""

    due_on: date | None
    steps: tuple[Step, ...]
    provisional: bool = False
    """The calendar of that year is not final, the clock stands, or a second clock is not known."""
    calendar_version: str = ""
    """Empty where no calendar was looked at."""
    problem: str | None = None
    """The code of the step that says why the date is missing or doubtful."""
    due_time: str = ""
    """HH:MM in the debtor's zone, where an hour is named; overdue still begins the day after."""


def compute(
    rule: Rule,
    start: date | None,
    *,
    amount: int | None = None,
    calendar: Calendar | None = None,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    sittings: Sequence[date] = (),
    due_time: str = "",
) -> Due:
    """The due day of a rule from the day of its event, with every step; never a guess where a fact is missing.

    `sittings` are the days a House sits or a school is open; `due_time` (HH:MM) is told and never moves the day.
    """
    if amount is not None and not 1 <= amount <= MOST:
        raise RuleError(f"the amount {amount} must lie between 1 and {MOST}")
    _check_entries(pauses, extensions)
    applied = rule.on(start) if start else rule
    almanac = Almanac(calendar or calendar_of(rule.calendar), tuple(sorted(sittings)), rule.fixed_on)
    clock = RunningClock(applied, almanac, start, amount if amount is not None else applied.amount)
    try:
        _run(clock, rule, pauses, extensions)
    except (OverflowError, ValueError):
        clock.due = None
        clock.note("out_of_range")
    return _due(clock, due_time or rule.due_time)


def _check_entries(pauses: Sequence[Pause], extensions: Sequence[Extension]) -> None:
    for since, until in pauses:
        if until is not None and until < since:
            raise RuleError(f"a pause from {since} cannot end on {until}: put the earlier day first")
    if any(not 0 <= extension.amount <= MOST for extension in extensions):
        raise RuleError(f"an extension must be by at most {MOST} units")


def _run(clock: RunningClock, rule: Rule, pauses: Sequence[Pause], extensions: Sequence[Extension]) -> None:
    _tell_rule(clock, rule)
    if not _may_count(clock):
        return
    clock.begin()
    if rule.extension and rule.extension.built_in:
        clock.note(
            "extension_built_in", None, amount=rule.extension.amount, unit=rule.extension.unit or rule.unit
        )
        clock.extend(Extension(rule.extension.amount))
    if clock.rule.other:
        _choose(clock)
    _apply_entries(clock, pauses, extensions)


def _tell_rule(clock: RunningClock, rule: Rule) -> None:
    if clock.start is None:
        return
    if not rule.in_force(clock.start):
        clock.note("not_in_force", clock.start, **_span(rule.valid_from, rule.valid_to))
    if clock.rule is not rule:
        past = clock.rule.versions[0]
        clock.note(
            "rule_version", clock.start, amount=clock.rule.amount, **_span(past.valid_from, past.valid_to)
        )
    if rule.unsure_before and clock.start < rule.unsure_before:
        clock.note("earlier_text", rule.unsure_before)
    clock.note("start", clock.start)


def _span(first: date | None, last: date | None) -> dict[str, str]:
    return {"from": first.isoformat() if first else "", "until": last.isoformat() if last else ""}


def _may_count(clock: RunningClock) -> bool:
    needs = clock.unit.NEEDS
    if clock.start is None and (needs or any(len(text) < 10 for text in clock.rule.fixed_on)):
        clock.note("start_unknown")
        return False
    if needs == "amount" and clock.amount == 0:
        clock.note("amount_missing")
        return False
    return True


def _choose(clock: RunningClock) -> None:
    """Counts the rule's second clock beside the first and goes on with the earlier or the later."""
    other = clock.rule.other
    if other is None:
        return
    second = RunningClock(
        replace(clock.rule, unit=other.unit, other=None), clock.almanac, clock.start, other.amount
    )
    second.begin()
    clock.note("other_clock", second.due, amount=other.amount, unit=other.unit, keep=other.keep)
    clock.steps += [step for step in second.steps if step.code != "first_day"]
    if clock.due is None or second.due is None:
        clock.note("other_clock_unknown")
        known = clock.due or second.due
        clock.end = clock.due = known if other.keep == "earliest" else None
        return
    better = second.due < clock.due if other.keep == "earliest" else second.due > clock.due
    if better:
        clock.rule, clock.amount, clock.anchor = second.rule, second.amount, second.anchor
        clock.end, clock.due = second.end, second.due


def _apply_entries(clock: RunningClock, pauses: Sequence[Pause], extensions: Sequence[Extension]) -> None:
    """Extensions and pauses in the order of their days; an extension without one was given in time, so first."""
    entries: list[tuple[date, Pause | Extension]] = [
        *((extension.given_on or date.min, extension) for extension in extensions),
        *((pause[0], pause) for pause in pauses),
    ]
    for _, entry in sorted(entries, key=lambda pair: pair[0]):
        if isinstance(entry, Extension):
            clock.extend(entry)
        else:
            clock.pause(*entry)


def _due(clock: RunningClock, due_time: str) -> Due:
    codes = {step.code for step in clock.steps}
    looked = _looks_at_calendar(clock)
    beyond = looked and clock.due is not None and clock.due.year > clock.almanac.calendar.horizon
    if beyond:
        clock.note("provisional", None, known_until=clock.almanac.calendar.horizon)
    if looked and any(part.core_days_only for part in clock.almanac.calendar.parts):
        clock.note("core_days_only")
    # While the clock stands still there is no due day to tell: the open step is the last word.
    due_on = None if "pause_open" in codes else clock.due
    revoked = clock.rule.revoked_on
    if due_on and revoked and revoked <= due_on:
        clock.note("revoked", revoked)
    if due_on:
        clock.note("due", due_on, **({"time": due_time} if due_time else {}))
    return Due(
        due_on,
        tuple(clock.steps),
        beyond or bool(codes & {"other_clock_unknown", "earlier_text"}),
        clock.almanac.calendar.version if looked else "",
        next((code for code in _PROBLEMS if code in codes), None),
        due_time if due_on else "",
    )


def _looks_at_calendar(clock: RunningClock) -> bool:
    rule = clock.rule
    counted = {rule.unit, *(str(step.values["unit"]) for step in clock.steps if "unit" in step.values)}
    by_unit = any(unit(name).USES_CALENDAR for name in counted)
    return by_unit or rule.roll != "none" or rule.min_working_days > 0
