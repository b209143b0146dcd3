"""A badge: a label and where it stands in two boxes, wide enough for any script, with no font of its own."""

import unicodedata
from dataclasses import dataclass

from tracker.rendering.clean_text import clean, shortened

SIZE = 12
"""Height of the letters, in the units of the picture."""
HEIGHT = 24
PAD, SHAPE = 8, 14
LONGEST_LABEL, LONGEST_MESSAGE, SHORTEST_MESSAGE = 40, 120, 20
SEPARATOR = " · "
_NARROW = frozenset("iljtfrI.,:;'’|!()[] ·")
_BROAD = frozenset("mwMW@%—…")


def text_width(text: str) -> float:
    """How wide a text is at most in common sans serif fonts; the picture then holds it to that width."""
    return sum(map(_em, text)) * SIZE


def _em(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if letter in _NARROW:
        return 0.36
    if letter in _BROAD or unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.72 if letter.isupper() or not letter.isascii() else 0.6


@dataclass(frozen=True)
class Badge:
    """What a badge says: who or what, where it stands and as of which day; `told` is all of it in a sentence."""

    label: str
    message: str
    standing: str
    """Whose shape and colour it bears."""
    told: str
    language: str
    dated: str = ""
    """The looks or the day that it rests on; said last, and never cut."""
    asked: bool = False
    """The date was only asked for: it bears the shape, but not the red of what binds."""

    @property
    def tone(self) -> str:
        """What its colour goes by."""
        return "asked" if self.asked else self.standing

    @property
    def short_label(self) -> str:
        """The label, cut where it is long."""
        return shortened(self.label, LONGEST_LABEL) or "–"

    @property
    def short_message(self) -> str:
        """The message, cut where it is long, and its date whole."""
        if not self.dated:
            return shortened(self.message, LONGEST_MESSAGE)
        room = max(LONGEST_MESSAGE - len(self.dated) - len(SEPARATOR), SHORTEST_MESSAGE)
        return f"{shortened(self.message, room)}{SEPARATOR}{self.dated}"

    @property
    def title(self) -> str:
        """For who cannot see it, and for a pointer that rests on it."""
        return clean(shortened(self.told, 400))

    @property
    def label_width(self) -> int:
        """Of the letters."""
        return round(text_width(self.short_label))

    @property
    def message_width(self) -> int:
        """Of the letters."""
        return round(text_width(self.short_message))

    @property
    def left(self) -> int:
        """The width of the first box."""
        return self.label_width + 2 * PAD

    @property
    def width(self) -> int:
        """The width of both boxes."""
        return self.left + PAD + SHAPE + PAD // 2 + self.message_width + PAD
