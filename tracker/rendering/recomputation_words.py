"""Why a date moved when it was reckoned anew, in words: one message per code."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from tracker.domain.catalogue import catalogue, rule_name
from tracker.domain.units import units
from tracker.rendering.step_words import period_words
from tracker.rendering.tongue import N_, Tongue

Why = Mapping[str, Any]


def why_words(detail: Mapping[str, Any], tongue: Tongue) -> str:
    """Why a due day moved by itself, from what the log keeps; empty where somebody moved it."""
    if detail.get("what") != "recomputed":
        return ""
    reasons = [why for why in _listed(detail.get("why")) if why.get("code") in _WORDS]
    said = [_WORDS[str(why["code"])](why, tongue) for why in reasons]
    return tongue.in_turn(one for one in said if one) or tongue.say(N_("reckoned anew"))


def flag_words(detail: Mapping[str, Any], tongue: Tongue) -> str:
    """That a flag went with the date it rested on: no answer came."""
    lifted = detail.get("before") in _FLAGS and detail.get("standing") in _WITHIN_TIME
    return tongue.say(N_("not overdue any more; no answer came")) if lifted else ""


_FLAGS = frozenset({"overdue", "overdue_unsubstantive", "unchecked"})
_WITHIN_TIME = frozenset({"running", "due_soon"})


def _listed(why: object) -> Sequence[Why]:
    return [one for one in why if isinstance(one, Mapping)] if isinstance(why, Sequence) else []


def _holiday_added(why: Why, tongue: Tongue) -> str:
    return tongue.say(N_("%(day)s is a day off now (%(name)s)"), **_day_off(why, tongue))


def _holiday_removed(why: Why, tongue: Tongue) -> str:
    return tongue.say(N_("%(day)s is no day off any more (%(name)s)"), **_day_off(why, tongue))


def _day_off(why: Why, tongue: Tongue) -> dict[str, str]:
    return {"day": tongue.day(date.fromisoformat(str(why["day"]))), "name": str(why.get("name") or "")}


def _rule(why: Why, tongue: Tongue) -> str:
    changed = parts if isinstance(parts := why.get("changed"), Mapping) else {}
    amount = changed.get("amount")
    if isinstance(amount, Sequence) and len(amount) == 2 and all(amount):
        said = N_("the rule %(rule)s now gives %(new)s instead of %(old)s")
        old, new = _periods(why, changed, amount, tongue)
        return tongue.say(said, rule=_name(why, tongue), old=old, new=new)
    return tongue.say(N_("the rule %(rule)s now reads differently"), rule=_name(why, tongue))


def _name(why: Why, tongue: Tongue) -> str:
    """The rule as its page calls it; its key where the catalogue has lost it."""
    rule = catalogue().get(str(why.get("rule")))
    return tongue.quoted(rule_name(rule.key, rule.name, tongue.code)[0]) if rule else str(why.get("rule"))


def _periods(why: Why, changed: Mapping[str, Any], amounts: Sequence[Any], tongue: Tongue) -> tuple[str, str]:
    """What it gave and gives, with the units; bare numbers where nobody knows them any more."""
    rule = catalogue().get(str(why.get("rule")))
    old, new = changed.get("unit") or ([rule.unit] * 2 if rule else ["", ""])
    if not (old in units() and new in units()):
        return str(amounts[0]), str(amounts[1])
    return period_words(int(amounts[0]), old, tongue), period_words(int(amounts[1]), new, tongue)


def _second_rule(_why: Why, tongue: Tongue) -> str:
    return tongue.say(N_("the second rule gives another day"))


def _calendar(_why: Why, tongue: Tongue) -> str:
    return tongue.say(N_("the calendar of working days was corrected"))


_WORDS: Mapping[str, Callable[[Why, Tongue], str]] = {
    "holiday_added": _holiday_added,
    "holiday_removed": _holiday_removed,
    "rule_changed": _rule,
    "second_rule": _second_rule,
    "calendar_changed": _calendar,
}
