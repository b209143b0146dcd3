"""Where a document's recommendations begin: one form per kind of document, and nothing that merely mentions one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scrapers.pdf.document import Paragraph
from scrapers.replies.positions import positions_in

_NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,2}(?:\s?\(?[a-z]\)?)?(?:\s?\(?[ivx]{1,5}\)?)?"
LABELLED = re.compile(
    rf"Recommendation (?:No\.? )?(?P<number>{_NUMBER})\s*(?:[:–—]|\.(?= )|-(?= )|$)\s*(?P<text>.*)", re.I
)
UNNUMBERED = re.compile(r"(?:The )?(?:Committee’s )?Recommendation:\s+(?P<text>\S.*)")
NUMBERED = re.compile(r"(?P<number>\d{1,3}[a-z]?\)?(?:\s?[ivx]{1,5})?)\.\s+(?P<text>[A-Z].*)")
IN_REPORT = re.compile(
    r"(?P<number>\d{1,3})\.\s+(?P<text>.+?)\s*\((?:Conclusion and )?Recommendation, (?P<at>Paragraphs? [\d, and–-]+)\)$"
)
CONTENTS = re.compile(r"(?:\.\s?){4,}|\s\d{1,4}$|^\d{1,3}\s?[-–]\s?\d{1,3}\s")
ANSWER_LABEL = re.compile(
    r"(?:The )?(?:Government(?:’s)?|Department(?:’s)?|Our)?\s?(?:response|reply)"
    r"(?: to (?:the )?recommendation \w+)?\s*:?\s*(?P<text>.*)",
    re.I,
)
_ANSWER_ALONE = re.compile(r"(?:(?:The )?Government(?:’s)? )?(?:response|reply)\s*:?", re.I)
_ANSWER_OPENS = re.compile(r"(?:(?:The )?Government(?:’s)? )?(?:response|reply)\s*:\s+\S", re.I)
_GOES_ON = re.compile(r"(?:\b(?:see|to|of|in|and|under|with|for|by|per|also)|[,(–-])$", re.I)
_LABEL_ALONE = re.compile(rf"Recommendation (?:No\.? )?{_NUMBER}\s*[:.–—-]?", re.I)
LONGEST_QUOTE = 12
"""Paragraphs a recommendation may have before its reply begins."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a recommendation begins, and the paragraph that answers it."""

    at: int
    """Index of its first paragraph."""
    number: str
    """As written, without signs at its end; empty where the document gives none."""
    answered_at: int
    """Index of the paragraph with which the reply begins; of the next heading where there is none."""
    paragraph: str = ""
    """The place in the report it stands for, as written."""


def is_answer(text: str) -> bool:
    """Whether a paragraph opens a reply: it says so, or it states a position."""
    return (
        bool(_ANSWER_ALONE.fullmatch(text) or _ANSWER_OPENS.match(text))
        or next(positions_in(text), None) is not None
    )


def labelled(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    """`Recommendation 12: …` at the start of a paragraph, each number once: where its reply stands."""
    found = list(_forward(paragraphs, LABELLED))
    best: dict[str, Heading] = {}
    for heading in found:
        known = best.get(heading.number)
        if known is None or _is_answered(paragraphs, heading) > _is_answered(paragraphs, known):
            best[heading.number] = heading
    return sorted(best.values(), key=lambda one: one.at)


def unnumbered(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    """`Recommendation: …` followed by its reply."""
    return list(_forward(paragraphs, UNNUMBERED))


def in_report(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    """A committee's own list: `3. … (Recommendation, Paragraph 17)`."""
    found = ((at, IN_REPORT.match(one.text)) for at, one in enumerate(paragraphs))
    return [Heading(at, match["number"], at + 1, match["at"]) for at, match in found if match]


def numbered(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    """Paragraphs `4a) ii. …` that stand, alone or in a row, right above a paragraph that states the position."""
    found: dict[str, Heading] = {}
    for at, one in enumerate(paragraphs):
        if is_answer(one.text) and not NUMBERED.match(one.text):
            for start in _row_above(paragraphs, at):
                number = _plain(str(NUMBERED.match(paragraphs[start].text)["number"]))  # type: ignore[index]
                found.setdefault(number, Heading(start, number, at))
    return sorted(found.values(), key=lambda one: one.at)


def _row_above(paragraphs: Sequence[Paragraph], at: int) -> list[int]:
    """Indexes of the numbered paragraphs above, up to anything that is no part of them."""
    row, here = [], at - 1
    while here >= 0 and at - here < LONGEST_QUOTE * 2:
        one = paragraphs[here]
        if NUMBERED.match(one.text) and not CONTENTS.search(one.text[-40:]):
            row.append(here)
        elif one.is_bold or not _goes_on(one.text):
            break
        here -= 1
    return row[::-1]


def _goes_on(text: str) -> bool:
    """Whether a paragraph is a list point or the rest of a sentence."""
    return bool(re.match(r"[•●▪○–(]|[a-z]", text))


def _forward(paragraphs: Sequence[Paragraph], form: re.Pattern[str]) -> Iterator[Heading]:
    starts = [
        (at, match)
        for at, one in enumerate(paragraphs)
        if (match := form.match(one.text)) and _opens(paragraphs, at, one.text)
    ]
    ends = [*(at for at, _ in starts[1:]), len(paragraphs)]
    for (at, match), end in zip(starts, ends, strict=False):
        number = _plain(match.groupdict().get("number") or "")
        yield Heading(at, number, _answer_of(paragraphs, at, end))


def _opens(paragraphs: Sequence[Paragraph], at: int, text: str) -> bool:
    """Not a line of a list of contents, and not the rest of a sentence that goes on from above."""
    before = paragraphs[at - 1] if at else None
    is_rest = (
        before is not None and before.is_bold == paragraphs[at].is_bold and bool(_GOES_ON.search(before.text))
    )
    if is_rest:
        return False
    return bool(_LABEL_ALONE.fullmatch(text)) or not CONTENTS.search(text[-60:])


def _answer_of(paragraphs: Sequence[Paragraph], at: int, end: int) -> int:
    """Where the reply begins: its label or position; else where the weight of the type changes; else right below."""
    near = range(at + 1, min(end, at + 1 + LONGEST_QUOTE))
    said = next((here for here in near if is_answer(paragraphs[here].text)), None)
    if said is not None:
        return said
    lighter = (here for here in near if paragraphs[here].is_bold != paragraphs[at].is_bold)
    return next(lighter, min(at + 1, end))


def _is_answered(paragraphs: Sequence[Paragraph], heading: Heading) -> bool:
    return heading.answered_at < len(paragraphs) and is_answer(paragraphs[heading.answered_at].text)


def _plain(number: str) -> str:
    return (
        " ".join(number.split()).rstrip(" .:)")
        if number.count(")") > number.count("(") and number.endswith(")")
        else " ".join(number.split()).rstrip(" .:")
    )
