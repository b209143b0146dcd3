"""Kinds of process and topics that somebody may have meant, by their names in any language, roughly spelt too."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from tracker.domain.kinds import kinds, topics
from tracker.domain.nearest import close
from tracker.domain.search_words import words_of
from tracker.domain.words import ProcessKind

LIKENESS = 0.8
MOST_WORDS = 6


def kinds_meant(typed: Sequence[str], most: int = 2) -> list[ProcessKind]:
    """The kinds whose names hold words like half of the typed ones or more, the likest first."""
    named = _kinds_by_name()
    found = close(" ".join(typed[:MOST_WORDS]), named, len(named), LIKENESS)
    return list(dict.fromkeys(named[name] for name in found))[:most]


def topics_meant(typed: Sequence[str], most: int = 3) -> list[str]:
    """The keys of the topics whose name or synonym holds a word like any of the typed ones."""
    named = _topics_by_name()
    found = [name for word in typed[:MOST_WORDS] for name in close(word, named, 1, LIKENESS)]
    return list(dict.fromkeys(named[name] for name in found))[:most]


@lru_cache(maxsize=1)
def _kinds_by_name() -> Mapping[str, ProcessKind]:
    return {
        name: kind.key
        for kind in kinds().values()
        for words in kind.words.values()
        for name in _folded((words.one, words.many))
    }


@lru_cache(maxsize=1)
def _topics_by_name() -> Mapping[str, str]:
    return {
        name: topic.key
        for topic in topics().values()
        for name in _folded((*topic.words.values(), *sorted(topic.synonyms)))
    }


def _folded(names: Iterable[str]) -> list[str]:
    return [" ".join(words_of(name)) for name in names]
