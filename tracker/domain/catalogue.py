"""The rules that ship with the product: `tracker/rules/<jurisdiction>.toml`, one table per rule."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from tracker.domain.kinds import FALLBACK_LANGUAGE
from tracker.domain.nearest import nearest
from tracker.domain.phrases import parse_phrase
from tracker.domain.rule_reading import Said, read_rules, read_words
from tracker.domain.rules import Rule, RuleError


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Rule]:
    """Every rule of the product by its key, in the order of the keys."""
    found: dict[str, Rule] = {}
    for text, where in _files():
        for key, rule in read_rules(text, where).items():
            if key in found:
                raise RuleError(f"{where}: the rule {key} is there twice; rename one of them")
            found[key] = rule
    _check_references(found)
    return MappingProxyType(dict(sorted(found.items())))


def _files() -> list[tuple[str, str]]:
    """The text of each file and what it is called."""
    folder = resources.files("tracker") / "rules"
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name
    )
    return [(file.read_text(encoding="utf-8"), file.name) for file in files]


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Said]:
    return {key: said for text, where in _files() for key, said in read_words(text, where).items()}


def rule_name(key: str, name: str, language: str) -> tuple[str, str]:
    """What a rule of that key is called in a language, and in which language that is.

    `name`: its English name as it was kept; one the catalogue does not have any more stays as it was.
    English where nobody has named it in that language; the key, in none, where nobody has named it at all.
    """
    current = catalogue().get(key)
    if current is not None and name in ("", current.name):
        return _in(language, current.name, _words()[key]["name"])
    return (name, FALLBACK_LANGUAGE) if name else (key, "")


def who_owes(rule: Rule, language: str) -> tuple[str, str]:
    """Who owes to whom by a rule of the catalogue, in a language, and in which that is."""
    return _in(language, rule.who, _words()[rule.key]["who"])


def _in(language: str, english: str, others: Mapping[str, str]) -> tuple[str, str]:
    spoken = language.partition("-")[0]
    return (others[spoken], spoken) if spoken in others else (english, FALLBACK_LANGUAGE)


def called(rule: Rule) -> Mapping[str, str]:
    """What a rule of the catalogue is called, by language."""
    return {FALLBACK_LANGUAGE: rule.name, **_words()[rule.key]["name"]}


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
