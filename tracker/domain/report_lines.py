"""A report's text as lines with their pages: page furniture gone, paragraphs put together, broken words mended."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

FEWEST_REPEATS = 3
LONGEST_FURNITURE = 90
_PAGE_NUMBER = re.compile(
    r"(?:page\s+|p\.\s*|página\s+)?[-–|]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–|]?(?:\s*(?:of|/|sur|de)\s*\d{1,4})?",
    re.I,
)
_BROKEN_WORD = re.compile(r"([^\W\d_]+)[-\u00ad‐]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LIST_POINT = re.compile(r"(?:[•●▪○◦‣*]|[–—-]\s|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)]\s)")
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]\d]*$")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line as it is printed, on its page (from 1, as a viewer counts)."""

    text: str
    page: int = 1
    is_bold: bool = False
    after_gap: bool = False
    """Whether more room than usual lies above it, as above a new paragraph."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, on one line."""

    text: str
    page: int
    is_bold: bool
    is_point: bool
    """A point of a list within something else."""


def lines_of_text(text: str) -> list[TextLine]:
    """Pasted text as lines; a form feed begins a page, an empty line is a gap; page furniture is gone."""
    pages = [list(_page(part, number)) for number, part in enumerate(text.split("\f"), 1)]
    found = [line for page in pages for line in page]
    furniture = _furniture(found)
    kept = (line for line in found if not _PAGE_NUMBER.fullmatch(line.text) or _is_number(line.text, found))
    return [line for line in kept if _shape(line.text) not in furniture]


def _is_number(text: str, _found: Sequence[TextLine]) -> bool:
    """A number that is no page number: it carries a full stop or a bracket, so it numbers something."""
    return text.endswith((".", ")"))


def _page(part: str, number: int) -> Iterator[TextLine]:
    gap = True
    for raw in unicodedata.normalize("NFKC", part).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        text = " ".join(raw.split())
        if text:
            yield TextLine(text, number, False, gap)
        gap = not text


def _furniture(lines: Iterable[TextLine]) -> frozenset[str]:
    """Running headers and footers: short lines that come again and again, set apart, but for their numbers."""
    alone = [line for line in lines if line.after_gap and len(line.text) <= LONGEST_FURNITURE]
    seen = Counter((_shape(line.text), line.text) for line in alone)
    shapes = Counter(_shape(line.text) for line in alone)
    repeated = {shape for (shape, _), times in seen.items() if times >= FEWEST_REPEATS}
    paged = {shape for shape, times in shapes.items() if times >= FEWEST_REPEATS and "#" in shape}
    return frozenset(shape for shape in repeated | paged if not _LABEL_LIKE.match(shape))


_LABEL_LIKE = re.compile(
    r"(?:recom|propo|empfehl|raccom|aanbev|mesure|measure|action|commitment|engagement|compromiso|r#|rec)|[^\w]*$"
)


def _shape(text: str) -> str:
    """A line without its numbers, a number at its edge marked, as page numbers beside a running title are."""
    edge = re.sub(r"^\d{1,4}\b|\b\d{1,4}$", "#", text)
    return re.sub(r"\d+", "", edge).strip().lower()


def words_of(lines: Iterable[TextLine]) -> frozenset[str]:
    """Every word as it stands inside a line, hyphenated ones whole: what a broken word is compared with."""
    return frozenset(word.lower() for line in lines for word in _WORDS.findall(line.text[:-1]))


def blocks(lines: Sequence[TextLine], words: frozenset[str]) -> list[Block]:
    """The lines put together into paragraphs and list points."""
    found: list[list[TextLine]] = []
    for before, line in pairwise([TextLine("", 0), *lines]):
        if found and not _begins(line, before):
            found[-1].append(line)
        else:
            found.append([line])
    return [_block(held, words) for held in found]


def _begins(line: TextLine, before: TextLine) -> bool:
    ended = bool(_ENDS.search(before.text))
    if _LIST_POINT.match(line.text) and (ended or line.after_gap or not line.text[:1].isalnum()):
        return True
    if line.page != before.page:
        return ended
    if line.text[:1].islower() and not ended and line.is_bold == before.is_bold:
        return False
    if line.is_bold != before.is_bold:
        return True
    return line.after_gap


def _block(lines: Sequence[TextLine], words: frozenset[str]) -> Block:
    text = ""
    for line in lines:
        text = mended(text, line.text, words) if text else line.text
    return Block(text, lines[0].page, lines[0].is_bold, bool(_LIST_POINT.match(lines[0].text)))


def mended(text: str, more: str, words: frozenset[str]) -> str:
    """Two lines as one; a hyphen at the end goes where it only broke a word."""
    broken, rest = _BROKEN_WORD.search(text), _FIRST_WORD.match(more)
    if not broken or not rest or not more[0].islower():
        return f"{text} {more}"
    first, last = broken[1].lower(), rest[0].lower()
    if first + last in words or not (f"{first}-{last}" in words or {first, last} <= words):
        return text[: broken.end(1)] + more
    return text + more


def without_gap(line: TextLine, text: str) -> TextLine:
    """The rest of a line whose label was taken off."""
    return replace(line, text=text)
