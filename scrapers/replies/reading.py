"""Takes a response document apart: each recommendation with its text, its reply, its page and where it stands."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from scrapers.blocks import Block
from scrapers.pdf.document import Document, Paragraph
from scrapers.promises import Promise, promises_in
from scrapers.replies.headings import (
    Heading,
    accounts,
    in_report,
    is_answer,
    is_replied,
    labelled,
    numbered,
    placed,
    short,
    unnumbered,
)
from scrapers.replies.labels import ANSWER_LABEL, without_label
from scrapers.replies.positions import UNCLEAR, Position, positions_in

LONGEST_TEXT = 4000
LONGEST_REPLY = 8000
LAST_REPLY_PARAGRAPHS = 12
LONGEST_TITLE = 200
_ROW = re.compile(
    r"Recommendations (?P<first>\d{1,3})\)?\s?\(?(?P<since>[a-z])\)?\s?[-–]\s?\(?(?P<until>[a-z])\b", re.I
)
_PART = re.compile(r"(?P<first>\d{1,3})\)?\s?\(?(?P<part>[a-z])\)?")
_SECTION = re.compile(r"\d{1,3}\)\s")
_NEW_PART = re.compile(
    r"(?:Chapter|Annex|Appendix|Part|Conclusions?|Glossary|Useful links)\b|\d{1,3}\.\s+[A-Z]", re.I
)
_FORMS: tuple[Callable[[Sequence[Paragraph]], list[Heading]], ...] = (
    labelled,
    unnumbered,
    accounts,
    numbered,
    short,
    placed,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """One recommendation and what the document says to it."""

    number: str
    """As the document writes it; empty where it gives none."""
    place: int
    """First, second, … recommendation of the document."""
    text: str
    page: int
    reply: str = ""
    reply_page: int = 0
    positions: tuple[Position, ...] = ()
    promises: tuple[Promise, ...] = ()
    paragraph: str = ""
    is_repeated: bool = False
    """Whether the document gives the same number to another recommendation too."""

    @property
    def position(self) -> str:
        """The one word all speakers share; `unclear` where they differ or say none of ours."""
        words = {position.word for position in self.positions}
        return words.pop() if len(words) == 1 else UNCLEAR


def replies_in(document: Document) -> list[Reply]:
    """The recommendations a response document answers, in its order; none where it answers none."""
    paragraphs = list(document.paragraphs())
    found = max((form(paragraphs) for form in _FORMS), key=lambda all_: _answered(paragraphs, all_))
    if not _answered(paragraphs, found):
        return []
    nexts = [*(heading.at for heading in found[1:]), len(paragraphs)]
    ends = [heading.until or end for heading, end in zip(found, nexts, strict=True)]
    whole = [
        _reply(paragraphs, heading, end, place, is_last=place == len(found))
        for place, (heading, end) in enumerate(zip(found, ends, strict=True), 1)
    ]
    replies = [reply for reply in _shared(found, whole) if reply.reply]
    numbers = Counter(reply.number for reply in replies if reply.number)
    return [replace(reply, is_repeated=numbers[reply.number] > 1) for reply in replies]


def numbers_left_out(replies: Sequence[Reply]) -> list[str]:
    """The whole numbers below the highest one that no reply has; none where conclusions are counted along."""
    wholes = [re.fullmatch(r"(\d{1,3})(?!\.\d).*", reply.number) for reply in replies]
    if not wholes or not all(wholes) or any(reply.paragraph for reply in replies):
        return []
    found = {int(one[1]) for one in wholes if one}
    return [str(number) for number in range(1, max(found)) if number not in found]


def recommendations_in(document: Document) -> list[Reply]:
    """The recommendations a committee's own report makes, without replies."""
    paragraphs = list(document.paragraphs())
    return [
        Reply(
            heading.number,
            place,
            _asked(paragraphs[heading.at : heading.at + 1]),
            paragraphs[heading.at].page,
            paragraph=heading.paragraph,
        )
        for place, heading in enumerate(in_report(paragraphs), 1)
    ]


def _answered(paragraphs: Sequence[Paragraph], found: Sequence[Heading]) -> int:
    return sum(is_replied(paragraphs, one) for one in found)


def _reply(
    paragraphs: Sequence[Paragraph], heading: Heading, end: int, place: int, *, is_last: bool
) -> Reply:
    quoted = paragraphs[heading.at : min(heading.answered_at, end)] or paragraphs[heading.at : heading.at + 1]
    said = _without_titles(_said(paragraphs, heading, end))
    said = _until_new_part(said) if is_last else said
    stated = tuple(one for one in _positions(said) if _concerns(one.sentence, heading.number))
    blocks = [Block("p", one.text) for one in said]
    text = "\n".join(filter(None, (_without_label(one.text) for one in said)))
    return Reply(
        heading.number,
        place,
        _asked(quoted),
        paragraphs[heading.at].page,
        text[:LONGEST_REPLY],
        said[0].page if said else paragraphs[heading.at].page,
        stated,
        tuple(promises_in(heading.number, blocks)),
        heading.paragraph,
    )


def _said(paragraphs: Sequence[Paragraph], heading: Heading, end: int) -> Sequence[Paragraph]:
    """What stands below a heading; below the last of a row what answers them all, and else nothing."""
    if heading.answered_at < end:
        return paragraphs[heading.answered_at : end]
    below = paragraphs[heading.answered_at : heading.answered_at + 1]
    return below if any(is_answer(one.text) for one in below) else []


def _asked(quoted: Sequence[Paragraph]) -> str:
    first, *rest = (one.text for one in quoted)
    text = " ".join(filter(None, (without_label(first), *rest)))
    return re.sub(
        r"\s*\((?:(?:Conclusion and )?Recommendation,? )?Paragraphs? \d[^)]*\)\.?$", "", text, flags=re.I
    )[:LONGEST_TEXT]


def _without_label(text: str) -> str:
    label = ANSWER_LABEL.fullmatch(text)
    return label["text"] if label and (":" in text[:40] or not label["text"]) else text


def _positions(said: Sequence[Paragraph]) -> Iterator[Position]:
    """The positions of the paragraph that opens the reply; of the first that has one, where the opening has none."""
    for one in said[:3]:
        found = list(positions_in(_without_label(one.text)))
        if found:
            yield from found
            return


def _concerns(sentence: str, number: str) -> bool:
    """Whether a sentence that names a row of recommendations, `12) a-c)`, names this one."""
    row, own = _ROW.match(sentence), _PART.fullmatch(number)
    if not row or not own:
        return True
    return own["first"] == row["first"] and row["since"] <= own["part"] <= row["until"]


def _without_titles(said: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """Without the titles at its end, which belong to what comes next."""
    last = len(said)
    while last > 1 and _is_title(said[last - 1].text):
        last -= 1
    return said[:last]


def _is_title(text: str) -> bool:
    return len(text) < LONGEST_TITLE and (
        bool(_SECTION.match(text)) or not text.endswith((".", ":", ";", "”"))
    )


def _until_new_part(said: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """The last reply ends where something that is no reply begins."""
    end = next((at for at, one in enumerate(said) if at and _NEW_PART.match(one.text)), len(said))
    return said[: min(end, LAST_REPLY_PARAGRAPHS)]


def _shared(found: Sequence[Heading], whole: Sequence[Reply]) -> list[Reply]:
    """Where several recommendations stand in a row above one reply, each gets that reply."""
    last = {heading.answered_at: reply for heading, reply in zip(found, whole, strict=True)}
    return [
        replace(reply, reply=last[heading.answered_at].reply, promises=last[heading.answered_at].promises)
        for heading, reply in zip(found, whole, strict=True)
    ]
