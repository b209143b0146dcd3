"""Takes the names of several bodies out of one text, where each of them is a body that is known."""

import re
from collections.abc import Callable

from sqlmodel import Session

from tracker.storage import entries

_BETWEEN = re.compile(r"(\s*[;,/&]\s*(?:and\s+)?|\s+(?:and|und|et|y|e|i|och)\s+)", re.I)
MOST = 12


def bodies_in(session: Session, text: str) -> list[str]:
    """The bodies that a text names; the text itself where it is one body, or where not all of them are known.

    "Department for Business and Trade" is one body as long as nobody knows both of its halves as bodies.
    """
    return several(text, lambda name: len(entries.bodies_named(session, name)) == 1)


def several(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """The same, told which names are known; the longest known name comes first, so that "and" may stand in it."""
    parts = _BETWEEN.split(text.strip())
    if is_known(text) or not 3 <= len(parts) <= 2 * MOST:
        return [text]
    found = _from(parts, 0, is_known, {})
    return list(dict.fromkeys(found)) if found else [text]


def _from(
    parts: list[str], start: int, is_known: Callable[[str], bool], known: dict[int, list[str] | None]
) -> list[str] | None:
    """The names from a part on; None where what is left cannot be read as known names."""
    if start >= len(parts):
        return []
    if start not in known:
        known[start] = None
        for end in range(len(parts), start, -2):
            name = "".join(parts[start:end]).strip()
            rest = _from(parts, end + 1, is_known, known) if name and is_known(name) else None
            if rest is not None:
                known[start] = [name, *rest]
                break
    return known[start]
