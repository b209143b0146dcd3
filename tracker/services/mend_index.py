"""Words of the search that are missing or not those of their thing any more are put right, in parts."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from tracker.storage.search_index import NUMBERS, is_behind, mend

__all__ = ["MendIndex", "is_behind"]


class MendIndex:
    """One walk through everything that is searched; each step is a transaction of its own."""

    def __init__(self) -> None:
        """At the first thing of the first kind."""
        self.mended = 0
        self._left: Iterator[str] = iter(NUMBERS)
        self._kind: str | None = next(self._left)
        self._after = 0

    def step(self, session: Session, _now: datetime | None = None) -> int:
        """Put the next things right; 0 at the end, whatever was to be done."""
        if self._kind is None:
            return 0
        done, last = mend(session, self._kind, self._after)
        self.mended += done
        self._after = last or 0
        if last is None:
            self._kind = next(self._left, None)
        return 1
