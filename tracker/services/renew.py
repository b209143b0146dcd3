"""The terms of an obligation as the rules and calendars of now give them, from what was said when it was entered."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from tracker.domain.catalogue import catalogue
from tracker.domain.renewal import CLOCK, Reckoned, Why, is_confirmed, kept_rule, reasons, rule_that_counts
from tracker.domain.rules import Rule
from tracker.services.reckon import Deadline, by_rule, first_address, working_calendar
from tracker.storage.columns import partial_of
from tracker.storage.tables import Terms

COUNTED = ("basis", "computed_on", "rival_on", "no_date", "rule_checked", "problem", "lag_days")
"""What of the terms a standing is made of and a rule or a calendar can change."""
TAKEN_OVER = "taken_over"
LISTED = frozenset({"sitting_days", "school_days"})


@dataclass(frozen=True, slots=True)
class Renewal:
    """New terms in the place of old ones, and why the computed date moved, if it did."""

    old: Terms
    values: dict[str, Any]
    why: list[Why]
    counts: bool
    """Whether anything a standing is made of differs."""


def renewal(session: Session, terms: Terms, period: int, now: datetime) -> Renewal | None:
    """The terms anew where rule or calendar read differently; None where they rest on what holds today."""
    kept = _kept(terms)
    start = _start(terms)
    rule = rule_that_counts(kept, catalogue().get(terms.rule_key), start)
    if rule is None or _is_taken_over(terms) or _is_up_to_date(session, terms, kept, rule):
        return None
    values = by_rule(session, _said(terms, kept), rule, period)
    values["rule_checked"] = is_confirmed(kept, terms.rule_checked, rule)
    if terms.rival_rule_key not in catalogue():
        values["rival_on"] = terms.rival_on
    if all(getattr(terms, name) == value for name, value in values.items()):
        return None
    was, is_ = _reckoned(terms), _as_reckoned(values)
    why = (
        []
        if (was.due_on, was.rival_on) == (is_.due_on, is_.rival_on)
        else reasons(kept, rule, was, is_, start)
    )
    counts = any(getattr(terms, name) != values[name] for name in COUNTED)
    return Renewal(terms, _row(terms, values, now), why, counts)


def _kept(terms: Terms) -> Rule | None:
    current = catalogue().get(terms.rule_key)
    if current is not None and terms.rule_snapshot == _snapshot(terms.rule_key):
        return current
    return _read(json.dumps(terms.rule_snapshot, sort_keys=True))


@lru_cache(maxsize=1024)
def _read(snapshot: str) -> Rule | None:
    return kept_rule(json.loads(snapshot))


@lru_cache(maxsize=1024)
def _snapshot(key: str) -> dict[str, Any]:
    return catalogue()[key].snapshot()


def _start(terms: Terms) -> date | None:
    start = partial_of(terms, "trigger")
    return start.last if start else None


def _is_taken_over(terms: Terms) -> bool:
    """Worked out elsewhere: no rule of ours was applied, so none can move it."""
    return any(step.get("code") == TAKEN_OVER for step in terms.steps)


def _is_up_to_date(session: Session, terms: Terms, kept: Rule | None, rule: Rule) -> bool:
    if kept != rule or terms.rival_rule_key or _counts_listed_days(rule):
        return False
    current = working_calendar(session, terms.calendar or rule.calendar).version
    return terms.calendar_version in ("", current)


def _counts_listed_days(rule: Rule) -> bool:
    """Days of a list, such as sittings: nothing kept with the terms says which list it was."""
    return not LISTED.isdisjoint((rule.unit, rule.other.unit if rule.other else ""))


def _said(terms: Terms, kept: Rule | None) -> Deadline:
    """What somebody said, apart from what only followed from the rule as it was."""
    return Deadline(
        basis=None if kept and terms.basis is kept.basis else terms.basis,
        rule=terms.rule_key,
        second_rule=terms.rival_rule_key,
        amount=terms.amount,
        calendar="" if kept and terms.calendar == kept.calendar else terms.calendar,
        trigger=terms.trigger,
        trigger_on=partial_of(terms, "trigger"),
        trigger_ahead=terms.trigger_ahead,
        stated=partial_of(terms, "stated"),
        as_written=terms.as_written,
        legal_basis="" if kept and terms.legal_basis == kept.legal_basis else terms.legal_basis,
        source_url="" if kept and terms.source_url == first_address(kept) else terms.source_url,
    )


def _reckoned(terms: Terms) -> Reckoned:
    return Reckoned(terms.computed_on, terms.steps, terms.calendar_version, terms.rival_on)


def _as_reckoned(values: dict[str, Any]) -> Reckoned:
    return Reckoned(values["computed_on"], values["steps"], values["calendar_version"], values["rival_on"])


_COLUMNS = tuple(name for name in Terms.model_fields if name not in ("id", "superseded_at"))


def _row(terms: Terms, values: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The new row; what somebody said is taken along, down to the import it came with."""
    same = {name: getattr(terms, name) for name in _COLUMNS}
    calendar = {"calendar": ""} if terms.rule_snapshot.get("calendar") == terms.calendar else {}
    return same | values | calendar | {"recorded_at": now, "recorded_by": CLOCK, "superseded_at": None}
