"""What a source may be told: the options each reader declares, and what is wrong with those it was given."""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from types import ModuleType

from scrapers.model import Json
from scrapers.sources import UnknownReader, reader_for

COMMON: Mapping[str, str] = {
    "name": "what people call the source",
    "max_pages": "how many pages one reading may follow at most",
    "required_fields": "fields that entries must have, else the run is quarantined",
    "max_drop": "the share of entries or of a field that may be lost or rewritten at once, 0.5 unless told",
    "max_unknown": "the share of entries that may have a status nobody listed, 0.2 unless told",
    "rolling": "true where only the latest entries are there, so that earlier ones going is no loss",
    "process_kind": "the kind of process that its items belong to",
    "process_name": "what the process is called that its items make, where it is not there yet",
    "jurisdiction": "where those who owe the answers are",
    "rule": "the deadline rule that is offered for its items",
    "private_names": "true where its pages name private persons: they are kept, and shown to nobody",
    "document": "the key of the document that its items belong to",
}
"""Options that every reader's source may have."""


class BadOptions(ValueError):  # noqa: N818
    """A source was told something its reader does not understand; the text says what, where and how to mend it."""


def complaints(reader_key: str, options: Mapping[str, Json]) -> list[str]:
    """What is wrong with the options of a source, each as a sentence; raises UnknownReader."""
    reader = reader_for(reader_key)
    return [*_unknown(reader_key, reader, options), *_of_any(options), *_of_reader(reader, options)]


def check(source_key: str, reader_key: str, options: Mapping[str, Json]) -> None:
    """Raise BadOptions where the options of a source are wrong, UnknownReader where its reader is."""
    try:
        found = complaints(reader_key, options)
    except UnknownReader as error:
        raise UnknownReader(f"Source {source_key!r}: {error}") from None
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


def _of_any(options: Mapping[str, Json]) -> Iterator[str]:
    for name, (is_fine, wanted) in _CHECKS.items():
        if name in options and not is_fine(options[name]):
            yield f"Option {name} is {options[name]!r}; it has to be {wanted}."


def _is_share(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _is_count(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_names(value: Json) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(name, str) and name for name in value)


_SHARE = (_is_share, "a share from 0 to 1, such as 0.5")
_CHECKS: Mapping[str, tuple[Callable[[Json], bool], str]] = {
    "max_drop": _SHARE,
    "max_unknown": _SHARE,
    "max_pages": (_is_count, "a whole number from 1"),
    "rolling": (lambda value: isinstance(value, bool), "true or false"),
    "required_fields": (_is_names, 'a list of names, such as ["title", "submitted_on"]'),
}


def _of_reader(reader: ModuleType, options: Mapping[str, Json]) -> list[str]:
    own = getattr(reader, "complaints", None)
    return list(own(options)) if own else []
