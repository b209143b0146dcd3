"""The nearest valid words to one that is not, for the sentences that refuse it."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(written: str, valid: Iterable[str], most: int = 3, likeness: float = 0.6) -> str:
    """` (did you mean a or b?)` for what lies near the written word, else nothing."""
    found = get_close_matches(written, list(dict.fromkeys(valid)), most, likeness)
    return f" (did you mean {' or '.join(found)}?)" if found else ""
