"""Positions told by a word alone, as tables and headings tell them: "Accepted.", "Response: Agreed in part"."""

from collections.abc import Mapping, Sequence

from tracker.domain.marking.forms import Form, form
from tracker.domain.words import Position

_ENDS = r"(?=\s*(?:[.,;:!()|/]|[–—]|\s-|$))"
_RANKS = {
    Position.ALTERNATIVE: 0,
    Position.IN_PART: 1,
    Position.IN_PRINCIPLE: 2,
    Position.REJECTED: 3,
    Position.ACCEPTED: 6,
    Position.NOTED: 7,
}
_HINTS = {Position.REJECTED: 4, Position.ALTERNATIVE: 5, Position.ACCEPTED: 8}


def heads(labels: str, words: Mapping[Position, str]) -> tuple[Form, ...]:
    """Forms for a sentence or cell that begins with one of these words, after a label such as "Response:" or not."""
    before = rf"(?:^\W*(?:(?:{labels})\s*[:.–—()|-]\s*\W*)?|\|\s*)"
    return tuple(form(rf"{before}(?:{said}){_ENDS}", position=position) for position, said in words.items())


def in_order(first: Sequence[Form], *others: Sequence[Form]) -> tuple[Form, ...]:
    """Words alone first, then what limits or denies before what accepts, hints after plain statements of the same."""
    rest = [one for group in others for one in group]
    return (*first, *sorted(rest, key=_rank))


def _rank(one: Form) -> int:
    return (_HINTS if one.is_weak else _RANKS)[one.position or Position.NOTED]
