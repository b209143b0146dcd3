"""Recount the due day after each pause, by the rule's own units, from the entries that were in force before it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.clock import clock, computed_on
from tracker.domain.deadlines import Extension, compute
from tracker.domain.facts import Facts, PauseFact
from tracker.domain.rules import Rule
from tracker.domain.units import Almanac, unit
from tracker.domain.words import ClockEntryKind, DueSource
from tracker.services.reckon import amount_for, working_calendar
from tracker.storage.columns import partial_of
from tracker.storage.engine import habits_of
from tracker.storage.entries import Owed, clock_entries
from tracker.storage.facts import facts_of
from tracker.storage.tables import ClockEntry

PLAIN_DAYS = Rule(key="days", name="days", amount=1, unit="days")
"""How a stopped clock is measured where no rule counts: a day for a day."""


def rule_of(one: Owed) -> Rule | None:
    """The rule as it was kept with the obligation."""
    return Rule.from_snapshot(one.terms.rule_snapshot) if one.terms.rule_snapshot else None


def recount(session: Session, one: Owed, now: datetime, actor: str) -> None:
    """Supersede every pause whose due day after it no longer follows from the terms and the entries before it."""
    for entry in clock_entries(session, one.id):
        if entry.kind is not ClockEntryKind.PAUSE or entry.ends_on is None:
            continue
        due_after = _due_after(session, one, entry, entry.ends_on)
        if due_after != entry.new_due_on:
            entry.superseded_at = now
            again = entry.model_dump(exclude={"id", "superseded_at"})
            session.add(
                ClockEntry(**again | {"new_due_on": due_after, "recorded_at": now, "recorded_by": actor})
            )
            session.flush()


def _due_after(session: Session, one: Owed, entry: ClockEntry, ends_on: date) -> date | None:
    facts = _facts(session, one.id)
    before = _before(facts, entry)
    state = clock(before, entry.works_from_on)
    rule = rule_of(one)
    if state.source is DueSource.COMPUTED and rule is not None and computed_on(facts) == facts.due_computed:
        return _counted(session, one, rule, before, (entry.works_from_on, ends_on))
    if state.due_on is None:
        return None
    measure = unit((rule or PLAIN_DAYS).unit)
    code = one.terms.calendar or (rule.calendar if rule else "XX")
    almanac = Almanac(working_calendar(session, code))
    if measure.NAME in ("none", "fixed_date", "sitting_days"):
        measure = unit("days")
    return measure.move(state.due_on, measure.inside(entry.works_from_on, ends_on, almanac), almanac)


def _counted(
    session: Session, one: Owed, rule: Rule, before: Facts, stopped: tuple[date, date]
) -> date | None:
    trigger = partial_of(one.terms, "trigger")
    due = compute(
        rule,
        trigger.last if trigger else None,
        amount=amount_for(rule, one.terms.amount, one.obligation.period),
        calendar=working_calendar(session, one.terms.calendar or rule.calendar),
        pauses=[*_stops(before.pauses), stopped],
        extensions=[
            Extension(until=given.new_due_on, given_on=given.given_on, cures_late=given.cures)
            for given in before.extensions
        ],
    )
    return due.due_on


def _stops(pauses: Sequence[PauseFact]) -> list[tuple[date, date | None]]:
    return [(pause.begin_on, pause.end_on) for pause in pauses]


def _before(facts: Facts, entry: ClockEntry) -> Facts:
    """The facts as they were when the pause began: only entries that work from earlier days, or the same one."""
    begin = entry.works_from_on
    return replace(
        facts,
        extensions=tuple(given for given in facts.extensions if given.given_on <= begin),
        pauses=tuple(pause for pause in facts.pauses if pause.begin_on < begin),
    )


def _facts(session: Session, obligation_id: int) -> Facts:
    session.flush()
    return facts_of(session, [obligation_id], habits_of(session))[obligation_id]


def due_in_force(session: Session, obligation_id: int, day: date) -> date | None:
    """The due day an obligation has on a day, entries and all."""
    return clock(_facts(session, obligation_id), day).due_on
