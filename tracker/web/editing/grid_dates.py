"""The dates of many rows before anything is kept: each way of reckoning once, with its steps and rows."""

from dataclasses import dataclass, field

from tracker.services.enter import Foreseen
from tracker.services.enter_many import Row


@dataclass(slots=True)
class Reckoning:
    """One rule, event and place: its date and steps, and who owes by it."""

    example: Foreseen
    rows: list[tuple[Row, list[Foreseen]]] = field(default_factory=list)


def reckonings(found: list[tuple[Row, list[Foreseen]]]) -> list[Reckoning]:
    """What is foreseen, gathered by how it is reckoned."""
    gathered: dict[tuple[object, ...], Reckoning] = {}
    for row, foreseen in found:
        by_way: dict[tuple[object, ...], list[Foreseen]] = {}
        for one in foreseen:
            by_way.setdefault(_way(one), []).append(one)
        for way, those in by_way.items():
            gathered.setdefault(way, Reckoning(those[0])).rows.append((row, those))
    return list(gathered.values())


def _way(one: Foreseen) -> tuple[object, ...]:
    terms = one.terms
    said = (terms.rule_key, terms.basis, terms.trigger, terms.trigger_on, terms.stated_on, terms.calendar)
    return (*said, one.period, one.clock.due_on, one.clock.problem is None, terms.no_date)
