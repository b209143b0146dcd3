"""Is it an answer? The checklists a person ticks with a quote, as data (product section 5)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from tracker.domain.refusals import Refused, refuse
from tracker.domain.words import ObligationKind, Verdict


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a checklist; `counts` = without any such point it is no answer."""

    key: str
    question: str
    counts: bool = False


SUBSTANCE = (
    Point("position", "States a position on this recommendation", counts=True),
    Point("reasons", "Gives reasons", counts=True),
    Point("action", "Names what was or will be done", counts=True),
    Point("owner", "Names who"),
    Point("date", "Gives a date"),
    Point("accountable", "Is by or for the accountable office"),
    Point("this_item", "Addresses this item and not its neighbour"),
)
DELIVERY = (
    Point("promised", "Says what was promised"),
    Point("evidence", "Shows evidence that it exists", counts=True),
    Point("when", "Says when"),
    Point("how_much", "Says how much of it"),
    Point("confirmed", "Says who confirms it"),
)
CHECKLISTS: Mapping[ObligationKind, tuple[Point, ...]] = {
    ObligationKind.RESPOND: SUBSTANCE,
    ObligationKind.DELIVER: DELIVERY,
    ObligationKind.REPORT: DELIVERY,
}
"""A report that is due is a thing to be delivered."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A point as a person found it: the words of the reply that show it, and where they stand."""

    ticked: bool = False
    quote: str = ""
    page: str = ""


def is_none_of_it(kind: ObligationKind, ticks: Mapping[str, Tick]) -> bool:
    """Whether not one point that makes an answer is ticked: then the verdict is `not`."""
    counting = (point.key for point in CHECKLISTS[kind] if point.counts)
    return not any(ticks[key].ticked for key in counting if key in ticks)


def tick_complaints(kind: ObligationKind, ticks: Mapping[str, Tick], verdict: Verdict) -> Iterator[Refused]:
    """What speaks against a filled checklist: a point without its words, or a verdict it cannot carry."""
    known = {point.key: point for point in CHECKLISTS[kind]}
    for key, tick in ticks.items():
        if key not in known:
            yield refuse("checklist", "“%(key)s” is no point of this checklist.", key=key[:40])
        elif tick.ticked and not tick.quote.strip():
            yield refuse(f"quote-{key}", "Quote the words that show it, or take the tick away.")
    if verdict is not Verdict.NOT and is_none_of_it(kind, ticks):
        yield refuse(
            "verdict",
            "None of the points that make an answer is ticked: that is “not an answer”, or a tick is missing.",
        )


_GAPS = re.compile(r"\[\s*(?:…|\.{3})\s*\]|…|\.{3}")
_MARKS = str.maketrans("", "", "\"'“”„‟‘’‚‛«»‹›`´\u00ad")

# Between letters only: a line of a printed page breaks "com-mittee" and "long-term" by the same sign.
_HYPHENS = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\u2011]\s*(?=[^\W\d_])")
_BROKEN_FIGURES = re.compile(r"(?<=\d[-\u2010])\s+(?=\d)")


def _bare(words: str) -> str:
    """Words without quotation marks and hyphens, whatever their spaces, their case and the ends of their lines."""
    whole = _BROKEN_FIGURES.sub("", _HYPHENS.sub("", unicodedata.normalize("NFKC", words)))
    return " ".join(whole.translate(_MARKS).casefold().split())


def stands_in(quote: str, text: str) -> bool:
    """Whether a text holds the words of a quote; parts around […] each by themselves, in their order."""
    place, whole = 0, _bare(text)
    parts = [bare for part in _GAPS.split(quote) if (bare := _bare(part))]
    for part in parts:
        found = whole.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return bool(parts)


def quote_complaints(ticks: Mapping[str, Tick], texts: Sequence[str]) -> Iterator[Refused]:
    """What is quoted stands in one of the texts; while one of them is not at hand nobody can say."""
    if not texts or not all(text.strip() for text in texts):
        return
    for key, tick in ticks.items():
        if tick.ticked and tick.quote.strip() and not any(stands_in(tick.quote, text) for text in texts):
            yield refuse(
                f"quote-{key}",
                "These words do not stand in the text on record: copy them from there, or correct the text.",
            )


def checklist_data(
    kind: ObligationKind, ticks: Mapping[str, Tick], texts: Sequence[str] = ()
) -> dict[str, object]:
    """The checklist as it is kept: each point in order, with whether a text on record bears its quote out."""
    return {point.key: _kept(ticks.get(point.key, Tick()), texts) for point in CHECKLISTS[kind]}


def _kept(tick: Tick, texts: Sequence[str]) -> dict[str, object]:
    held = [text for text in texts if text.strip()]
    found = bool(tick.quote.strip()) and any(stands_in(tick.quote, text) for text in held)
    return asdict(tick) | ({"quote_checked": found} if tick.ticked else {})
