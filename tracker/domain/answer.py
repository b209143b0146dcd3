"""What came back, judged, and whether in time (product section 4, points 6 to 9)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tracker.domain.facts import Facts, ResponseFact, VerdictFact
from tracker.domain.words import AnswerState, Precision, Role, Verdict

Known = tuple[ResponseFact, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The responses of an obligation as they stand on a day."""

    live: tuple[ResponseFact, ...]
    unjudged: tuple[ResponseFact, ...]
    verdict: VerdictFact | None
    """The verdict in force."""
    judged: tuple[ResponseFact, ...]
    """What it judged, as far as it had come."""
    proposed_on: date | None
    """Since when an undecided finding proposes a response."""
    one_reader_so_far: bool

    def says(self, verdict: Verdict) -> bool:
        """Whether the verdict in force is this one."""
        return self.verdict is not None and self.verdict.verdict is verdict

    @property
    def state(self) -> AnswerState:
        """The first of the answer states that holds."""
        return next(state for state, holds in ANSWER_STATES if holds(self))

    @property
    def only_proposed(self) -> bool:
        """Something was found that may be an answer, and nothing that waits to be judged is on record."""
        return self.proposed_on is not None and not self.unjudged

    @property
    def awaiting_since_on(self) -> date | None:
        """Since when something waits to be judged: the day the first of it was seen."""
        days = [response.first_seen_on for response in self.unjudged]
        return min([*days, self.proposed_on] if self.proposed_on else days, default=None)

    @property
    def unjudged_on(self) -> date | None:
        """The body's own day of the newest response that waits to be judged, where it is known to the day."""
        own = [response.answered for response in self.unjudged]
        return max((day.value for day in own if day and day.precision is Precision.DAY), default=None)


ANSWER_STATES: tuple[tuple[AnswerState, Callable[[Answer], bool]], ...] = (
    (AnswerState.FULL, lambda a: a.says(Verdict.SUBSTANTIVE)),
    (AnswerState.UNJUDGED, lambda a: bool(a.unjudged) or a.proposed_on is not None),
    (AnswerState.PARTLY, lambda a: a.says(Verdict.PARTLY)),
    (
        AnswerState.HOLLOW,
        lambda a: bool(a.live),
    ),  # what is left is no answer by kind, or judged not to be one
    (AnswerState.NONE, lambda a: True),
)
"""Point 9: the first that holds."""


def answer(facts: Facts, day: date) -> Answer:
    """What had come back by a day, and how it is judged."""
    known = tuple(response for response in facts.responses if response.current)
    live = tuple(response for response in known if response.live(day))
    verdict = _in_force(facts, known, day)
    counting = _counting(facts, day)
    ids = verdict.response_ids if verdict else frozenset()
    return Answer(
        live=live,
        unjudged=tuple(r for r in live if r.may_answer and _is_news(r, counting, verdict, known)),
        verdict=verdict,
        judged=tuple(r for r in known if r.id in ids and r.present(day)),
        proposed_on=_proposed_on(facts, day),
        one_reader_so_far=any(_pending(v, facts) for v in facts.verdicts if _stands(v)),
    )


def taken_back_on(facts: Facts, day: date) -> date | None:
    """The last day by `day` on which the body withdrew what was, or might have been, an answer."""
    known = (r for r in facts.responses if r.current and r.present(day) and r.retracted_by(day))
    days = [r.retracted_on for r in known if r.retracted_on and _stopped_the_count(r, facts, day)]
    return max(days, default=None)


def _stopped_the_count(response: ResponseFact, facts: Facts, day: date) -> bool:
    said = [v.verdict for v in _counting(facts, day) if response.id in v.response_ids]
    return said[-1] is not Verdict.NOT if said else response.may_answer


def _stands(verdict: VerdictFact) -> bool:
    return verdict.current and verdict.counts and verdict.withdrawn_at is None


def _pending(verdict: VerdictFact, facts: Facts) -> bool:
    """Whether a second reader is still asked for: a contested verdict, or a `not` that would flag a body."""
    would_flag = verdict.verdict is Verdict.NOT and facts.role is not Role.SUPPORTING and not facts.no_date
    asked = facts.countersign and (verdict.contested or would_flag)
    return asked and verdict.countersigned_at is None


def _noticed(verdict: VerdictFact, day: date) -> bool:
    """Whether the body was told of it and has days left to answer."""
    return verdict.notice_until_on is not None and day <= verdict.notice_until_on


def _counting(facts: Facts, day: date) -> list[VerdictFact]:
    """The verdicts that may be in force on a day, oldest first."""
    counting = (v for v in facts.verdicts if _stands(v) and not _pending(v, facts) and not _noticed(v, day))
    return sorted(counting, key=lambda v: v.recorded_at)


def _in_force(facts: Facts, known: Known, day: date) -> VerdictFact | None:
    holding = (v for v in reversed(_counting(facts, day)) if _holds(v, known, day))
    return next(holding, None)


def _holds(verdict: VerdictFact, known: Known, day: date) -> bool:
    """Whether a verdict still rests on what is there: `substantive` on all of its set, the others on any of it."""
    standing = [r for r in known if r.id in verdict.response_ids and r.struck_at is None]
    live = [r for r in standing if r.live(day)]
    if verdict.verdict is Verdict.SUBSTANTIVE:
        return bool(live) and len(live) == len(verdict.response_ids)
    return bool(live) and all(r.present(day) for r in standing)


def _is_news(
    response: ResponseFact, counting: list[VerdictFact], verdict: VerdictFact | None, known: Known
) -> bool:
    """Newer than the verdict in force, by record or by its day, and in no set it or an earlier one judged."""
    if verdict is None:
        return True
    earlier = (v for v in counting if v.recorded_at <= verdict.recorded_at)
    if any(response.id in v.response_ids for v in earlier):
        return False
    judged = [r.present_from_on for r in known if r.id in verdict.response_ids]
    return response.recorded_at >= verdict.recorded_at or response.present_from_on > max(judged)


def _proposed_on(facts: Facts, day: date) -> date | None:
    days = [p.found_on for p in facts.proposals if p.current and p.found_on <= day]
    return min(days, default=None)
