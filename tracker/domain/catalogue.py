"""The rules that ship with the product: `tracker/rules/<jurisdiction>.toml`, one table per rule."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

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
    return MappingProxyType(dict(sorted(found.items())))


def find_rule(text: str, calendar: str = "XX") -> Rule:
    """The rule somebody means by its key, in any case of letters, or by a phrase such as "20 working days"."""
    wanted = text.strip().lower()
    found = next((rule for key, rule in catalogue().items() if key.lower() == wanted), None)
    if found:
        return found
    try:
        return parse_phrase(text, calendar)
    except RuleError as error:
        near = get_close_matches(wanted, list(catalogue()), 3, 0.6)
        hint = f" Did you mean {' or '.join(near)}?" if near else " `answerby rules` lists the keys."
        raise RuleError(f"{error}.{hint}") from error
