"""What somebody typed into a search: words and phrases that are wanted or not, and where a text holds them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.domain.search_words import stretches, words_of

SHORTEST_BEGINNING = 2
_PIECES = re.compile(r'(-?)(?:"([^"]*)("|$)|([^\s"]+))(?:\s|$)?')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side in this order; of the last one, its beginning may be enough."""

    words: tuple[str, ...]
    beginning: bool = False

    def fits(self, word: str) -> bool:
        """Whether a word of a text is one of these."""
        return word in self.words or (self.beginning and word.startswith(self.words[-1]))


@dataclass(frozen=True, slots=True)
class Search:
    """What a text must hold, all of it, and what it must not."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def fits(self, word: str) -> bool:
        """Whether a word of a text is one that is wanted."""
        return any(term.fits(word) for term in self.wanted)


def search_from(typed: str) -> Search:
    """Every word is wanted, -word is not, "words" stand together; the last one typed may be a beginning.

    A word that falls into parts (R.12, 2024-0123, l’eau) is its parts side by side. What holds no word is passed by.
    """
    pieces = list(_PIECES.finditer(typed.replace("“", '"').replace("”", '"')))
    terms = [
        (bool(one[1]), Term(words, _is_beginning(one, words, one is pieces[-1])))
        for one in pieces
        if (words := tuple(words_of(one[2] or one[4] or "")))
    ]
    wanted = dict.fromkeys(term for not_, term in terms if not not_)
    return Search(tuple(wanted), tuple(dict.fromkeys(term for not_, term in terms if not_)))


def _is_beginning(piece: re.Match[str], words: tuple[str, ...], last: bool) -> bool:
    """A star says so; else the last word, unless it is a number, a single sign, unwanted or within quotes."""
    if len(words[-1]) < SHORTEST_BEGINNING or piece[4] is None:
        return False
    return piece[4].endswith("*") or (last and not piece[1] and not words[-1].isdecimal())


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    found: bool


def marked(text: str, search: Search) -> list[Piece]:
    """A text in pieces: those that are wanted, and what lies between."""
    pieces: list[Piece] = []
    at = 0
    for start, end in _hits(text, search):
        pieces += [Piece(text[at:start], False)] if start > at else []
        if pieces and pieces[-1].found and start == at:
            pieces[-1] = Piece(pieces[-1].text + text[start:end], True)
        else:
            pieces.append(Piece(text[start:end], True))
        at = end
    return pieces + ([Piece(text[at:], False)] if at < len(text) else [])


def _hits(text: str, search: Search) -> Iterator[tuple[int, int]]:
    for one in stretches(text):
        if any(search.fits(word) for word in words_of(one[0])):
            yield one.start(), one.end()


def excerpt(texts: Iterable[str], search: Search, length: int = 240) -> list[Piece]:
    """The part of the first of these texts that holds a wanted word, marked; none where no text does."""
    for text in texts:
        first = next(_hits(text, search), None)
        if first is not None:
            return marked(_part(text, first[0], length), search)
    return []


def _part(text: str, at: int, length: int) -> str:
    """About that many signs around a place, cut between words where there are any."""
    start = max(0, min(at - length // 4, len(text) - length))
    end = min(len(text), start + length)
    if start:
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", at, end)
        end = space if space > at else end
    part = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{part}{' …' if end < len(text) else ''}"
