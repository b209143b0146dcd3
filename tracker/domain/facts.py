"""What is on record about one obligation: all that its standing is made of (product section 4)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, Self, TypeVar

from tracker.domain.partial import PartialDate
from tracker.domain.words import Basis, ClockEntryKind, DueSource, ObligationKind, ResponseKind, Role, Verdict


class TriggerState(StrEnum):
    """What is known of the event a period runs from."""

    NOT_NEEDED = "not_needed"
    """A fixed or stated date: nothing has to happen first."""
    KNOWN = "known"
    """Its day is known, wholly or in part; the day may still be ahead."""
    AHEAD = "ahead"
    """It has not happened."""
    UNKNOWN_DAY = "unknown_day"
    """It happened, nobody knows on which day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A fact with the instant it was recorded and, where a later row replaced it, the instant of that (UTC)."""

    recorded_at: datetime
    superseded_at: datetime | None = None

    @property
    def current(self) -> bool:
        """Whether no later row replaced it."""
        return self.superseded_at is None

    def known_by(self, instant: datetime) -> Self | None:
        """The row as it was known at an instant; None where it was not yet, or no longer, the record."""
        if self.recorded_at > instant or not _later(self.superseded_at, instant):
            return None
        return replace(self, superseded_at=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionFact(Row):
    """More time, given on a day, to a new due day; `cures` where rule or entry lets a late one count."""

    given_on: date
    new_due_on: date
    cures: bool = False
    limit_on: date | None = None
    """The most the rule allows, where this goes beyond it: shown, and left to an editor."""

    @property
    def works_from_on(self) -> date:
        """The day it works from."""
        return self.given_on

    def takes_effect(self, due_on: date) -> bool:
        """Given by the due day in force, or curing; else it is only recorded."""
        return self.cures or self.given_on <= due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseFact(Row):
    """A stopped clock: its first and last day inside (None = no end known), and the due day after it.

    `due_after` is computed by the caller with the rule's own units, given the entries before it that took effect.
    A restart is the end of its pause, recorded as a new row.
    """

    begin_on: date
    end_on: date | None = None
    due_after: date | None = None
    allowed: bool = True
    """False where the rule lets no clock stand still and the entry does not say that it counts all the same."""

    @property
    def works_from_on(self) -> date:
        """The day it works from, however late it was recorded."""
        return self.begin_on

    def takes_effect(self, due_on: date) -> bool:
        """It must begin by the due day in force, and be of a kind the rule or the entry lets count."""
        return self.allowed and self.begin_on <= due_on

    def holds(self, day: date) -> bool:
        """Whether a day is inside, both ends included."""
        return self.begin_on <= day and (self.end_on is None or day <= self.end_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestartFact(Row):
    """The period began afresh on a day: a request made clear counts as a new one (FOIA 2000 s.1(3), NZ OIA s.15(1AA)).

    `due_after` is counted by the caller from that day, by the rule. The end of a pause is no such restart.
    """

    begin_on: date
    due_after: date | None = None

    @property
    def works_from_on(self) -> date:
        """The day it works from."""
        return self.begin_on

    def takes_effect(self, due_on: date) -> bool:
        """It must work from a day not later than the due day in force."""
        return self.begin_on <= due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingFact(Row):
    """The duty ended without an answer: void, or transferred by an editor's entry to another body."""

    effective_on: date
    kind: ClockEntryKind = ClockEntryKind.VOID


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFact(Row):
    """One communication for this obligation; its `id` stays the same when position, kind or date are corrected.

    `kind` is None, or `classed_by_person` false, while only a machine has read it. `first_seen_on` is the day the
    site saw it. Struck: our error, as if never. Retracted: withdrawn by the body, counts until the day before.
    """

    id: int | str
    kind: ResponseKind | None
    first_seen_on: date
    received: PartialDate | None = None
    published: PartialDate | None = None
    classed_by_person: bool = True
    struck_at: datetime | None = None
    retracted_on: date | None = None
    retraction_recorded_at: datetime | None = None

    @property
    def answered(self) -> PartialDate | None:
        """The answer day: received, else published, never recorded."""
        return self.received or self.published

    @property
    def present_from_on(self) -> date:
        """The first day it was certainly there: the end of its answer day's period, or when it was seen."""
        return min(self.answered.last, self.first_seen_on) if self.answered else self.first_seen_on

    @property
    def may_answer(self) -> bool:
        """Whether it can be an answer; a kind no person has confirmed is given the benefit of the doubt."""
        return self.kind is None or not self.classed_by_person or self.kind.may_answer

    def present(self, day: date) -> bool:
        """Whether it had come by a day, withdrawn since or not."""
        return self.struck_at is None and self.present_from_on <= day

    def live(self, day: date) -> bool:
        """Whether it counts on a day: there, not struck, not retracted by then."""
        return self.present(day) and not self.retracted_by(day)

    def retracted_by(self, day: date) -> bool:
        """Whether the body had withdrawn it by a day."""
        return self.retracted_on is not None and self.retracted_on <= day

    def known_by(self, instant: datetime) -> Self | None:
        """The response as known at an instant: not yet struck or retracted where that was recorded later."""
        known = super(ResponseFact, self).known_by(instant)
        if known is None:
            return None
        told = not _later(self.retraction_recorded_at or self.recorded_at, instant)
        return replace(
            known, struck_at=_by(self.struck_at, instant), retracted_on=self.retracted_on if told else None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictFact(Row):
    """A person's judgement on a set of responses; a later one replaces it by being later, so hand in all of them.

    `counts` is false for a group that does not own the process: its verdict stands beside.
    """

    id: int | str
    verdict: Verdict
    response_ids: frozenset[int | str]
    contested: bool = False
    counts: bool = True
    countersigned_at: datetime | None = None
    withdrawn_at: datetime | None = None
    notice_until_on: date | None = None
    """The body was told beforehand: the verdict counts after this day."""

    def known_by(self, instant: datetime) -> Self | None:
        """The verdict as known at an instant: not yet countersigned or withdrawn where that came later."""
        known = super(VerdictFact, self).known_by(instant)
        return known and replace(
            known,
            countersigned_at=_by(self.countersigned_at, instant),
            withdrawn_at=_by(self.withdrawn_at, instant),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFact(Row):
    """A look for an answer, on a day in the debtor's zone, by a person or a run."""

    day: date
    quarantined: bool = False
    finding_open: bool = False
    """The run proposed a response and nobody has decided yet."""
    feed_only: bool = False
    """Only a feed of new things was read: no check of an old obligation."""
    lag_days: int = 0
    """How long the source that was read takes to publish."""

    @property
    def is_a_look(self) -> bool:
        """Whether it says anything about this obligation (section 4, point 5)."""
        return not (self.quarantined or self.finding_open or self.feed_only)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFact(Row):
    """An undecided finding that proposes a response; a decision supersedes the row."""

    found_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One obligation's facts. Dates are days in the debtor's `zone` (None: the last on earth, UTC-12).

    `due_computed` comes from the rule without clock entries; `due_computed_rival` from a second official rule.
    `due_decided` is an editor's word on which date counts where stated and computed are in conflict.
    """

    basis: Basis
    role: Role = Role.LEAD
    kind: ObligationKind = ObligationKind.RESPOND
    zone: str | None = None
    trigger_state: TriggerState = TriggerState.NOT_NEEDED
    trigger: PartialDate | None = None
    due_stated: PartialDate | None = None
    due_computed: date | None = None
    due_computed_rival: date | None = None
    due_decided: DueSource | None = None
    asked_on: PartialDate | None = None
    """The day of the document that carries it: where no event is known, no earlier day can bind."""
    no_date: bool = False
    """No date was set by anybody: the wait is counted up."""
    rule_checked: bool = True
    rule_problem: str | None = None
    """The code of what kept the rule from computing a date."""
    extensions: tuple[ExtensionFact, ...] = ()
    pauses: tuple[PauseFact, ...] = ()
    restarts: tuple[RestartFact, ...] = ()
    endings: tuple[EndingFact, ...] = ()
    responses: tuple[ResponseFact, ...] = ()
    verdicts: tuple[VerdictFact, ...] = ()
    checks: tuple[CheckFact, ...] = ()
    proposals: tuple[ProposalFact, ...] = ()
    publication_lag_days: int = 0
    due_soon_days: int = 14
    recheck_days: int = 90
    countersign: bool = True


def facts_known_by(facts: Facts, instant: datetime) -> Facts:
    """The facts as recorded by an instant (UTC), for `?as_of=`; the obligation's own row is the caller's to choose."""
    return replace(
        facts,
        extensions=_known(facts.extensions, instant),
        pauses=_known(facts.pauses, instant),
        restarts=_known(facts.restarts, instant),
        endings=_known(facts.endings, instant),
        responses=_known(facts.responses, instant),
        verdicts=_known(facts.verdicts, instant),
        checks=_known(facts.checks, instant),
        proposals=_known(facts.proposals, instant),
    )


class _Dated(Protocol):
    def known_by(self, instant: datetime) -> Self | None: ...


_D = TypeVar("_D", bound=_Dated)


def _known(rows: Iterable[_D], instant: datetime) -> tuple[_D, ...]:
    known = (row.known_by(instant) for row in rows)
    return tuple(row for row in known if row is not None)


def _later(moment: datetime | None, instant: datetime) -> bool:
    return moment is None or moment > instant


def _by(moment: datetime | None, instant: datetime) -> datetime | None:
    return None if _later(moment, instant) else moment
