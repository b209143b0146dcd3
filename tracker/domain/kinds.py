"""Process kinds and topics as data: words per language, columns, and the rule a kind offers."""

import re
import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from tracker.domain.words import ItemKind, ObligationKind, ProcessKind

COLUMNS = ("number", "addressees", "due", "standing", "position", "verdict", "claim")
"""What a kind's list of items may show; a column with something in it is never left out."""
FALLBACK_LANGUAGE = "en"


class KindError(ValueError):
    """A kind or topic that is written wrongly; the text says which file, which key, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one kind in one language: its own, a sentence about it, and those of what it produces."""

    one: str
    many: str
    about: str
    item: str
    items: str
    part: str
    """A child item: a milestone of a plan, a step of a duty."""
    parts: str
    asker: str
    """Stands before whoever asks or promises."""
    addressee: str
    response: str
    """What is owed: a reply, a report that it is done."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of process, on the one set of templates."""

    key: ProcessKind
    item: ItemKind
    obligation: ObligationKind
    rule: str
    """Offered when an item is entered; never applies by itself."""
    columns: tuple[str, ...]
    words: Mapping[str, Words]
    offers: Mapping[str, str]
    """Rules offered instead in some jurisdictions."""

    def offered(self, jurisdiction: str) -> str:
        """The key of the rule it offers there: of the very place, else of its country, else the general one."""
        country = jurisdiction.partition("-")[0]
        return self.offers.get(jurisdiction) or self.offers.get(country) or self.rule

    def in_language(self, language: str) -> Words:
        """Its words in that language, else in English."""
        return self.words.get(language.partition("-")[0], self.words[FALLBACK_LANGUAGE])


@dataclass(frozen=True, slots=True)
class Topic:
    """One top topic; free tags beneath it are its synonyms at import."""

    key: str
    words: Mapping[str, str]
    synonyms: frozenset[str]

    def in_language(self, language: str) -> str:
        """Its name in that language, else in English."""
        return self.words.get(language.partition("-")[0], self.words[FALLBACK_LANGUAGE])


@lru_cache(maxsize=1)
def kinds() -> Mapping[ProcessKind, Kind]:
    """Every kind of process, in the order of the words."""
    return MappingProxyType({kind: read_kind(_text("kinds", kind.value), kind.value) for kind in ProcessKind})


@lru_cache(maxsize=1)
def topics() -> Mapping[str, Topic]:
    """Every top topic by its key."""
    folder = resources.files("tracker") / "topics"
    keys = sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))
    return MappingProxyType({key: read_topic(_text("topics", key), key) for key in keys})


def topic_of(tag: str) -> str | None:
    """The key of the top topic a free tag or a topic's name belongs to; None where nobody has said."""
    return _topic_by_tag().get(_slug(tag))


@lru_cache(maxsize=1)
def _topic_by_tag() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for topic in topics().values():
        for tag in {topic.key, *topic.synonyms, *topic.words.values()}:
            other = found.setdefault(_slug(tag), topic.key)
            if other != topic.key:
                raise KindError(
                    f"topics/{topic.key}.toml: {tag!r} already belongs to {other}; take it out of one of them"
                )
    return found


def _slug(tag: str) -> str:
    return re.sub(r"[\W_]+", "-", tag.casefold()).strip("-")


def _text(folder: str, key: str) -> str:
    file = resources.files("tracker") / folder / f"{key}.toml"
    if not file.is_file():
        raise KindError(f"{folder}/{key}.toml is missing; every kind of process needs its file")
    return file.read_text(encoding="utf-8")


def read_kind(text: str, key: str) -> Kind:
    """One kind from its TOML text."""
    where = f"kinds/{key}.toml"
    table = _table(text, where, {"item", "obligation", "rule", "columns", "words"}, {"offers"})
    unknown = set(table["columns"]) - set(COLUMNS)
    if unknown:
        raise KindError(f"{where}: unknown column {min(unknown)!r}; use some of {', '.join(COLUMNS)}")
    try:
        item, obligation = ItemKind(table["item"]), ObligationKind(table["obligation"])
    except ValueError as error:
        raise KindError(f"{where}: {error}; see another kind for the form") from error
    words = {
        language: _in_one(row, f"{where}, words.{language}") for language, row in _words(table, where).items()
    }
    columns, offers = tuple(table["columns"]), table.get("offers", {})
    return Kind(ProcessKind(key), item, obligation, table["rule"], columns, words, offers)


def _in_one(row: Any, where: str) -> Words:
    """The words of one language: all of them, none empty, none besides."""
    given = row if isinstance(row, dict) else {}
    names = [field.name for field in fields(Words)]
    wrong = [name for name in names if not isinstance(given.get(name), str) or not given[name].strip()]
    if wrong:
        raise KindError(f'{where}: the word {wrong[0]!r} is missing; write {wrong[0]} = "…"')
    if set(given) - set(names):
        raise KindError(
            f"{where}: unknown word {min(set(given) - set(names))!r}; the words are {', '.join(names)}"
        )
    return Words(**given)


def read_topic(text: str, key: str) -> Topic:
    """One topic from its TOML text."""
    where = f"topics/{key}.toml"
    table = _table(text, where, {"synonyms", "words"})
    return Topic(key, _words(table, where), frozenset(_slug(tag) for tag in table["synonyms"]))


def _table(text: str, where: str, keys: set[str], optional: Set[str] = frozenset()) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KindError(f"{where}: this is not TOML ({error}); mend that line") from error
    wrong = keys ^ (set(table) - optional)
    if wrong:
        word = "missing" if min(wrong) in keys else "unknown"
        raise KindError(f"{where}: {word} key {min(wrong)!r}; the keys are {', '.join(sorted(keys))}")
    return table


def _words(table: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    words: Mapping[str, Any] = table["words"]
    if FALLBACK_LANGUAGE not in words:
        raise KindError(
            f"{where}: words.{FALLBACK_LANGUAGE} is missing; English is the language others fall back to"
        )
    return words
