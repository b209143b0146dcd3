"""The languages with rules for marking, and which of them a text is in."""

import re

from tracker.domain.marking.english import ENGLISH
from tracker.domain.marking.forms import Tongue
from tracker.domain.marking.french import FRENCH
from tracker.domain.marking.spanish import SPANISH

TONGUES: dict[str, Tongue] = {one.code: one for one in (ENGLISH, FRENCH, SPANISH)}
FEWEST_COMMON = 0.12
"""Share of a language's commonest words below which a text is taken to be in another."""
NEARLY = 0.6
"""A text with nearly as many words of the language it is said to be in as of another is in the former."""
SHORT = 25
"""Words below which a text may have half as many common words, if its language is said."""
_WORD = re.compile(r"[^\W\d_]+")


def tongue_of(text: str, language: str = "") -> Tongue | None:
    """The language a text is in, by its commonest words; a short text is taken to be in the one it is said to be."""
    words = [word.casefold() for word in _WORD.findall(text)[:2000]]
    shares = {code: _share(words, one) for code, one in TONGUES.items()}
    best = max(shares, key=lambda code: shares[code])
    said = TONGUES.get(language[:2].casefold())
    if len(words) < 8:
        return said if language else TONGUES[best] if shares[best] else ENGLISH
    least = FEWEST_COMMON / 2 if said and len(words) < SHORT else FEWEST_COMMON
    if shares[best] < least:
        return None
    if said and shares[said.code] >= NEARLY * shares[best]:
        return said
    return TONGUES[best]


def _share(words: list[str], tongue: Tongue) -> float:
    return sum(word in tongue.common for word in words) / len(words) if words else 0.0
