"""What a change of rules or calendars means for a date already kept: whose text counts, and why the date moved."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from tracker.domain.calendars import calendar, calendar_codes
from tracker.domain.days_off import DayOff
from tracker.domain.rules import Rule, RuleError

EDITORIAL = frozenset(
    {
        "name",
        "who",
        "jurisdiction",
        "start_detail",
        "due_time",
        "next_stages",
        "conflicts_with",
        "on_silence",
        "no_date_because",
        "source",
        "confidence",
        "checked",
        "notes",
    }
)
"""What may change in a rule without changing any date or what it binds to."""
EDITORIAL_PARTS = frozenset({"by", "events", "source"})
"""The same within its extension, pause and versions."""
CLOCK = "clock"
"""Who renews terms: nobody entered anything."""

Steps = Sequence[Mapping[str, Any]]
Why = dict[str, object]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A date as it was worked out: by which rule and calendar, and step by step."""

    due_on: date | None
    steps: Steps
    calendar_version: str = ""
    rival_on: date | None = None


def fingerprint(rules: Iterable[Rule], days_off: Iterable[DayOff], *more: object) -> str:
    """All that the dates of this site rest on, in one hash: rules, package, corrections, its own days off."""
    said = {
        "rules": [rule.snapshot() for rule in rules],
        "calendars": [calendar(code).version for code in calendar_codes()],
        "days_off": sorted((where.upper(), day.isoformat(), name) for where, day, name in days_off),
        "more": [repr(one) for one in more],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def kept_rule(snapshot: Mapping[str, Any]) -> Rule | None:
    """The rule as it was kept; None where this version of the product cannot read it any more."""
    try:
        return Rule.from_snapshot(snapshot)
    except RuleError:
        return None


def rule_that_counts(kept: Rule | None, current: Rule | None, start: date | None) -> Rule | None:
    """The catalogue's text, unless it is not in force for a period that began under the one kept before."""
    if current is None or kept is None:
        return current or kept
    outlived = start is not None and not current.in_force(start) and kept.in_force(start)
    return kept if outlived else current


@lru_cache(maxsize=1024)
def substance(rule: Rule) -> Mapping[str, Any]:
    """What a rule says of dates and of what binds, as JSON-able data."""
    return {name: _bare(value) for name, value in rule.snapshot().items() if name not in EDITORIAL}


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if isinstance(value, dict):
        return {name: one for name, one in value.items() if name not in EDITORIAL_PARTS}
    return value


def changed(kept: Rule, rule: Rule) -> dict[str, list[object]]:
    """Each part of a rule's substance that reads differently: what it was and what it is."""
    was, is_ = substance(kept), substance(rule)
    names = sorted({*was, *is_})
    return {name: [was.get(name), is_.get(name)] for name in names if was.get(name) != is_.get(name)}


def is_confirmed(kept: Rule | None, was_checked: bool, rule: Rule) -> bool:
    """Whether dates by a rule may flag: it is checked, or an editor confirmed what it still says."""
    by_an_editor = was_checked and kept is not None and not kept.checked
    return rule.checked or (by_an_editor and kept is not None and not changed(kept, rule))


def reasons(
    kept: Rule | None, rule: Rule, was: Reckoned, is_: Reckoned, start: date | None = None
) -> list[Why]:
    """Why a computed date moved, as codes and values; worded at the rim. Only the text of the start's day counts."""
    found: list[Why] = []
    if kept is not None and (parts := changed(_read_on(kept, start), _read_on(rule, start))):
        found.append({"code": "rule_changed", "rule": rule.key, "changed": parts})
    found += _holidays(was, is_)
    if was.rival_on != is_.rival_on:
        found.append({"code": "second_rule"})
    if not found and was.calendar_version != is_.calendar_version:
        found.append({"code": "calendar_changed", "old": was.calendar_version, "new": is_.calendar_version})
    return found


def _read_on(rule: Rule, start: date | None) -> Rule:
    return replace(rule.on(start) if start else rule, versions=())


def _holidays(was: Reckoned, is_: Reckoned) -> list[Why]:
    before, after = days_left_out(was.steps), days_left_out(is_.steps)
    # A holiday the count only now reaches, because it ends later, is not new.
    added = [day for day in after if day not in before and day <= (was.due_on or date.max)]
    gone = [day for day in before if day not in after and day <= (is_.due_on or date.max)]
    return [
        *(_day_off("holiday_added", day, after) for day in sorted(added)),
        *(_day_off("holiday_removed", day, before) for day in sorted(gone)),
    ]


def _day_off(code: str, day: date, names: Mapping[date, str]) -> Why:
    return {"code": code, "day": day.isoformat(), "name": names[day]}


def days_left_out(steps: Steps) -> dict[date, str]:
    """The holidays that steps name, left out of the count or rolled over, by day."""
    found: dict[date, str] = {}
    for step in steps:
        values = step.get("values") or {}
        if step["code"] == "holiday":
            found.update(dict.fromkeys(_span(step["day"], values.get("until")), str(values.get("name"))))
        elif step["code"] == "roll" and values.get("reason") not in ("Saturday", "Sunday"):
            found[date.fromisoformat(str(values["was"]))] = str(values.get("reason"))
    return found


def _span(first: str, last: str | None) -> list[date]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
