"""From what an editor says about a deadline to the terms of an obligation, its date worked out step by step."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from tracker.domain.calendars import Calendar, CalendarError, calendar
from tracker.domain.catalogue import catalogue
from tracker.domain.days_off import days_off_in
from tracker.domain.deadlines import Due, compute
from tracker.domain.nearest import nearest
from tracker.domain.partial import PartialDate
from tracker.domain.refusals import Refused, refuse
from tracker.domain.rules import MOST, Rule
from tracker.domain.units import unit
from tracker.domain.units.months import corresponding
from tracker.domain.words import Basis, ObligationKind, Trigger
from tracker.services.enter_process import url_complaints
from tracker.storage.columns import partial_fields
from tracker.storage.engine import habits_of
from tracker.storage.tables import Terms

MOST_PERIODS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When an answer is due and why that binds: by a rule, by a date the document states, by both, or by neither."""

    basis: Basis | None = None
    """None: as the rule says."""
    rule: str = ""
    second_rule: str | None = None
    """Another official rule for the same event: the later date binds, the earlier is shown. None: none was named."""
    amount: int | None = None
    calendar: str = ""
    trigger: Trigger | None = None
    """None: as the rule says."""
    trigger_on: PartialDate | None = None
    trigger_ahead: bool = False
    stated: PartialDate | None = None
    as_written: str = ""
    legal_basis: str = ""
    source_url: str = ""
    every_months: int | None = None
    """Between two reports, where a date is stated for the first one."""

    def complaints(self, periods: int = 0) -> Iterator[Refused]:
        """What keeps this from being a deadline."""
        rule = catalogue().get(self.rule)
        if self.rule and rule is None:
            yield _no_rule("rule", self.rule)
        yield from self._second_rule_complaints()
        if self.rule == "" and self.stated is not None and self.basis is None:
            yield refuse(
                "basis", "Say why this date binds: a law, a convention, a promise, a request or our own mark."
            )
        if self.amount is not None and not 1 <= self.amount <= MOST:
            yield refuse("amount", "The number must lie between 1 and %(most)s.", most=MOST)
        if self.trigger_on is not None and self.trigger_ahead:
            yield refuse(
                "trigger_on", "Either the event has a day or it is still ahead: clear one of the two."
            )
        yield from _calendar_complaints(self.calendar)
        yield from url_complaints("source_url", self.source_url)
        yield from self._repeat_complaints(periods)

    def _second_rule_complaints(self) -> Iterator[Refused]:
        second = self.second_rule
        if second and (second not in catalogue() or second == self.rule or not self.rule):
            yield _no_rule("second_rule", second)

    def _repeat_complaints(self, periods: int) -> Iterator[Refused]:
        if not 0 <= periods <= MOST_PERIODS:
            yield refuse("periods", "Enter from 1 to %(most)s reports at once.", most=MOST_PERIODS)
        if periods > 1 and self.stated is not None and not self.every_months:
            yield refuse("every_months", "Say how many months lie between two reports.")
        if self.every_months is not None and not 1 <= self.every_months <= 120:
            yield refuse("every_months", "The months between two reports lie between 1 and 120.")

    def event(self, rule: Rule | None) -> Trigger | None:
        """The event the period runs from; None where nothing has to happen first."""
        offered = self.trigger or (rule.start_event if rule else None) or Trigger.DATED
        if rule is None or not needs_start(rule):
            return offered if self.trigger_on or self.trigger_ahead else None
        return offered


def _no_rule(field: str, key: str) -> Refused:
    """A rule nobody knows, with the keys that lie nearest."""
    near = nearest(key[:80], catalogue())
    return refuse(
        field, "There is no rule “%(rule)s”%(near)s; choose one of the list.", rule=key[:80], near=near
    )


def needs_start(rule: Rule) -> bool:
    """Whether a rule counts from an event."""
    return bool(unit(rule.unit).NEEDS) or any(len(text) < len("2024-01-01") for text in rule.fixed_on)


def _calendar_complaints(code: str) -> Iterator[Refused]:
    try:
        calendar(code or "XX")
    except CalendarError as error:
        yield refuse("calendar", "%(why)s", why=str(error))


def reckon(
    session: Session, said: Deadline, *, now: datetime, actor: str, period: int = 0, rule: Rule | None = None
) -> Terms:
    """The terms (not yet tied to an obligation); `rule` stands in for the catalogue's, e.g. the one kept before."""
    rule = rule or catalogue().get(said.rule)
    stated, trigger = _stated(said, period), said.event(rule)
    return Terms(
        obligation_id=0,
        recorded_at=now,
        recorded_by=actor,
        rule_key=rule.key if rule else "",
        amount=said.amount,
        calendar=said.calendar,
        as_written=said.as_written,
        trigger=trigger,
        trigger_ahead=said.trigger_ahead and trigger is not None,
        rival_rule_key=second if (second := said.second_rule or "") in catalogue() else "",
        **partial_fields("trigger", said.trigger_on if trigger else None),
        **partial_fields("stated", stated),
        **by_rule(session, said, rule, period),
    )


def by_rule(session: Session, said: Deadline, rule: Rule | None, period: int) -> dict[str, Any]:
    """What of the terms follows from the rule and the calendars, by column; the rest is what somebody said."""
    start = said.trigger_on.last if said.trigger_on else None
    due = _due(session, said, rule, start, period)
    second = catalogue().get(said.second_rule or "")
    rival = _due(session, replace(said, amount=None), second, start, period)
    return {
        "basis": said.basis or (rule.basis if rule else Basis.REQUEST),
        "rule_snapshot": dict(_snapshot(rule)) if rule else {},
        "legal_basis": said.legal_basis or (rule.legal_basis if rule else ""),
        "computed_on": due.due_on if due else None,
        "rival_on": rival.due_on if rival else None,
        "no_date": _stated(said, period) is None and (rule is None or rule.unit == "none"),
        "rule_checked": rule.checked if rule else True,
        "problem": (due.problem or "") if due else "",
        "steps": [step.as_data() for step in due.steps] if due else [],
        "provisional": bool(due and due.provisional),
        "calendar_version": due.calendar_version if due else "",
        "lag_days": rule.publication_lag_days if rule else 0,
        "source_url": said.source_url or first_address(rule),
    }


@lru_cache(maxsize=1024)
def _snapshot(rule: Rule) -> dict[str, Any]:
    return rule.snapshot()


def first_address(rule: Rule | None) -> str:
    """The first web address of a rule's sources; empty where it names none."""
    found = (part.strip() for part in rule.source.split(";")) if rule else iter(())
    return next((part for part in found if part.startswith(("http://", "https://"))), "")


def _due(session: Session, said: Deadline, rule: Rule | None, start: date | None, period: int) -> Due | None:
    if rule is None or said.trigger_ahead:
        return None
    amount = amount_for(rule, said.amount, period)
    code = said.calendar or rule.calendar
    sittings = sittings_of(session, rule, start)
    return compute(rule, start, amount=amount, calendar=working_calendar(session, code), sittings=sittings)


def amount_for(rule: Rule, amount: int | None, period: int) -> int | None:
    """How many units a period of a repeating duty runs, counted from the anchor; None: as the rule says.

    Never counted from the report before: months must not drift.
    """
    if period > 1 and unit(rule.unit).NEEDS:
        return (amount or rule.amount) * period
    return amount


def sittings_of(session: Session, rule: Rule, start: date | None) -> tuple[date, ...]:
    """The sitting days this site was given for a rule; none where they do not reach back to the start."""
    days = habits_of(session).sittings_of(rule.key, rule.calendar, rule.jurisdiction)
    return days if days and start is not None and min(days) <= start else ()


def working_calendar(session: Session, code: str) -> Calendar:
    """The calendar of a code, with the days off this site was told of."""
    return site_calendar(code, habits_of(session).days_off)


@lru_cache(maxsize=64)
def site_calendar(code: str, days_off: tuple[tuple[str, date, str], ...]) -> Calendar:
    """The calendar of a code with more days off: calendar, day and name of each."""
    return calendar(code, days_off_in(code, days_off))


def _stated(said: Deadline, period: int) -> PartialDate | None:
    if said.stated is None or period <= 1 or not said.every_months:
        return said.stated
    first = corresponding(said.stated.value, said.every_months * (period - 1), False).day
    return PartialDate(first, said.stated.precision) if first else None


def counted_period(kind: ObligationKind, period: int) -> int:
    """The period an amount is counted for: 0 unless the duty repeats; the next stage of a chain repeats nothing."""
    return period if kind is ObligationKind.REPORT else 0


def periods_of(kind: ObligationKind, wanted: int) -> tuple[int, ...]:
    """The periods of a duty: 0 for one that does not repeat, else counted from 1."""
    return tuple(range(1, wanted + 1)) if kind is ObligationKind.REPORT and wanted > 0 else (0,)
