"""An obligation on a day, in the words of the table of standings (product section 4)."""

from dataclasses import dataclass
from datetime import date

from tracker.domain.answer import Answer, answer, taken_back_on
from tracker.domain.clock import Clock, clock, ending
from tracker.domain.facts import EndingFact, Facts, TriggerState
from tracker.domain.lateness import Lateness, lateness
from tracker.domain.words import AnswerState, DueSource, Role


@dataclass(frozen=True, slots=True)
class Looks:
    """When anybody looked: `checked_on` is the last look late enough to tell, counted from `counted_from_on`."""

    counted_from_on: date | None
    """The due day, or the later day on which an answer was withdrawn."""
    checked_on: date | None
    last_looked_on: date | None


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the table asks about, worked out once."""

    facts: Facts
    today: date
    clock: Clock
    answer: Answer
    looks: Looks
    lateness: Lateness
    ending: EndingFact | None

    @property
    def full(self) -> bool:
        """A substantive answer is there."""
        return self.answer.state is AnswerState.FULL

    @property
    def late(self) -> bool:
        """It settled after the due day, for certain."""
        return self.lateness.days is not None

    @property
    def void(self) -> bool:
        """The duty ended, by void or recorded transfer, by today."""
        return self.ending is not None

    @property
    def unjudged(self) -> bool:
        """A response nobody has judged yet, whatever the clock."""
        return self.answer.state is AnswerState.UNJUDGED

    @property
    def facts_missing_or_in_conflict(self) -> bool:
        """No due day can be relied on; a rule nobody has confirmed cannot be relied on once its day has passed."""
        return self.clock.problem is not None or (self.due_passed and self.rule_not_confirmed)

    @property
    def trigger_ahead(self) -> bool:
        """The event the period runs from, or the end of the period it is dated by, is ahead."""
        start = self.clock.start_on
        return self.facts.trigger_state is TriggerState.AHEAD or (start is not None and self.today < start)

    @property
    def no_date_was_set(self) -> bool:
        """Nobody named a date."""
        return self.clock.due_on is None

    @property
    def inside_a_pause(self) -> bool:
        """The clock stands still today."""
        return self.clock.pause is not None

    @property
    def due_passed(self) -> bool:
        """Today is after the due day; overdue begins the day after it."""
        due = self.clock.due_on
        return due is not None and not self.inside_a_pause and self.today > due

    @property
    def soon(self) -> bool:
        """The due day is at most `due_soon_days` away."""
        due = self.clock.due_on
        return due is not None and (due - self.today).days <= self.facts.due_soon_days

    @property
    def shown_without_a_flag(self) -> bool:
        """A supporting body after the due day: the wait is counted up, nobody is accused."""
        return self.due_passed and self.facts.role is Role.SUPPORTING

    @property
    def partly(self) -> bool:
        """What came was judged an answer in part."""
        return self.answer.state is AnswerState.PARTLY

    @property
    def looked_since(self) -> bool:
        """A qualifying check is on record."""
        return self.looks.checked_on is not None

    @property
    def hollow(self) -> bool:
        """Something came, and it is no answer."""
        return self.answer.state is AnswerState.HOLLOW

    @property
    def rule_not_confirmed(self) -> bool:
        """The due day rests on a rule no editor has confirmed."""
        return self.clock.source is DueSource.COMPUTED and not self.facts.rule_checked


def situation(facts: Facts, today: date) -> Situation:
    """An obligation's facts on a day in the debtor's zone."""
    now, came = clock(facts, today), answer(facts, today)
    return Situation(
        facts=facts,
        today=today,
        clock=now,
        answer=came,
        looks=_looks(facts, now.due_on, today),
        lateness=_lateness(facts, now, came),
        ending=ending(facts, today),
    )


def _lateness(facts: Facts, now: Clock, came: Answer) -> Lateness:
    no_date = now.due_on is None and now.problem is None
    if no_date or not came.judged:
        return Lateness()
    found = lateness(came.judged, now.start_on, None if now.problem else now.last_day_in_time)
    unsure = found.days is not None and now.source is DueSource.COMPUTED and not facts.rule_checked
    return Lateness(unknown=True) if unsure else found


def _looks(facts: Facts, due_on: date | None, today: date) -> Looks:
    """Point 5: a check counts from due + 1 + lag; seeing a response is a check."""
    looks = [(check.day, check.lag_days) for check in facts.checks if check.current and check.is_a_look]
    looks += [(r.first_seen_on, 0) for r in facts.responses if r.current and r.struck_at is None]
    looks = [(day, lag) for day, lag in looks if day <= today]
    last = max((day for day, _ in looks), default=None)
    if due_on is None:
        return Looks(None, None, last)
    counted_from = max(due_on, taken_back_on(facts, today) or due_on)
    qualifying = (
        day for day, lag in looks if (day - counted_from).days >= 1 + max(lag, facts.publication_lag_days)
    )
    return Looks(counted_from, max(qualifying, default=None), last)
