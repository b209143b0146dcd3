"""A sentence made comparable: entities, odd spaces, superscripts and accents folded, every character in its place."""

import re
import unicodedata
from html import unescape

LONGEST = 4000
"""Longer texts are documents, not sentences: they are refused unread."""

_TAG = re.compile(r"</?(?:sup|b|strong|i|em|u|span|font)(?: [^<>]{0,200})?>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/?p|/?li|/?div|/?td)(?: [^<>]{0,200})? ?/?>", re.IGNORECASE)
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F])
_STRUCK = re.compile(r"~~[^~]{1,200}~~|<(?P<tag>s|del|strike)>[^<>]{0,200}</(?P=tag)>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\w)|(?<=[\w.:;,!?)])[*_]{1,3}(?![\w*_])")
_PLAIN = str.maketrans(
    {chr(0xFF01 + n): chr(0x21 + n) for n in range(94)}
    | {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "−": "-"}
)


def plain(text: str) -> str:
    """The text as a reader sees it: no markup, one kind of space, no invisible characters; case and accents kept."""
    seen = unicodedata.normalize(
        "NFC", unescape(_TAG.sub("", _BREAK.sub(" ", _STRUCK.sub(" ", unescape(text)))))
    )
    seen = _TAG.sub("", seen).translate(_INVISIBLE).translate(_PLAIN)
    return " ".join(_EMPHASIS.sub("", "".join(map(_raised, seen))).split())


def folded(seen: str) -> str:
    """The same text in lower case without accents, character for character."""
    return "".join(map(_fold, seen))


def _raised(char: str) -> str:
    """Superscript letters (the th of 28ᵗʰ) as letters; raised figures are footnotes and stay apart."""
    return unicodedata.normalize("NFKC", char) if unicodedata.category(char) == "Lm" else char


def _fold(char: str) -> str:
    lower = char.lower()
    first = unicodedata.normalize("NFD", lower)[0]
    return first if len(lower) == 1 else char
