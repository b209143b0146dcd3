"""Puts the pieces of text on a page together into its lines, with their weight and the room above them."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pypdf import PageObject

from scrapers.pdf.document import Line
from scrapers.plain import one_line

LONGEST_LINE = 2000
MOST_PIECES = 60_000
"""On one page; the densest table on record has a twentieth."""
_SAME_LINE = 2.0
_USUAL_GAP = 1.35
_HEAVY = ("bold", "semibold", "demi", "black", "heavy")
_SHOWING = (b"Tj", b"TJ", b"'", b'"')
_INVISIBLE = 3
_DEEPEST = 1000
_HYPHENS = str.maketrans({"\u00ad": "-", "\u2010": "-", "\u2011": "-"})


@dataclass(slots=True)
class _Drawn:
    """A line while it is put together."""

    height: float
    texts: list[str] = field(default_factory=list)
    bold: int = 0
    letters: int = 0


@dataclass(slots=True)
class _Sheet:
    """A page while it is read."""

    drawn: list[_Drawn] = field(default_factory=list)
    pieces: int = 0
    is_broken: bool = False
    """Whether the file ended a line since the last piece."""
    mode: object = 0
    outer_modes: list[object] = field(default_factory=list)
    hides: bool = False

    def take(
        self, text: str, around: Sequence[float], here: Sequence[float], font: object, _size: float
    ) -> None:
        """A piece of text where it is drawn."""
        if not text.strip("\n"):
            self.is_broken = self.is_broken or bool(text)
        elif self.pieces < MOST_PIECES:
            self.pieces += 1
            height = around[1] * here[4] + around[3] * here[5] + around[5]
            _add(self.drawn, f" {text}" if self.is_broken else text, height, _is_heavy(font))
            self.is_broken = text.endswith("\n")

    def watch(self, operator: bytes, operands: Sequence[object], _around: object, _here: object) -> None:
        """Notes text that is drawn in a way nobody sees."""
        if operator == b"Tr" and operands:
            self.mode = operands[0]
        elif operator == b"q" and len(self.outer_modes) < _DEEPEST:
            self.outer_modes.append(self.mode)
        elif operator == b"Q" and self.outer_modes:
            self.mode = self.outer_modes.pop()
        elif operator in _SHOWING and self.mode == _INVISIBLE:
            self.hides = True


def lines_of(page: PageObject, number: int) -> tuple[list[Line], bool]:
    """The lines of a page in the order of the file, however it was written; and whether it holds unseen text."""
    sheet = _Sheet()
    page.extract_text(visitor_text=sheet.take, visitor_operand_before=sheet.watch)
    return _lines(sheet.drawn, number), sheet.hides


def _is_heavy(font: object) -> bool:
    name = str(font.get("/BaseFont", "")).lower() if isinstance(font, Mapping) else ""
    return any(word in name for word in _HEAVY)


def _add(drawn: list[_Drawn], text: str, height: float, is_heavy: bool) -> None:
    for at, part in enumerate(text.strip("\n").split("\n")):
        if not drawn or at or abs(drawn[-1].height - height) > _SAME_LINE:
            drawn.append(_Drawn(height))
        line = drawn[-1]
        letters = len(part.strip())
        line.texts.append(part)
        line.letters += letters
        line.bold += letters if is_heavy else 0


def _lines(drawn: list[_Drawn], number: int) -> list[Line]:
    steps = [one.height - two.height for one, two in pairwise(drawn)]
    usual = _usual(round(step, 1) for step in steps if step > _SAME_LINE)
    lines = []
    for at, line in enumerate(drawn):
        step = steps[at - 1] if at else 0.0
        text = _text(line.texts)
        if text:
            gap = at > 0 and (step > usual * _USUAL_GAP or step < 0)
            lines.append(Line(text, number, line.bold * 2 > line.letters, gap))
    return lines


def _usual(steps: Iterable[float]) -> float:
    """The step from line to line inside a paragraph: the commonest, of several the smallest."""
    counted = Counter(steps)
    return min(counted, key=lambda step: (-counted[step], step), default=0.0)


def _text(texts: list[str]) -> str:
    """The pieces with ligatures taken apart, soft hyphens shown, no control signs."""
    return one_line(unicodedata.normalize("NFKC", "".join(texts).translate(_HYPHENS)), LONGEST_LINE)
