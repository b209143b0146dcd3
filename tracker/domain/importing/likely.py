"""Names of a table that are no known body: which one they may mean, by acronym, short form, spelling and language."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from tracker.domain.importing.row import spelt
from tracker.domain.matching.name_words import DRESS, KIND, SAME
from tracker.domain.matching.names import Name, read_name, same_name, short_for
from tracker.domain.name_search import Named

MOST = 4
"""Bodies offered for one name."""
LIKE = 0.65
"""From which likeness on a body is offered."""
WHOLE, SHORT = 1.0, 0.95
ABBREVIATED, MISSPELT = 0.9, 0.8
SHORTEST_ABBREVIATION, SHORTEST_MISSPELT = 2, 5
SAYS_LITTLE = 0.3
"""What `ministry` counts beside a word that says which one."""
TOO_COMMON = 400
"""A word in more names than this leads to none of them."""
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")


@dataclass(frozen=True, slots=True)
class Offer:
    """A body that may be meant."""

    value: str
    """Its key; of one that would be new itself, its name."""
    name: str
    likeness: float


def likely(new: Mapping[str, int], known: Iterable[Named]) -> dict[str, list[Offer]]:
    """For each new name (with how often it stands in the table) the nearest known bodies and fuller new names."""
    candidates = [(body.key, body.names[0], name) for body in known for name in body.names]
    # A new name may be a short form of another new one, which then stands in more rows or says more.
    candidates += [(name, name, name) for name in new]
    names = [_read(name) for _, _, name in candidates]
    index = _index(names)
    found: dict[str, list[Offer]] = {}
    for written in new:
        best: dict[str, Offer] = {}
        wanted = _read(written)
        for at in _reached(index, wanted):
            value, own, _ = candidates[at]
            if value in new and not _fuller(value, written, new):
                continue
            offer = Offer(value, own, likeness(wanted, names[at]))
            if offer.likeness >= max(LIKE, best[value].likeness if value in best else 0):
                best[value] = offer
        found[written] = sorted(best.values(), key=lambda one: (-one.likeness, one.value in new, one.name))[
            :MOST
        ]
    return found


def _read(written: str) -> Name:
    """F.A.A. is FAA."""
    return read_name(_DOTTED.sub(lambda found: found[0].replace(".", ""), written))


def _fuller(one: str, other: str, new: Mapping[str, int]) -> bool:
    return spelt(one) != spelt(other) and (len(one), new[one], one) > (len(other), new[other], other)


def _index(names: Iterable[Name]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        for sign in _signs(name):
            found[sign].append(at)
    return found


def _reached(index: Mapping[str, list[int]], name: Name) -> set[int]:
    lists = [index.get(sign, []) for sign in _signs(name)]
    return {at for one in lists if len(one) <= TOO_COMMON for at in one}


def _signs(name: Name) -> set[str]:
    """What two names share that may be one: a word that tells bodies apart, an acronym, the initials of all words."""
    words = {SAME.get(word, word) for word in name.words}
    initials = "".join(word[0] for word in name.words)
    return (words - KIND - DRESS) | {f"·{short}" for short in {*name.acronyms, initials} if len(short) > 1}


def likeness(one: Name, other: Name) -> float:
    """From 0 to 1: the same but for language and order, an acronym, else the share of words that fit."""
    if same_name(one, other):
        return WHOLE
    if short_for(one, other):
        return SHORT
    ours, theirs = _telling(one.words), _telling(other.words)
    left, shared = list(theirs), 0.0
    for word in ours:
        fits = max(((_fit(word, there), there) for there in left), default=(0.0, ""))
        if fits[0]:
            left.remove(fits[1])
            shared += fits[0] * (_weight(word) + _weight(fits[1]))
    whole = sum(map(_weight, ours)) + sum(map(_weight, theirs))
    return min(shared / whole, ABBREVIATED) if whole else 0.0


@lru_cache(maxsize=16384)
def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(SAME.get(word, word) for word in words if word not in DRESS)


def _weight(word: str) -> float:
    return SAYS_LITTLE if word in KIND else 1.0


@lru_cache(maxsize=65536)
def _fit(one: str, other: str) -> float:
    """How well two words may be one: equal, shortened (`admin`, `dept`), or misspelt."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST_ABBREVIATION or short[0] != long[0]:
        return 0.0
    if long.startswith(short) or (short[-1] == long[-1] and _within(short, long)):
        return ABBREVIATED
    near = len(short) >= SHORTEST_MISSPELT and SequenceMatcher(None, one, other).ratio() >= MISSPELT
    return MISSPELT if near else 0.0


def _within(short: str, long: str) -> bool:
    """Whether the letters of one stand in the other in their order: `govt` in government."""
    rest = iter(long)
    return all(letter in rest for letter in short)
