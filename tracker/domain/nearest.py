"""The nearest valid words to one that is not, for the sentences that refuse it."""

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

SHORTEST = 4
"""`of`, `the` and `les` are like too much."""


def nearest(written: str, valid: Iterable[str], most: int = 3, likeness: float = 0.6) -> str:
    """` (did you mean a or b?)` for what lies near the written word, else nothing."""
    found = get_close_matches(written, list(dict.fromkeys(valid)), most, likeness)
    return f" (did you mean {' or '.join(found)}?)" if found else ""


def close(written: str, names: Iterable[str], most: int, likeness: float = 0.75) -> list[str]:
    """The names that hold words spelt much like half of the written ones or more, the likest first."""
    typed = [word for word in written.split() if len(word) >= SHORTEST]
    scored = [(_like_words(typed, name, likeness), name) for name in names]
    best = sorted((one for one in scored if one[0]), key=lambda one: (-one[0], one[1]))
    return [name for _, name in best[:most]]


def _like_words(typed: list[str], name: str, likeness: float) -> float:
    """How like the words that are like any are, together; nothing where most are like none."""
    found = [score for word in typed if (score := _likest(word, name)) >= likeness]
    return sum(found) if len(found) * 2 >= len(typed) else 0.0


def _likest(word: str, name: str) -> float:
    return max((SequenceMatcher(None, word, other).ratio() for other in name.split()), default=0.0)
