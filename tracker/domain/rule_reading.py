"""Deadline rules from TOML tables or snapshots; what is wrong in one is told by file, key and mend."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from tracker.domain.nearest import nearest
from tracker.domain.rule_terms import ExtensionTerms, OtherClock, PauseTerms, Version
from tracker.domain.rules import EXTENSION_BASES, KEEPS, Rule, RuleError
from tracker.domain.units import units
from tracker.domain.words import Trigger

T = TypeVar("T")
IN_OTHER_WORDS: Mapping[str, str] = {"names": "name", "debtors": "who"}
"""The tables beside `name` and `who`, which are English, that say the same in other languages."""
Said = Mapping[str, Mapping[str, str]]
"""A field of a rule, and what it says by language."""


def read_rules(text: str, where: str) -> dict[str, Rule]:
    """The rules in one TOML text, one table per key; `where` names the file in errors."""
    return {key: rule_from({"key": key, **_law(table)}, where) for key, table in _tables(text, where).items()}


def _law(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without words in other languages: what an obligation keeps of its rule has none of them."""
    return {name: value for name, value in table.items() if name not in IN_OTHER_WORDS}


def read_words(text: str, where: str) -> dict[str, Said]:
    """What the rules of one TOML text are called, and who owes, in languages other than English, by key."""
    return {
        key: {
            field: _by_language(table.get(name, {}), f"{where} [{key}]: {name}")
            for name, field in IN_OTHER_WORDS.items()
        }
        for key, table in _tables(text, where).items()
    }


def _by_language(given: Any, place: str) -> Mapping[str, str]:
    if not isinstance(given, dict) or not all(isinstance(one, str) and one.strip() for one in given.values()):
        raise RuleError(f'{place} holds words for each language; write {{ es = "…", fr = "…" }}')
    return given


def _tables(text: str, where: str) -> dict[str, Mapping[str, Any]]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{where}: this is not TOML ({error}); mend that line") from error
    return {key: _table(table, where, key) for key, table in tables.items()}


def _table(value: Any, where: str, key: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RuleError(f"{where}: {key} stands outside a rule; put it under a [rule-key] heading")
    return value


def rule_from(table: Mapping[str, Any], where: str) -> Rule:
    """One rule from its table; every value is checked."""
    place = f"{where} [{table.get('key', '?')}]"
    try:
        return Rule(**_values(Rule, table, place))
    except RuleError as error:
        raise RuleError(f"{where}: {error}" if not str(error).startswith(where) else str(error)) from error
    except TypeError as error:
        raise RuleError(f"{place}: key and name are required ({error})") from error


def _values(kind: type[Any], table: Mapping[str, Any], place: str) -> dict[str, Any]:
    known = {item.name: str(item.type) for item in fields(kind)}
    unknown = sorted(set(table) - set(known))
    if unknown:
        hint = nearest(unknown[0], known)
        raise RuleError(f"{place}: unknown key {unknown[0]!r}; the keys are {', '.join(known)}{hint}")
    return {name: _value(name, known[name], value, place) for name, value in table.items()}


def _value(name: str, kind: str, value: Any, place: str) -> Any:
    convert = _BY_NAME.get(name) or _BY_TYPE.get(
        kind.removesuffix(" | None").removeprefix("<class '").removesuffix("'>")
    )
    try:
        return convert(value, f"{place} {name}") if convert else value
    except (ValueError, TypeError) as error:
        if isinstance(error, RuleError):
            raise
        raise RuleError(f"{place}: {name} = {value!r} cannot be read: {error}") from error


def _exactly(kind: type[Any], word: str) -> Callable[[Any, str], Any]:
    def check(value: Any, place: str) -> Any:
        if type(value) is not kind:
            raise ValueError(f"write {word}")
        return value

    return check


def _day(value: Any, place: str) -> date:
    return value if type(value) is date else date.fromisoformat(value)


def _texts(value: Any, place: str) -> tuple[str, ...]:
    if isinstance(value, str) or not all(isinstance(item, str) for item in value):
        raise ValueError('write a list of texts such as ["saturday", "sunday"]')
    return tuple(value)


def _trigger(value: Any, place: str) -> Trigger:
    if value not in set(Trigger):
        raise ValueError(f"use one of {', '.join(Trigger)}")
    return Trigger(value)


def _extension(value: Any, place: str) -> ExtensionTerms:
    terms = _part(ExtensionTerms, value, place)
    if terms.base not in EXTENSION_BASES or terms.unit not in ("", *units()):
        raise ValueError(f"base is {' or '.join(EXTENSION_BASES)}, unit one of {', '.join(units())}")
    return terms


def _part(kind: type[T], value: Any, place: str) -> T:
    if not isinstance(value, dict):
        raise ValueError("write a table { … }")
    return kind(**_values(kind, value, place))


def _other(value: Any, place: str) -> OtherClock:
    other = _part(OtherClock, value, place)
    if other.keep not in KEEPS or other.unit not in units():
        raise ValueError(f"keep is {' or '.join(KEEPS)}, unit one of {', '.join(units())}")
    return other


_BY_TYPE: Mapping[str, Callable[[Any, str], Any]] = {
    "int": _exactly(int, "a whole number"),
    "str": _exactly(str, "a text in quotes"),
    "bool": _exactly(bool, "true or false"),
    "date": _day,
    "datetime.date": _day,
    "tuple[str, ...]": _texts,
}
_BY_NAME: Mapping[str, Callable[[Any, str], Any]] = {
    "start_event": _trigger,
    "extension": _extension,
    "pause": lambda value, place: _part(PauseTerms, value, place),
    "other": _other,
    "versions": lambda value, place: tuple(_part(Version, row, place) for row in value),
}
