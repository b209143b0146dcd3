"""The words of a text as they are searched: small letters without accents, the same whatever the database."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

LONGEST_WORD = 64
MOST_WORDS = 16_000
MOST_OF_ONE = 250
"""PostgreSQL keeps no more places of a word, nor places past 16,383: what goes past is held nowhere."""
NO_WORD = "·"
"""Stands where a word was left out, so that those beside it keep their places; no text yields it."""

_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Tibetan, Burmese, Khmer, kana and Han put no spaces between words: each sign is a word."""
_SYMBOLS = "\u20a0-\u20cf\u2190-\u2bff\U0001f000-\U0001faff"
_UNSEEN_RANGES = (
    (0xAD,),
    (0x61C,),
    (0x640,),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFE00, 0xFE0F),
)
_UNSEEN = {
    sign: None
    for span in (*_UNSEEN_RANGES, (0xFEFF,), (0xE0000, 0xE01FF))
    for sign in range(span[0], span[-1] + 1)
}
"""Soft hyphens, joiners, turners of direction and variants of a sign are in no word."""
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
"""Letters that are written plainly where a keyboard has none of them, and that Unicode does not take apart."""
_KANA_MARKS = 8


@lru_cache(maxsize=1)
def _marks() -> str:
    """The vowel signs of scripts that write them as marks; Python counts them to no word."""
    return "".join(re.escape(chr(n)) for n in range(0x300, 0x10000) if unicodedata.category(chr(n))[0] == "M")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    letters = rf"(?:(?![{_UNSPACED}])(?:[^\W\d_]|[{_marks()}]))+"
    return re.compile(rf"[{_UNSPACED}]|[{_SYMBOLS}]|\d+|{letters}")


_PLAIN = re.compile(r"[a-z]+|[0-9]+")


def folded(text: str) -> str:
    """Small letters, compatible forms made one (NFKC), accents and invisible signs left out."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.translate(_UNSEEN)).casefold())
    bare = "".join(sign for sign in plain if unicodedata.combining(sign) in (0, _KANA_MARKS))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


def words_of(text: str) -> list[str]:
    """The words of a text in their order: letters and figures apart, signs of unspaced scripts one by one."""
    plain = folded(text)
    if plain.isascii():
        return [word[:LONGEST_WORD] for word in _PLAIN.findall(plain)]
    return [_figures(word)[:LONGEST_WORD] for word in _pattern().findall(plain)]


def kept_words(words: Sequence[str]) -> list[str]:
    """Words as an index keeps them: the first 16,000, no word in more than 250 places."""
    seen: Counter[str] = Counter()
    return list(_kept(words[:MOST_WORDS], seen))


def _kept(words: Sequence[str], seen: Counter[str]) -> Iterator[str]:
    for word in words:
        seen[word] += 1
        yield word if seen[word] <= MOST_OF_ONE else NO_WORD


def stretches(text: str) -> Iterator[re.Match[str]]:
    """Where the words of a text stand in it as it is written, to mark them there."""
    return _as_written().finditer(text)


@lru_cache(maxsize=1)
def _as_written() -> re.Pattern[str]:
    unseen = "\u00ad\u0640\u200b-\u200f\u2060\ufe00-\ufe0f"
    letters = rf"(?:(?![{_UNSPACED}])(?:[^\W_]|[{_marks()}{unseen}]))+"
    return re.compile(rf"[{_UNSPACED}]|[{_SYMBOLS}]|{letters}")


def _figures(word: str) -> str:
    """Figures of any script as 0 to 9."""
    if word.isascii() or not word.isdecimal():
        return word
    return "".join(str(unicodedata.decimal(sign)) for sign in word)
