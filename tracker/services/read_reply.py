"""Read what came back for one obligation: the passage on its item, its sentences marked, and a proposal."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.domain.marking.marks import Marked, marked
from tracker.domain.marking.passage import passage_of
from tracker.domain.marking.proposal import Proposal, propose
from tracker.domain.substance import CHECKLISTS, Tick
from tracker.domain.words import ObligationKind
from tracker.storage.responses import Came
from tracker.storage.tables import Item

MOST_SENTENCES = 400
_NUMBERS = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Reading:
    """One response, read for one obligation."""

    response_id: int
    page: str
    sentences: tuple[Marked, ...]
    is_part: bool
    """Only the passage that speaks of this item is shown."""


@dataclass(frozen=True, slots=True)
class WholeReading:
    """All that came for one obligation, its sentences numbered through, and what it seems to be."""

    readings: tuple[Reading, ...]
    proposal: Proposal

    def of(self, response_id: int) -> Reading | None:
        """The reading of one response."""
        return next((one for one in self.readings if one.response_id == response_id), None)

    def sentence(self, number: int) -> tuple[str, str] | None:
        """A sentence by its number, and the page its response is quoted from."""
        found = (
            (one.sentence.text, reading.page)
            for reading in self.readings
            for one in reading.sentences
            if one.number == number
        )
        return next(found, None)


def read_text(
    text: str, item: Item, kind: ObligationKind, *, whole: bool = False
) -> tuple[list[Marked], bool]:
    """The marked sentences of a text on an item, and whether they are only a part of it."""
    start, end = (0, len(text)) if whole else passage_of(text, item.ref)
    known = {"asked": item.text or item.title, "number": item.ref}
    sentences = marked(text[start:end], language=item.language, **known)[:MOST_SENTENCES]
    return sentences, (start, end) != (0, len(text))


def propose_for(text: str, item: Item, kind: ObligationKind) -> Proposal:
    """What a text seems to be for one obligation on an item."""
    return propose(read_text(text, item, kind)[0], kind)


def read_replies(
    item: Item, kind: ObligationKind, came: Sequence[Came], *, whole: bool = False
) -> WholeReading:
    """Everything that came for an obligation, read together."""
    readings: list[Reading] = []
    count = 0
    for one in came:
        sentences, is_part = read_text(one.response.text or one.line.quote, item, kind, whole=whole)
        numbered = tuple(replace(said, number=count + place) for place, said in enumerate(sentences, 1))
        count += len(numbered)
        readings.append(Reading(one.response.id or 0, one.line.page, numbered, is_part))
    every = [said for reading in readings for said in reading.sentences]
    return WholeReading(tuple(readings), propose(every, kind))


def picked(
    kind: ObligationKind, ticks: Mapping[str, Tick], chosen: Mapping[str, str], read: WholeReading
) -> dict[str, Tick]:
    """Ticks whose quote was chosen by the numbers of sentences, with the words put in and the page if known."""
    return {
        point.key: _with_words(ticks.get(point.key, Tick()), chosen.get(point.key, ""), read)
        for point in CHECKLISTS[kind]
    }


def _with_words(tick: Tick, chosen: str, read: WholeReading) -> Tick:
    if tick.quote.strip() or not chosen.strip():
        return tick
    found = [(number, said) for number in numbers_in(chosen) if (said := read.sentence(number))]
    quote = ""
    for at, (number, (text, _)) in enumerate(found):
        joint = "" if not at else " " if number == found[at - 1][0] + 1 else " […] "
        quote += joint + text
    page = tick.page or next((page for _, (_, page) in found if page), "")
    return replace(tick, quote=quote, page=page)


def numbers_in(chosen: str) -> list[int]:
    """`3, 5-7` as the numbers it names, each once, in order."""
    numbers: set[int] = set()
    for first, last in _NUMBERS.findall(chosen):
        numbers.update(range(int(first), min(int(last or first), int(first) + MOST_SENTENCES) + 1))
    return sorted(numbers)
