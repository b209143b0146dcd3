"""How alike two texts are: common words count little, rare ones much, and other years or numbers speak against."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from tracker.domain.matching.name_words import SMALL
from tracker.domain.matching.names import tokens

_COMMON = frozenset(
    "response responses reply replies answer answers report reports government recommendation recommendations "
    "recommended recommends recommend consultation outcome publication letter regarding re about concerning our your "
    "that this which with from by be is are was were will should must shall would it its their there have has had not "
    "as or we you they reponse rapport recommandation recommandations respuesta informe recomendacion antwort bericht "
    "que qui pour par sur con por para sobre mit".split()
)
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
SHORTEST_STEM = 5
LETTERS_AT_ONCE = 2
COMMON_WEIGHT = 0.1
_CJK = range(0x3040, 0xA000)


@lru_cache(maxsize=131072)
def words(text: str) -> frozenset[str]:
    """The words of a text that can tell it from others; numbers and ordinals are words."""
    found: set[str] = set()
    for word in tokens(text[:4000]):
        if ord(word[0]) in _CJK:
            found.update(word[at : at + LETTERS_AT_ONCE] for at in range(len(word) - 1))
        elif word not in SMALL and (len(word) > 1 or word.isdigit()):
            found.add(_ORDINALS.get(word) or _stem(word))
    return frozenset(found)


def _stem(word: str) -> str:
    if len(word) > SHORTEST_STEM and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


@dataclass(slots=True)
class Weights:
    """How much a word tells: the rarer among the texts on record, the more."""

    texts: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def learn(self, text: Iterable[str]) -> None:
        """One more text on record."""
        self.texts += 1
        self.seen.update(text)

    def of(self, word: str) -> float:
        """The weight of a word."""
        weight = log(2 + self.texts / (1 + self.seen[word]))
        return weight * COMMON_WEIGHT if word in _COMMON else weight

    def sum(self, text: Iterable[str]) -> float:
        """The weight of several words."""
        return sum(self.of(word) for word in text)


FEWEST_WORDS = 3
WITHIN = 0.85
"""How alike a text is that is all contained in the longer other one."""


def alike(one: frozenset[str], other: frozenset[str], weights: Weights) -> float:
    """From 0 to 1: the weight of the words two texts share; one wholly within the other is nearly the same."""
    shared = one & other
    if not shared:
        return 0.0
    common = weights.sum(shared)
    left, right = weights.sum(one), weights.sum(other)
    overlap = common / (left + right - common)
    shorter = min(len(one), len(other))
    inside = common / min(left, right) if shorter >= FEWEST_WORDS else 0.0
    return max(overlap, WITHIN * inside**3)


def other_numbers(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both texts name numbers or years, and not one is the same."""
    ours, theirs = _numbers(one), _numbers(other)
    return bool(ours and theirs and not ours & theirs)


def _numbers(text: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in text if word.isdigit())
