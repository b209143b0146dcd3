"""Where nothing holds all that was typed: words that are on record by themselves, and others spelt much like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sqlmodel import Session

from tracker.domain.nearest import SHORTEST
from tracker.domain.search_words import words_of
from tracker.domain.searching import Search, Term
from tracker.storage.search import search

MOST_TERMS = 5
"""Of so many words each is looked for alone: what is typed costs a bounded number of looks."""
MOST_NAMES = 300
LIKENESS = 0.75
KINDS = ("item", "process", "body")


@dataclass(frozen=True, slots=True)
class Near:
    """What would find something instead."""

    alone: Sequence[str] = ()
    """Words of what was typed that something public holds."""
    instead: str = ""
    """What was typed, with words that are nowhere put right; empty where that finds nothing either."""


def near(session: Session, wanted: Search) -> Near:
    """Which of the words are on record, and what was probably meant by those that are not."""
    terms = wanted.wanted[:MOST_TERMS]
    there = {term: _held(session, Search((term,), wanted.unwanted)) for term in terms}
    meant = {term: _meant(session, term) for term in terms if not there[term]}
    mended = Search(tuple(Term((meant.get(term, ""),)) if term in meant else term for term in terms))
    alone = [_said(term) for term in terms if there[term]] if len(terms) > 1 else []
    if not meant or not all(meant.values()) or not _held(session, mended):
        return Near(alone)
    return Near(alone, " ".join(map(_said, mended.wanted)))


def _said(term: Term) -> str:
    said = " ".join(term.words)
    return f'"{said}"' if len(term.words) > 1 else said


def _held(session: Session, wanted: Search) -> bool:
    return any(search(session, wanted, kind, limit=1).total for kind in KINDS)


def _meant(session: Session, term: Term) -> str:
    """The word of a public name that is spelt most like it and begins alike; nothing where none is like it."""
    [word, *more] = term.words
    if more or len(word) < SHORTEST:
        return ""
    starts = Search((Term((word[:2],), True),))
    names = [one.name for kind in KINDS for one in search(session, starts, kind, limit=MOST_NAMES).found]
    known = {other for name in names for other in words_of(name) if len(other) >= SHORTEST}
    return next(iter(get_close_matches(word, sorted(known), 1, LIKENESS)), "")
