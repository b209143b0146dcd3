"""What a source may be told: the options each reader declares, and what is wrong with those it was given."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import ModuleType

from scrapers.model import Json
from scrapers.sources import reader_for

COMMON: Mapping[str, str] = {
    "name": "what people call the source",
    "max_pages": "how many pages one reading may follow at most",
    "required_fields": "fields that entries must have, else the run is quarantined",
    "process_kind": "the kind of process that its items belong to",
    "jurisdiction": "where those who owe the answers are",
    "rule": "the deadline rule that is offered for its items",
    "document": "the key of the document that its items belong to",
}
"""Options that every reader's source may have."""


class BadOptions(ValueError):  # noqa: N818
    """A source was told something its reader does not understand; the text says what, where and how to mend it."""


def complaints(reader_key: str, options: Mapping[str, Json]) -> list[str]:
    """What is wrong with the options of a source, each as a sentence; raises UnknownReader."""
    reader = reader_for(reader_key)
    return [*_unknown(reader_key, reader, options), *_of_reader(reader, options)]


def check(source_key: str, reader_key: str, options: Mapping[str, Json]) -> None:
    """Raise BadOptions where the options of a source are wrong."""
    found = complaints(reader_key, options)
    if found:
        raise BadOptions(f"Source {source_key!r}: {' '.join(found)}")


def _unknown(key: str, reader: ModuleType, options: Mapping[str, Json]) -> Iterator[str]:
    own: Mapping[str, str] | None = getattr(reader, "OPTIONS", None)
    if own is None:
        return
    known = {**COMMON, **own}
    for name in options:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(known))}."
            yield f"The reader {key!r} has no option {name!r}; {hint}"


def _of_reader(reader: ModuleType, options: Mapping[str, Json]) -> list[str]:
    own = getattr(reader, "complaints", None)
    return list(own(options)) if own else []
