"""What a sentence of a reply can be, and the forms of words by which each language says so, as data."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.words import Position


class Code(StrEnum):
    """What a sentence looks like."""

    POSITION = "position"
    REASON = "reason"
    ACTION = "action"
    OWNER = "owner"
    DATE = "date"
    HOLDING = "holding"
    """It announces a later answer."""
    ACKNOWLEDGEMENT = "acknowledgement"
    REFERRAL = "referral"
    """It sends the asker to somebody else."""
    NEIGHBOUR = "neighbour"
    """It speaks of another recommendation."""
    QUOTED = "quoted"
    """It repeats what was asked: not the body's own words."""


_DENIES = re.compile(r"\b(?:not|no|cannot|never|without|unable|nor|ni|sans|ne|n['’]\w+)\b", re.I)
_JUST_BEFORE = 14


def is_denied(sentence: str, cue: re.Match[str]) -> bool:
    """Whether a negation stands in the words or just before them."""
    return bool(_DENIES.search(sentence[max(0, cue.start() - _JUST_BEFORE) : cue.end()]))


@dataclass(frozen=True, slots=True)
class Form:
    """A form of words; `unless` says when the same words mean something else."""

    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    position: Position | None = None
    is_weak: bool = False
    """Counts only where no plainer sentence of the reply says it."""
    has_own_denial: bool = False
    """A negation in its words turns nothing round: "has no objection"."""

    def cue(self, sentence: str) -> re.Match[str] | None:
        """Where the sentence has this form, its words."""
        found = self.pattern.search(sentence)
        return None if found and self.unless and self.unless.search(sentence) else found

    def cue_said(self, sentence: str) -> re.Match[str] | None:
        """The same, where it is not denied: "does not intend to publish" names no action."""
        found = (cue for cue in self.pattern.finditer(sentence) if not is_denied(sentence, cue))
        first = next(found, None)
        return None if first and self.unless and self.unless.search(sentence) else first


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language: the words by which it is recognised, and its forms; of positions the first that fits counts."""

    code: str
    common: frozenset[str]
    heads: tuple[Form, ...]
    """Positions told by a word alone."""
    positions: tuple[Form, ...]
    forms: dict[Code, tuple[Form, ...]]
    quoting: re.Pattern[str]
    """How a sentence begins that tells what the asker wants."""
    other_item: re.Pattern[str]
    """Names another recommendation by its number, in the group `number`."""


def form(
    pattern: str,
    *,
    unless: str = "",
    position: Position | None = None,
    weak: bool = False,
    cased: bool = False,
    own_denial: bool = False,
) -> Form:
    """A form from its patterns; case counts only where `cased`."""
    flags = 0 if cased else re.IGNORECASE
    other = re.compile(unless, re.IGNORECASE) if unless else None
    return Form(re.compile(pattern, flags), other, position, weak, own_denial)
