"""The due day in force on a day: stated or computed, extended, paused (product section 4, points 1 to 4)."""

from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.facts import EndingFact, Facts, PauseFact, TriggerState
from tracker.domain.moves import moved
from tracker.domain.partial import PartialDate
from tracker.domain.reasons import Reason, reason
from tracker.domain.words import DueSource, Precision

A_YEAR_DAYS = 365
"""From here on, stated and computed date contradict each other."""
SLIP_DAYS = 7
"""A stated date this near to the computed one of another year has the wrong year."""
HALF_A_YEAR_DAYS = 183
"""A month or year named instead of a day is no slip of the year while its nearest day is nearer than this."""
FAR_PART = 5
"""A difference of more than this part of the rule's period is told as far."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock on a day. `problem` = why no due day can be relied on; `pause` = the pause the day lies in."""

    start_on: date | None
    due_on: date | None
    source: DueSource
    problem: Reason | None = None
    pause: PauseFact | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def last_day_in_time(self) -> date | None:
        """The last day an answer is in time; while the clock stands still no day is too late."""
        return date.max if self.pause and self.pause.end_on is None else self.due_on


def clock(facts: Facts, day: date) -> Clock:
    """The clock of an obligation as it stands on a day."""
    base = _base(facts)
    if base.due_on is None:
        return base
    now = moved(base.due_on, facts, day)
    # Where the period began afresh neither of the two dates counts any more.
    shown = () if now.afresh else base.reasons
    problem, reasons = base.problem or now.problem, shown + now.reasons
    source = DueSource.COMPUTED if now.afresh else base.source
    return replace(base, due_on=now.due_on, source=source, pause=now.pause, problem=problem, reasons=reasons)


def start_on(facts: Facts) -> date | None:
    """The day the period counts from: a partial trigger counts from the last day of its period."""
    known = facts.trigger_state is TriggerState.KNOWN and facts.trigger
    return known.last if known else None


def computed_on(facts: Facts) -> date | None:
    """The computed due day; of two official rules the later one."""
    days = [day for day in (facts.due_computed, facts.due_computed_rival) if day]
    return max(days, default=None)


def ending(facts: Facts, day: date) -> EndingFact | None:
    """The void or transfer in force by a day, the first of several."""
    reached = [end for end in facts.endings if end.current and end.effective_on <= day]
    return min(reached, key=lambda end: (end.effective_on, end.recorded_at), default=None)


def _base(facts: Facts) -> Clock:
    stated, computed, start = facts.due_stated, computed_on(facts), start_on(facts)
    conflict = None if facts.due_decided else _conflict(facts)
    by_rule = stated is None or (facts.due_decided is DueSource.COMPUTED and computed is not None)
    due = computed if by_rule or stated is None else stated.last
    source = DueSource.NONE if due is None else DueSource.COMPUTED if by_rule else DueSource.STATED
    problem = conflict or _missing(facts, due, source)
    return Clock(start, due, source, problem, reasons=_shown(facts, source, conflict))


def _conflict(facts: Facts) -> Reason | None:
    stated, start, computed = facts.due_stated, _trigger(facts), _nearest(facts)
    if stated is None:
        return None
    # Where only the month of the event is known, a day inside that month may still lie after it.
    if start and stated.last < start.first:
        return reason("stated_before_start", stated=stated.last, start=start.first)
    if start is None and facts.asked_on and stated.last < facts.asked_on.first:
        return reason("stated_before_asked", stated=stated.last, asked=facts.asked_on.first)
    if computed and _off_by_a_year(stated, computed):
        return reason("stated_off_by_a_year", stated=stated.last, computed=computed)
    return None


def _trigger(facts: Facts) -> PartialDate | None:
    return facts.trigger if facts.trigger_state is TriggerState.KNOWN else None


def _nearest(facts: Facts) -> date | None:
    """Of two official rules the day that is nearer to the stated one."""
    stated = facts.due_stated
    days = [day for day in (facts.due_computed, facts.due_computed_rival) if day]
    return min(days, key=lambda day: (_gap(stated, day) if stated else 0, day), default=None)


def _gap(stated: PartialDate, day: date) -> int:
    """Days between a day and the nearest day of a period; 0 inside it."""
    return max((stated.first - day).days, (day - stated.last).days, 0)


def _off_by_a_year(stated: PartialDate, computed: date) -> bool:
    gap = _gap(stated, computed)
    slipped = (_in_year(computed, computed.year + by) for by in (-1, 1))
    near = any(day is not None and _gap(stated, day) <= SLIP_DAYS for day in slipped)
    return gap >= A_YEAR_DAYS or (near and gap >= HALF_A_YEAR_DAYS)


def _in_year(day: date, year: int) -> date | None:
    """The same day of another year; 28 February for the 29th."""
    if not date.min.year <= year <= date.max.year:
        return None
    leapless = day.month == 2 and day.day == 29
    return day.replace(year=year, day=28) if leapless else day.replace(year=year)


def _missing(facts: Facts, due_on: date | None, source: DueSource) -> Reason | None:
    if source is not DueSource.STATED and _happened_on_an_unknown_day(facts):
        return reason("trigger_day_unknown")
    if due_on or facts.no_date or facts.trigger_state is TriggerState.AHEAD:
        return None
    if facts.rule_problem:
        return reason("rule_problem", problem=facts.rule_problem)
    return reason("no_due_date")


def _happened_on_an_unknown_day(facts: Facts) -> bool:
    unknown = facts.trigger_state is TriggerState.UNKNOWN_DAY
    return unknown or (facts.trigger_state is TriggerState.KNOWN and facts.trigger is None)


def _shown(facts: Facts, source: DueSource, conflict: Reason | None) -> tuple[Reason, ...]:
    return tuple(
        found
        for found in (_differ(facts, conflict, source), _two_rules(facts, source), _period(facts, source))
        if found is not None
    )


def _differ(facts: Facts, conflict: Reason | None, source: DueSource) -> Reason | None:
    stated, computed = facts.due_stated, computed_on(facts)
    if conflict or stated is None or computed is None or abs((stated.last - computed).days) <= 1:
        return None
    if source is DueSource.COMPUTED:
        return reason("computed_by_decision", stated=stated.last, computed=computed)
    code = "far_from_rule" if _is_far(facts, stated) else "dates_differ"
    return reason(code, stated=stated.last, computed=computed)


def _is_far(facts: Facts, stated: PartialDate) -> bool:
    """More than a fifth of the rule's period away from the nearest day a rule gives."""
    start, nearest = start_on(facts), _nearest(facts)
    if start is None or nearest is None:
        return False
    return _gap(stated, nearest) * FAR_PART > max((nearest - start).days, 0)


def _two_rules(facts: Facts, source: DueSource) -> Reason | None:
    one, other = facts.due_computed, facts.due_computed_rival
    if source is not DueSource.COMPUTED or not one or not other or one == other:
        return None
    return reason("two_rules", earlier=min(one, other), later=max(one, other))


def _period(facts: Facts, source: DueSource) -> Reason | None:
    stated = facts.due_stated
    if source is not DueSource.STATED or stated is None or stated.precision is Precision.DAY:
        return None
    return reason("due_day_of_period", written=stated.as_written or str(stated))
