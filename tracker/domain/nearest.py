"""The nearest valid words to one that is not, for the sentences that refuse it."""

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches


def nearest(written: str, valid: Iterable[str], most: int = 3, likeness: float = 0.6) -> str:
    """` (did you mean a or b?)` for what lies near the written word, else nothing."""
    found = get_close_matches(written, list(dict.fromkeys(valid)), most, likeness)
    return f" (did you mean {' or '.join(found)}?)" if found else ""


def close(written: str, names: Iterable[str], most: int, likeness: float = 0.75) -> list[str]:
    """The names that hold a word spelt much like each written one, the likest first; small words aside."""
    typed = [word for word in written.split() if len(word) > 3]
    scored = [(min((_likest(word, name) for word in typed), default=0.0), name) for name in names]
    best = sorted((one for one in scored if one[0] >= likeness), key=lambda one: (-one[0], one[1]))
    return [name for _, name in best[:most]]


def _likest(word: str, name: str) -> float:
    return max((SequenceMatcher(None, word, other).ratio() for other in name.split()), default=0.0)
