"""What is compared, taken apart once: references, numbers, names and words of a finding and of a candidate."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from tracker.domain.matching.compared import Candidate, Found
from tracker.domain.matching.names import Name, names_in, pieces, read_name, same_name
from tracker.domain.matching.pages import addresses, file_words
from tracker.domain.matching.references import Reference, documents_in, read_numbers, read_reference
from tracker.domain.matching.titles import words

_FROM = re.compile(r"\b(?:response|reply|letter) (?:from|by) (?P<who>.+)", re.I)
_AFTERWARDS = re.compile(r"(?: (?:redacted|published|final|signed|web|version|copy|\d+))+$", re.I)


@dataclass(frozen=True, slots=True)
class FoundView:
    """A finding, ready to be compared."""

    found: Found
    reference: Reference
    numbers: frozenset[str]
    named: frozenset[str]
    """Documents it names for certain: by its key, else in the title or the name of the report it answers."""
    mentioned: frozenset[str]
    """Documents that stand anywhere, its own address included."""
    names: tuple[Name, ...]
    pages: frozenset[str]
    links: frozenset[str]
    title: frozenset[str]
    text: frozenset[str]
    document: frozenset[str]


def view_of_found(found: Found, is_known: Callable[[Name], bool] = lambda _name: False) -> FoundView:
    """A finding taken apart; "A and B" are two bodies where both are known and the whole is not."""
    read = read_reference(found.key)
    said = documents_in(found.title) | documents_in(found.document)
    own = frozenset({read.document}) if read.document else frozenset()
    return FoundView(
        found,
        read,
        frozenset(read.numbers or read_numbers(found.title)),
        own or said,
        own | said | documents_in(found.link) | documents_in(file_words(found.link)),
        _names(found.body_name or _author(found.link), is_known),
        addresses(found.pages),
        addresses([found.link]),
        words(found.title or file_words(found.link)),
        words(found.text),
        words(found.document),
    )


def _author(link: str) -> str:
    """Who a file's name says it is from."""
    said = _FROM.search(re.sub(r"[-_]+", " ", file_words(link)))
    return _AFTERWARDS.sub("", said["who"]) if said else ""


def _names(written: str, is_known: Callable[[Name], bool]) -> tuple[Name, ...]:
    read: list[Name] = []
    for name in (read_name(_AFTERWARDS.sub("", one)) for one in names_in(written)):
        apart = [] if is_known(name) else [read_name(piece) for piece in pieces(name.written)]
        read += apart if len(apart) > 1 and all(is_known(piece) for piece in apart) else [name]
    return tuple(one for at, one in enumerate(read) if not any(same_name(one, other) for other in read[:at]))


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who owes, under all names, and who came after."""

    names: tuple[Name, ...]
    after: tuple[Name, ...]


@lru_cache(maxsize=16384)
def debtor(bodies: tuple[str, ...], successors: tuple[str, ...]) -> Debtor:
    """The names of a debtor; read once however much it owes."""
    return Debtor(tuple(map(read_name, bodies)), tuple(map(read_name, successors)))


@dataclass(frozen=True, slots=True)
class CandidateView:
    """An obligation or item, ready to be compared."""

    candidate: Candidate
    reference: Reference
    """Of the item itself: its reference, else its key."""
    wholes: frozenset[Reference]
    documents: frozenset[str]
    """Documents that carry it, as far as its document's title names them."""
    debtor: Debtor
    watched: frozenset[str]
    addresses: frozenset[str]
    title: frozenset[str]
    text: frozenset[str]
    document: frozenset[str]


def view_of_candidate(candidate: Candidate) -> CandidateView:
    """A candidate taken apart."""
    own, wholes = _own_reference(candidate.names)
    return CandidateView(
        candidate,
        own,
        wholes,
        documents_in(candidate.document),
        debtor(candidate.bodies, candidate.successors),
        addresses(candidate.watched),
        addresses(candidate.addresses),
        words(candidate.title),
        words(candidate.text),
        words(candidate.document),
    )


def _own_reference(names: Iterable[str]) -> tuple[Reference, frozenset[Reference]]:
    """The first name that stands for a document or a number in one; and all that tell items apart as a whole."""
    read = [read_reference(name) for name in names if name]
    wholes = frozenset(one for one in read if one.whole)
    if not read:
        return Reference(), wholes
    first = read[0]
    if first.document and not first.series:
        series = next((one.series for one in read if one.document == first.document and one.series), "")
        return replace(first, series=series), wholes
    if first.document or first.whole or first.numbers:
        return first, wholes
    return next((one for one in read if one.document), first), wholes
