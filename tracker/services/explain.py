"""How the due day in force came about, where extensions, stops or fresh starts moved what the rule alone gives."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import Session

from tracker.domain.steps import Step
from tracker.services.recount import ledger_of
from tracker.storage.entries import Owed, clock_entries, owed


def steps_in_force(session: Session, due_on: Mapping[int, date]) -> dict[int, tuple[Step, ...]]:
    """By obligation the steps that lead to its due day, its clock entries among them; none that lead elsewhere."""
    found = {one.id: _steps(session, one, due_on[one.id]) for one in _by_rule(owed(session, due_on))}
    return {id_: steps for id_, steps in found.items() if steps}


def _by_rule(owing: Iterable[Owed]) -> list[Owed]:
    return [one for one in owing if one.terms.rule_snapshot and one.terms.stated_on is None]


def _steps(session: Session, one: Owed, due_on: date) -> tuple[Step, ...]:
    ledger = ledger_of(session, one)
    due = ledger.reckoned(ledger.counting(clock_entries(session, one.id)))
    return due.steps if due and due.due_on == due_on else ()
