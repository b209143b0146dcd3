"""What the things that lists are narrowed to are called, for many lists at once."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session

from tracker.domain.listing import ListQuery
from tracker.storage.directory import NOUNS, titles_of

Names = Mapping[tuple[str, str], str]
"""By filter and key; what is not public, or not on record, is not in it."""


def filter_names(session: Session, queries: Iterable[ListQuery]) -> Names:
    """The public names of the bodies, processes, documents, items and groups that lists are narrowed to."""
    keys: dict[str, set[str]] = {}
    for query in queries:
        for name, value in query.filters.given().items():
            keys.setdefault(name, set()).add(value)
    return {
        (name, key): title
        for name in sorted(keys.keys() & {*NOUNS, "group"})
        for key, title in titles_of(session, name, sorted(keys[name])).items()
    }
