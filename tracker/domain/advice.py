"""What can be done about an answer that is owed: pieces of advice as data, each with its law, a source and a review.

Wrong advice is worse than none: a piece holds for named rules and standings only, and is silent once its review is old.
"""

import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from tracker.domain.kinds import FALLBACK_LANGUAGE
from tracker.domain.words import ProcessKind, Standing

FOLDER = "advice"
LANGUAGES = frozenset({"en", "es", "fr"})
REVIEW_LASTS = timedelta(days=730)
_NEEDED = {"key", "rules", "standings", "legal_basis", "source", "reviewed_on", "reviewed_by", "words"}


class AdviceError(ValueError):
    """A piece of advice that is written wrongly; the text says which file, which piece, and how to mend it."""


class Reviewer(StrEnum):
    """Who held a piece of advice against its source."""

    PROJECT = "project"
    """Those who make this software; no lawyer."""
    LAWYER = "lawyer"
    """A lawyer of that jurisdiction."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that can be done, under some rules and in some standings."""

    key: str
    rules: frozenset[str]
    standings: frozenset[Standing]
    kinds: frozenset[ProcessKind]
    """Of process; all where none is named."""
    legal_basis: str
    source: str
    reviewed_on: date
    reviewed_by: Reviewer
    words: Mapping[str, str]

    def holds(self, rule: str, kind: ProcessKind, standing: Standing, today: date) -> bool:
        """Whether it is given there, that day."""
        fits = rule in self.rules and standing in self.standings and (not self.kinds or kind in self.kinds)
        return fits and self.reviewed_on <= today <= self.reviewed_on + REVIEW_LASTS

    def in_language(self, language: str) -> str:
        """Its words in that language, else in English."""
        return self.words.get(language.partition("-")[0], self.words[FALLBACK_LANGUAGE])


def advice_for(rule: str, kind: ProcessKind, standing: Standing, today: date) -> list[Advice]:
    """What can be done beside what can always be done; nothing where nothing is reviewed."""
    return [one for one in advice() if one.holds(rule, kind, standing, today)]


@lru_cache(maxsize=1)
def advice() -> tuple[Advice, ...]:
    """Every piece, in the order of the files."""
    folder = resources.files("tracker") / FOLDER
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    return tuple(piece for one in files for piece in read_advice(one.read_text(encoding="utf-8"), one.name))


def read_advice(text: str, name: str) -> Iterator[Advice]:
    """The pieces of one file (AdviceError where one is written wrongly)."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AdviceError(f"{FOLDER}/{name}: this is not TOML ({error}); mend that line") from error
    if set(table) != {"advice"} or not isinstance(table["advice"], list):
        raise AdviceError(f"{FOLDER}/{name}: write each piece below [[advice]], and nothing else")
    for number, row in enumerate(table["advice"], 1):
        yield _piece(row, f"{FOLDER}/{name}: {row.get('key', f'piece {number}')}")


def _piece(row: Mapping[str, Any], where: str) -> Advice:
    wrong = _NEEDED ^ (set(row) - {"kinds"})
    if wrong:
        word = "missing" if min(wrong) in _NEEDED else "unknown"
        raise AdviceError(f"{where}: {word} key {min(wrong)!r}; the keys are {', '.join(sorted(_NEEDED))}")
    _held(where, row)
    try:
        return Advice(
            key=row["key"],
            rules=frozenset(row["rules"]),
            standings=frozenset(map(Standing, row["standings"])),
            kinds=frozenset(map(ProcessKind, row.get("kinds", ()))),
            legal_basis=row["legal_basis"],
            source=row["source"],
            reviewed_on=row["reviewed_on"],
            reviewed_by=Reviewer(row["reviewed_by"]),
            words=dict(row["words"]),
        )
    except (TypeError, ValueError) as error:
        raise AdviceError(f"{where}: {error}; see another piece for the form") from error


def _held(where: str, row: Mapping[str, Any]) -> None:
    """What the form alone does not say: every language, a source to open, a law, a day."""
    words, address = row["words"], urlsplit(str(row["source"]))
    faults: Mapping[str, bool] = {
        f"words are needed in {', '.join(sorted(LANGUAGES))}": _without(words),
        "source must be an address that begins with https://": address.scheme != "https"
        or not address.netloc,
        "name the law in legal_basis": not str(row["legal_basis"]).strip(),
        "reviewed_on must be a day such as 2026-11-21": type(row["reviewed_on"]) is not date,
        "name at least one rule and one standing": not (row["rules"] and row["standings"]),
    }
    for said, wrong in faults.items():
        if wrong:
            raise AdviceError(f"{where}: {said}")


def _without(words: Any) -> bool:
    if not isinstance(words, Mapping):
        return True
    present: Set[str] = {language for language, said in words.items() if str(said).strip()}
    return present != LANGUAGES
