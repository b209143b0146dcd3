"""Finds what messages say of the lists they serve: what these are called, and which sources behind them fail."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlmodel import Session

from tracker.domain.listing import ListQuery
from tracker.domain.parcel import FeedingSource
from tracker.storage.feeding import any_broken, feeding
from tracker.storage.filter_names import Names, filter_names


class AboutLists:
    """What is known of the lists of many messages: asked once for each list, whoever follows it."""

    def __init__(self, session: Session, queries: Iterable[ListQuery]) -> None:
        """`queries` are the lists of all the messages."""
        self.names: Names = filter_names(session, queries)
        """By filter and key: the public names of what the lists are narrowed to."""
        self._feeding = lru_cache(maxsize=None)(lambda query, broken: _fed(session, query, broken))
        self._any_broken = any_broken(session)

    def sources(self, queries: Sequence[ListQuery], *, is_quiet: bool) -> list[FeedingSource]:
        """The broken sources that feed any of these lists; on a quiet day all that feed them."""
        if not (is_quiet or self._any_broken):
            return []
        found = {source.key: source for query in queries for source in self._feeding(query, not is_quiet)}
        return list(found.values())


def _fed(session: Session, query: ListQuery, only_broken: bool) -> list[FeedingSource]:
    return feeding(session, query, only_broken=only_broken)
