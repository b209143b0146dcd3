"""What belongs to a recommendation below its heading: its title, its words, its list points; and what does not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain import heading_forms as forms
from tracker.domain.report_lines import Block, TextLine, blocks, without_gap

LONGEST_TITLE = 160
MOST_BLOCKS = 25
_LOOSE = re.compile(r"\b(?:of|in|and|or|a|an|the|this|that|for|to|with|by|de|la|le|et|des|du|y|el|en)$")
_DENSE = 4
"""Paragraphs up to the next recommendation: no more are one text, more are a chapter between two."""


@dataclass(frozen=True, slots=True)
class Words:
    """The title (often none) and the text of one recommendation."""

    title: str
    text: str


def words_under(
    lines: Sequence[TextLine], at: int, rest: str, end: int, words: frozenset[str], *, is_whole: bool = False
) -> Words:
    """What stands from the heading at line `at` up to the next one, as far as it is the recommendation's own."""
    head = [without_gap(lines[at], rest)] if rest else []
    found = blocks([*head, *lines[at + 1 : min(end, at + 200)]], words)
    if is_whole:
        return Words("", " ".join(one.text for one in found))
    title, body = _title_and_body(found, bool(rest))
    is_dense = len(body) <= _DENSE and end < len(lines)
    return Words(_clean(title), "\n".join(_clean(one.text) for one in _own(body, is_dense)))


def _title_and_body(found: Sequence[Block], on_the_line: bool) -> tuple[str, Sequence[Block]]:
    if not found or not _is_title(found, on_the_line):
        return "", found
    title, body = found[0].text, found[1:]
    if body and body[0].text[:1].islower() and not body[0].is_point and len(body[0].text) < LONGEST_TITLE:
        return f"{title} {body[0].text}", body[1:]
    if title[-1:].isalnum() and _LOOSE.search(title) and body and len(body[0].text) < LONGEST_TITLE // 2:
        return f"{title} {body[0].text}", body[1:]
    return title, body


def _is_title(found: Sequence[Block], on_the_line: bool) -> bool:
    first = found[0]
    if (
        len(first.text) > LONGEST_TITLE
        or first.text.endswith(":")
        or forms.SENTENCE_ENDS.search(first.text)
        or first.is_point
    ):
        return False
    if len(found) == 1:
        return len(first.text.split()) < 20
    return (
        on_the_line
        or first.is_bold
        or (len(first.text) < 90 and bool(forms.SENTENCE_ENDS.search(found[1].text)))
    )


def _own(body: Sequence[Block], is_dense: bool) -> list[Block]:
    taken: list[Block] = []
    for block in body[:MOST_BLOCKS]:
        if taken and (_is_foreign(block, taken[-1]) or not (is_dense or _goes_on(taken[-1], block))):
            break
        if not taken and forms.REPLY.match(block.text):
            break
        taken.append(block)
    return taken


def _is_foreign(block: Block, before: Block) -> bool:
    """A reply, a section's heading, a change of type: no part of what is asked."""
    ended = bool(forms.SENTENCE_ENDS.search(before.text))
    is_heading = len(block.text) < 90 and not block.is_point and not re.search(r"[.!?:;,]$", block.text)
    return (
        bool(forms.REPLY.match(block.text) or forms.ACCEPTS.search(block.text[:300]))
        or (block.is_bold != before.is_bold and ended)
        or (is_heading and ended)
        or bool(forms.LIST_HEADING.fullmatch(block.text))
    )


def _goes_on(before: Block, block: Block) -> bool:
    return block.is_point or not re.search(r"[.!?][\"'”’»)\]\d]*$|\)$", before.text)


def _clean(text: str) -> str:
    return re.sub(r"(?:\.{3,}|…+)\s*\d{1,4}$", "", text).strip()
