"""The calculator: from a question to a due day, with every step, and with what a stated date does to it.

Pages, API and commands all ask here, so that they cannot differ.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.clock import clock
from tracker.domain.deadlines import Due, Extension, Pause, compute
from tracker.domain.facts import Facts, TriggerState
from tracker.domain.fresh_start import counted_afresh
from tracker.domain.partial import PartialDate
from tracker.domain.question import CalendarOf, Meant, Question, meant
from tracker.domain.reasons import Reason, reason
from tracker.domain.refusals import NotAccepted, refuse
from tracker.domain.rules import Rule, RuleError
from tracker.domain.words import DueSource

CONFLICTS = ("stated_before_start", "stated_off_by_a_year", "far_from_rule", "dates_differ")
"""What a stated date can have against the computed one, the gravest first; codes of REASON_CODES."""


SittingsOf = Callable[[Rule, date | None], Sequence[date]]
"""The sitting days known for a rule and a start, where the question brings none."""


def no_sittings(_rule: Rule, _start: date | None) -> Sequence[date]:
    """None are known."""
    return ()


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A due day, which date won, and what stands against it."""

    asked: Question
    rule: Rule
    start: PartialDate | None
    computed: Due
    stated: PartialDate | None
    due_on: date | None
    """The stated day where one is given, else the computed one."""
    source: DueSource
    conflict: Reason | None

    @property
    def start_on(self) -> date | None:
        """The day the period counts from: of a period its last."""
        return self.start.last if self.start else None

    @property
    def honest(self) -> bool:
        """Whether there is a day, or the rule really sets none."""
        return self.due_on is not None or self.rule.unit == "none"


def reckoned(asked: Question, calendar_of: CalendarOf, sittings_of: SittingsOf = no_sittings) -> Reckoned:
    """The answer to a question; NotAccepted with every complaint about it, each at its field."""
    said = meant(asked, calendar_of)
    start = said.start.last if said.start else None
    due = _computed(replace(said, sittings=said.sittings or tuple(sittings_of(said.rule, start))))
    found = clock(_facts(said, due), said.start.last if said.start else date.min)
    due_on = said.stated.last if said.stated else due.due_on
    return Reckoned(
        asked,
        said.rule,
        said.start,
        due,
        said.stated,
        due_on,
        DueSource.STATED if said.stated else DueSource.COMPUTED if due_on else DueSource.NONE,
        _conflict(said.stated, due.due_on, (found.problem, *found.reasons)),
    )


def _computed(said: Meant) -> Due:
    try:
        if said.start and said.restart:
            return counted_afresh(
                said.start.last, said.restart, said.pauses, said.extensions, _counting(said)
            )
        return _counting(said)(said.start.last if said.start else None, said.pauses, said.extensions)
    except RuleError as error:
        raise NotAccepted([refuse("amount", "%(why)s", why=f"{error}.")]) from error


def _counting(said: Meant) -> Callable[[date | None, Sequence[Pause], Sequence[Extension]], Due]:
    def count(start: date | None, pauses: Sequence[Pause], extensions: Sequence[Extension]) -> Due:
        return compute(
            said.rule,
            start,
            amount=said.amount,
            calendar=said.calendar,
            pauses=pauses,
            extensions=extensions,
            sittings=said.sittings,
        )

    return count


def _facts(said: Meant, due: Due) -> Facts:
    return Facts(
        basis=said.rule.basis,
        trigger_state=TriggerState.KNOWN if said.start else TriggerState.NOT_NEEDED,
        trigger=said.start,
        due_stated=said.stated,
        due_computed=due.due_on,
        no_date=said.rule.unit == "none",
        rule_problem=due.problem,
    )


def _conflict(
    stated: PartialDate | None, computed: date | None, said: tuple[Reason | None, ...]
) -> Reason | None:
    """The gravest; a single day's difference, which nobody is warned of elsewhere, is said here too."""
    by_code = {one.code: one for one in said if one}
    found = next((by_code[code] for code in CONFLICTS if code in by_code), None)
    if found or stated is None or computed is None or stated.last == computed:
        return found
    return reason("dates_differ", stated=stated.last, computed=computed)
