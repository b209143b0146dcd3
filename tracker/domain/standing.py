"""Where an obligation stands on a day: one pure function of the facts and the day (product section 4)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tracker.domain.facts import Facts
from tracker.domain.reasons import Reason, reason
from tracker.domain.situation import Situation, situation
from tracker.domain.words import (
    FLAGGED,
    AnswerState,
    Basis,
    ClockEntryKind,
    DueSource,
    Role,
    Standing,
    Verdict,
)

TABLE: tuple[tuple[Standing, Callable[[Situation], bool]], ...] = (
    (Standing.ANSWERED_LATE, lambda s: s.full and s.late),  # a
    (Standing.ANSWERED, lambda s: s.full),  # a
    (Standing.VOID, lambda s: s.void),  # b
    (Standing.AWAITING_ASSESSMENT, lambda s: s.unjudged),  # c
    (Standing.UNKNOWN, lambda s: s.facts_missing_or_in_conflict),  # d
    (Standing.NOT_STARTED, lambda s: s.trigger_ahead),  # e
    (Standing.WAITING, lambda s: s.no_date_was_set or s.shown_without_a_flag),  # f
    (Standing.PAUSED, lambda s: s.inside_a_pause),  # g
    (Standing.DUE_SOON, lambda s: not s.due_passed and s.soon),  # h
    (Standing.RUNNING, lambda s: not s.due_passed),  # h
    (Standing.PARTLY_ANSWERED, lambda s: s.partly),  # i
    (Standing.UNCHECKED, lambda s: not s.looked_since),  # j
    (Standing.OVERDUE_UNSUBSTANTIVE, lambda s: s.hollow),  # k
    (Standing.OVERDUE, lambda s: True),  # l: due passed, looked since, and nothing came
)
"""The law: the first line that holds."""

_BESIDE = frozenset({Standing.WAITING, Standing.PAUSED, Standing.DUE_SOON, Standing.RUNNING})
_LATE_SHOWN = frozenset({Standing.ANSWERED, Standing.ANSWERED_LATE, Standing.PARTLY_ANSWERED})
COUNTS_SINCE_DUE = FLAGGED | {
    Standing.PARTLY_ANSWERED,
    Standing.UNCHECKED,
    Standing.AWAITING_ASSESSMENT,
    Standing.VOID,
}
"""Where the days since the due day are told: an answer is still open, or was when the duty ended."""


class Flag(StrEnum):
    """The public word of a flag, by its basis; the two are never added up."""

    OVERDUE = "overdue"
    """Basis statute, convention or promise."""
    NOT_ANSWERED_BY_DATE_ASKED = "not_answered_by_date_asked"
    """Basis request or benchmark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A standing with what its public words need. Days are whole days in the debtor's zone.

    `days_overdue` runs to the last qualifying check (for void: to the day it ended, if looked at since);
    `days_since_due` and `days_waiting` run to today and are the only parts that change from day to day.
    """

    standing: Standing
    basis: Basis
    start_on: date | None
    due_on: date | None
    due_source: DueSource
    answer_state: AnswerState
    days_overdue: int | None = None
    days_since_due: int | None = None
    days_waiting: int | None = None
    """Since the start, where no date was set."""
    checked_on: date | None = None
    """The last qualifying check: what "as of" names."""
    last_looked_on: date | None = None
    stale: bool = False
    """A flag whose last check is older than `recheck_days`: counted apart."""
    late_days: int | None = None
    lateness_unknown: bool = False
    awaiting_since_on: date | None = None
    unjudged_on: date | None = None
    """The body's own day of the response that waits to be judged."""
    paused_since_on: date | None = None
    ended_on: date | None = None
    """The day it was void or transferred."""
    one_reader_so_far: bool = False
    verdict: Verdict | None = None
    """The verdict in force."""
    reasons: tuple[Reason, ...] = ()

    @property
    def flagged(self) -> bool:
        """Whether it accuses: k and l."""
        return self.standing in FLAGGED

    @property
    def flag(self) -> Flag | None:
        """The list a flag belongs to; None where there is no flag."""
        if not self.flagged:
            return None
        return Flag.OVERDUE if self.basis.flags_overdue else Flag.NOT_ANSWERED_BY_DATE_ASKED

    @property
    def in_headline(self) -> bool:
        """Whether it counts in the headline figure of overdue: a fresh flag whose basis says overdue."""
        return self.flag is Flag.OVERDUE and not self.stale

    @property
    def beside(self) -> AnswerState | None:
        """What came so far, shown beside a clock that runs, stands still or counts up: partly or hollow."""
        shown = self.standing in _BESIDE and self.answer_state in (AnswerState.PARTLY, AnswerState.HOLLOW)
        return self.answer_state if shown else None


def standing(facts: Facts, today: date) -> Stand:
    """Where an obligation stands on a day in the debtor's zone; the same facts and day give the same stand."""
    now = situation(facts, today)
    found = next(standing for standing, holds in TABLE if holds(now))
    overdue = _days_overdue(found, now)
    return Stand(
        standing=found,
        basis=facts.basis,
        start_on=now.clock.start_on,
        due_on=now.clock.due_on,
        due_source=now.clock.source,
        answer_state=now.answer.state,
        days_overdue=overdue,
        days_since_due=_days_since_due(found, now),
        days_waiting=_days_waiting(found, now),
        checked_on=now.looks.checked_on,
        last_looked_on=now.looks.last_looked_on,
        stale=found in FLAGGED and _age_of_check(now) > facts.recheck_days,
        late_days=now.lateness.days if found in _LATE_SHOWN else None,
        lateness_unknown=found in _LATE_SHOWN and now.lateness.unknown,
        awaiting_since_on=now.answer.awaiting_since_on if now.unjudged else None,
        unjudged_on=now.answer.unjudged_on if now.unjudged else None,
        paused_since_on=now.clock.pause.begin_on if now.clock.pause else None,
        ended_on=now.ending.effective_on if now.ending else None,
        one_reader_so_far=now.answer.one_reader_so_far,
        verdict=now.answer.verdict.verdict if now.answer.verdict else None,
        reasons=_reasons(found, now),
    )


def _days_overdue(found: Standing, now: Situation) -> int | None:
    looks = now.looks
    if found is Standing.VOID:
        return _days_overdue_then(now)
    if found not in FLAGGED or looks.checked_on is None or looks.counted_from_on is None:
        return None
    return (looks.checked_on - looks.counted_from_on).days


def _days_overdue_then(now: Situation) -> int | None:
    """The days it was overdue when it ended; a look made later tells about that day too, and is named with them."""
    if now.ending is None:
        return None
    ended_on = now.ending.effective_on
    checks = tuple(replace(c, day=min(c.day, ended_on)) for c in now.facts.checks if c.day <= now.today)
    return standing(replace(now.facts, endings=(), checks=checks), ended_on).days_overdue


def _days_since_due(found: Standing, now: Situation) -> int | None:
    due = now.clock.due_on
    if found not in COUNTS_SINCE_DUE or due is None or now.clock.problem or now.inside_a_pause:
        return None
    until = now.ending.effective_on if found is Standing.VOID and now.ending else now.today
    return (until - due).days if until > due else None


def _days_waiting(found: Standing, now: Situation) -> int | None:
    start = now.clock.start_on
    return (now.today - start).days if found is Standing.WAITING and start else None


def _age_of_check(now: Situation) -> int:
    return (now.today - now.looks.checked_on).days if now.looks.checked_on else 0


def _reasons(found: Standing, now: Situation) -> tuple[Reason, ...]:
    problem = (now.clock.problem,) if now.clock.problem else ()
    return (
        *problem,
        *now.clock.reasons,
        *(reason(code) for code, holds in _NOTES if holds(found, now)),
        *_dated(now),
    )


_NOTES: tuple[tuple[str, Callable[[Standing, Situation], bool]], ...] = (
    ("rule_not_confirmed", lambda found, now: now.rule_not_confirmed),
    ("lateness_unknown", lambda found, now: found in _LATE_SHOWN and now.lateness.unknown),
    ("only_proposed", lambda found, now: found is Standing.AWAITING_ASSESSMENT and now.answer.only_proposed),
    ("one_reader_so_far", lambda found, now: now.answer.one_reader_so_far),
    ("supporting", lambda found, now: now.facts.role is Role.SUPPORTING),
)


def _dated(now: Situation) -> tuple[Reason, ...]:
    notes: list[Reason] = []
    if now.lateness.days is not None and now.lateness.at_least:
        notes.append(reason("late_at_least", days=now.lateness.days))
    if now.ending and now.ending.kind is ClockEntryKind.TRANSFER:
        notes.append(reason("transferred", on=now.ending.effective_on))
    back = now.looks.counted_from_on
    if back and now.clock.due_on and back > now.clock.due_on:
        notes.append(reason("retracted", on=back))
    return tuple(notes)
