"""The rules that ship with the product: `tracker/rules/<jurisdiction>.toml`, one table per rule."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from tracker.domain.nearest import nearest
from tracker.domain.phrases import parse_phrase
from tracker.domain.rule_reading import read_rules
from tracker.domain.rules import Rule, RuleError


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Rule]:
    """Every rule of the product by its key, in the order of the keys."""
    folder = resources.files("tracker") / "rules"
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name
    )
    found: dict[str, Rule] = {}
    for file in files:
        for key, rule in read_rules(file.read_text(encoding="utf-8"), file.name).items():
            if key in found:
                raise RuleError(f"{file.name}: the rule {key} is there twice; rename one of them")
            found[key] = rule
    _check_references(found)
    return MappingProxyType(dict(sorted(found.items())))


def _check_references(found: Mapping[str, Rule]) -> None:
    """Refuses a chain or a contradiction that names a rule nobody wrote."""
    for rule in found.values():
        for key in (*rule.next_stages, *rule.conflicts_with):
            if key not in found:
                raise RuleError(f"{rule.key} names a rule {key!r} that is not there{nearest(key, found)}")


@lru_cache(maxsize=1)
def _by_lower_key() -> Mapping[str, Rule]:
    return {key.lower(): rule for key, rule in catalogue().items()}


def find_rule(text: str, calendar: str = "XX") -> Rule:
    """The rule somebody means by its key, in any case of letters, or by a phrase such as "20 working days"."""
    wanted = text.strip().lower()
    found = _by_lower_key().get(wanted)
    if found:
        return found
    try:
        return parse_phrase(text, calendar)
    except RuleError as error:
        raise RuleError(f"{error}{nearest(wanted, catalogue())}") from error
