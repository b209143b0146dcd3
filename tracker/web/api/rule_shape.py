"""A deadline rule as data: every field of the catalogue, for the API, `/rules.json` and `/rules.csv`."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

from tracker.domain.rules import Rule
from tracker.domain.words import Basis, Trigger
from tracker.web.api.shapes import (
    ANYTHING,
    DAY,
    TEXT,
    TRUTH,
    WHOLE,
    Field,
    Schema,
    Shape,
    many,
    maybe,
    words,
)

ABOUT: Mapping[str, str] = {
    "key": "Its permanent key.",
    "name": "Its name.",
    "who": "Who owes, to whom.",
    "jurisdiction": "Where it applies.",
    "amount": "How many units; 0: the instrument names the number, or there is none.",
    "unit": "What is counted.",
    "start_event": "The event it runs from.",
    "start_detail": "That event in the law's own words, where it is narrower.",
    "start_mode": "exclusive: the day of the event does not count; inclusive: it does; day_after: from the day after.",
    "end_bound": "inclusive: the last day counts; exclusive: due before that day.",
    "roll": "Where a last day moves that is no working day: none, next, previous.",
    "roll_from": "From which days it moves: saturday, sunday, holiday.",
    "calendar": "Whose working days and holidays.",
    "min_working_days": "The least number of working days the period holds.",
    "fixed_on": "The day or days the rule itself names; MM-DD: every year.",
    "due_time": "The hour it names, HH:MM where the debtor is; never changes the day.",
    "extension": "How it may be made longer: amount (0: no limit), unit, base, notice, cures_late, by, built_in.",
    "pause": "Whether its clock can stand still, by which events, and whether the last day is left out too.",
    "restarts": "Events after which it is counted anew.",
    "on_recess": "What a recess does: continues, ends, unknown; empty: no parliament is concerned.",
    "on_prorogation": "What a prorogation does.",
    "on_dissolution": "What a dissolution does.",
    "next_stages": "Keys of the rules that follow in a chain.",
    "conflicts_with": "Keys of official rules on the same answer that say otherwise.",
    "versions": "What it said between two days, where that differs from today.",
    "valid_from": "In force since that day.",
    "valid_to": "In force until that day.",
    "revoked_on": "When its instrument was revoked: what was open then is void.",
    "unsure_before": "Before that day it read otherwise; since when is not known.",
    "other": "A second clock of the same rule, and which of the two is kept.",
    "force": "The force of its instrument, in a finer word than the basis.",
    "on_silence": "What follows if nothing comes.",
    "no_date_because": "Why it yields no date by itself.",
    "legal_basis": "Act, section, rule or promise.",
    "source": "Where that can be read.",
    "confidence": "How far it was read in its source.",
    "checked": "False: computes and shows, and flags nobody until an editor confirms it.",
    "publication_lag_days": "Days after the due day before a look for an answer counts.",
    "notes": "What else is to be known.",
}
_PLAIN: Mapping[Any, Schema] = {str: TEXT, int: WHOLE, bool: TRUTH, date: DAY, Trigger: words(Trigger)}


def _schema(kind: Any) -> Schema:
    parts = [part for part in get_args(kind) if part not in (type(None), ...)]
    if get_origin(kind) is tuple:
        return many(_schema(parts[0]))
    if type(None) in get_args(kind):
        return maybe(_schema(parts[0]))
    return ANYTHING if is_dataclass(kind) else _PLAIN[kind]


def _field(name: str, kind: Any) -> Field:
    def get(rule: Rule) -> object:
        return plain_terms(getattr(rule, name))

    return Field(name, _schema(kind), ABOUT.get(name, name), get)


def plain_terms(value: Any) -> Any:
    """A member of a rule, its parts as objects."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain_terms(getattr(value, one.name)) for one in fields(value)}
    return [plain_terms(one) for one in value] if isinstance(value, tuple) else value


_BASIS = Field("basis", words(Basis), "Why its dates bind.", lambda rule: rule.basis)
_HINTS = get_type_hints(Rule)
RULE = Shape(
    "Rule",
    "How a due date follows from an event.",
    (*(_field(one.name, _HINTS[one.name]) for one in fields(Rule)), _BASIS),
)


def rule_cells(rule: Rule) -> dict[str, object]:
    """A rule as a row of a table; what has parts of its own stands in its cell as JSON."""
    return {name: _cell(value) for name, value in RULE.data(rule).items()}


def _cell(value: object) -> object:
    parts = value if isinstance(value, list) else [value]
    nested = any(isinstance(part, Mapping) for part in parts)
    return json.dumps(value, ensure_ascii=False) if nested else value
