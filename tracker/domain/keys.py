"""Keys in addresses: small letters, digits and hyphens, made of a name."""

import unicodedata
from collections.abc import Callable

LONGEST = 80
_SPELT_OUT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "&": " and "})


def key_of(name: str, otherwise: str = "x") -> str:
    """A key made of a name; `otherwise` where no letter of it can be written in a-z."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_SPELT_OUT))
    letters = "".join(
        character if character.isascii() and character.isalnum() else " " if not _is_mark(character) else ""
        for character in plain
    )
    return _cut("-".join(letters.split()), LONGEST) or otherwise


def free_key(wanted: str, taken: Callable[[str], bool]) -> str:
    """The key itself, or with the first number that nobody has yet."""
    key, number = wanted, 2
    while taken(key):
        key = f"{_cut(wanted, LONGEST - len(str(number)) - 1)}-{number}"
        number += 1
    return key


def is_key(text: str) -> bool:
    """Whether a text is a key as it stands."""
    return bool(text) and len(text) <= LONGEST and key_of(text, "") == text


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) != 0 or character in "'’"


def _cut(key: str, length: int) -> str:
    if len(key) <= length:
        return key
    head = key[:length]
    return (head.rpartition("-")[0] or head) if key[length] != "-" else head
