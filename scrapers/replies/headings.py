"""Where a document's recommendations begin: one form per kind of document, and nothing that merely mentions one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scrapers.pdf.document import Paragraph
from scrapers.replies.labels import (
    ACCOUNTS,
    ANSWER_ALONE,
    ANSWER_OPENS,
    BEGINS,
    CONTENTS,
    GOES_ON,
    IN_REPORT,
    LABEL_ALONE,
    LABELLED,
    NUMBERED,
    PLACED,
    SHORT,
    UNNUMBERED,
    numbers_in,
    without_label,
)
from scrapers.replies.positions import positions_in

FEWEST_WORDS = 5
"""Of a sentence that is no title."""
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
    until: int = 0
    """Index behind its last paragraph where that is not the next heading; else 0."""


def is_answer(text: str) -> bool:
    """Whether a paragraph opens a reply: it says so, or it states a position."""
    return (
        bool(ANSWER_ALONE.fullmatch(text) or ANSWER_OPENS.match(text))
        or next(positions_in(text), None) is not None
    )


def labelled(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    """`Recommendation 12: …` at the start of a paragraph; said twice, it counts where its reply stands."""
    return _each_once(
        paragraphs, [one for heading in _forward(paragraphs, LABELLED) for one in _apart(heading)]
    )


def short(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    """`Rec. 12 …` or `R12 …` at the start of a paragraph."""
    return _each_once(paragraphs, list(_forward(paragraphs, SHORT)))


def accounts(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    """`2a. PAC recommendation: …`, as Treasury minutes have it; each report they answer begins again at 1."""
    return _each_once(paragraphs, list(_forward(paragraphs, ACCOUNTS)))


def _each_once(paragraphs: Sequence[Paragraph], found: Sequence[Heading]) -> list[Heading]:
    """One heading for each recommendation; a number with another text and another reply is another one."""
    kept: list[Heading] = []
    for heading in found:
        known = [one for one in kept if one.number == heading.number]
        if not _is_answered(paragraphs, heading):
            kept += [] if known else [heading]
        elif all(_is_answered(paragraphs, one) for one in known):
            same = _opening(paragraphs, heading) in [_opening(paragraphs, one) for one in known]
            kept += [] if same else [heading]
        else:
            kept = [one for one in kept if one not in known] + [heading]
    return sorted(kept, key=lambda one: one.at)


def _opening(paragraphs: Sequence[Paragraph], heading: Heading) -> str:
    """The first letters of what is recommended, to tell a repetition from another recommendation."""
    quoted = [one.text for one in paragraphs[heading.at : max(heading.answered_at, heading.at + 1)]]
    return re.sub(r"\W", "", without_label(quoted[0]) + "".join(quoted[1:])).lower()[:60]


def _apart(heading: Heading) -> list[Heading]:
    """The headings in one that counts several: `Recommendations 3 to 5`."""
    numbers = numbers_in(heading.number)
    return [replace(heading, number=number) for number in numbers] if len(numbers) > 1 else [heading]


def placed(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    """`3. … (Paragraph 17)`, as committees number what they conclude, each with its reply below."""
    found = [
        (at, end, number, place)
        for at, one in enumerate(paragraphs)
        if (number := BEGINS.match(one.text)) and (end := _end_of_place(paragraphs, at)) is not None
        if (place := PLACED.search(paragraphs[end].text))
    ]
    starts = [*(at for at, *_ in found[1:]), len(paragraphs)]
    return [
        Heading(at, number["number"], end + 1, place["at"], until)
        for (at, end, number, place), until in zip(found, starts, strict=False)
        if (place["kind"] or "").lower() != "conclusion"
    ]


def _end_of_place(paragraphs: Sequence[Paragraph], at: int) -> int | None:
    """The paragraph that ends with the place in the report; None where another begins before."""
    for here in range(at, min(len(paragraphs), at + LONGEST_QUOTE)):
        if here > at and BEGINS.match(paragraphs[here].text):
            return None
        if PLACED.search(paragraphs[here].text):
            return here
    return None


def is_replied(paragraphs: Sequence[Paragraph], heading: Heading) -> bool:
    """Whether below a heading something stands that is a reply: it says so, or is in whole sentences."""
    if heading.until:
        below = paragraphs[heading.answered_at : heading.until]
        return any(is_answer(one.text) or _is_told(one.text) for one in below)
    return _is_answered(paragraphs, heading)


def _is_told(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS and text.endswith((".", ".”"))


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
        groups = match.groupdict()
        number = _plain(groups.get("number") or groups.get("row") or "")
        yield Heading(at, number, _answer_of(paragraphs, at, end))


def _opens(paragraphs: Sequence[Paragraph], at: int, text: str) -> bool:
    """Not a line of a list of contents, and not the rest of a sentence that goes on from above."""
    before = paragraphs[at - 1] if at else None
    is_rest = (
        before is not None and before.is_bold == paragraphs[at].is_bold and bool(GOES_ON.search(before.text))
    )
    if is_rest:
        return False
    return bool(LABEL_ALONE.fullmatch(text)) or not CONTENTS.search(text[-60:])


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
