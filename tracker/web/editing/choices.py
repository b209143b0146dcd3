"""What fields offer to choose from, in the reader's language."""

from collections.abc import Iterable
from enum import StrEnum

from tracker.domain.catalogue import catalogue, rule_name
from tracker.domain.kinds import kinds, topics
from tracker.domain.rules import Rule
from tracker.domain.units import units
from tracker.domain.words import ProcessKind
from tracker.rendering.rule_words import unit_name
from tracker.rendering.words import word
from tracker.web.locale import language, tongue

Choice = tuple[str, str]


def words(kind: Iterable[StrEnum]) -> list[Choice]:
    """The words of an enumeration."""
    return [(member.value, word(member, tongue())) for member in kind]


def process_kinds() -> list[Choice]:
    """The kinds of process by name."""
    found = ((kind.value, kinds()[kind].in_language(language()).one) for kind in ProcessKind)
    return sorted(found, key=lambda choice: choice[1])


def rules() -> list[Choice]:
    """The catalogue of rules, by jurisdiction and name."""
    found = sorted(catalogue().values(), key=lambda rule: (rule.jurisdiction, called(rule)))
    return [(rule.key, f"{rule.jurisdiction} · {called(rule)}") for rule in found]


def called(rule: Rule) -> str:
    """What a rule is called."""
    return rule_name(rule.key, rule.name, language())[0]


def top_topics() -> list[Choice]:
    """The top topics by name."""
    found = ((key, topic.in_language(language())) for key, topic in topics().items())
    return sorted(found, key=lambda choice: choice[1])


def countable_units() -> list[Choice]:
    """The units something can be extended by."""
    counted = (name for name, one in units().items() if one.NEEDS == "amount")
    return [(name, unit_name(name, tongue())) for name in counted]
