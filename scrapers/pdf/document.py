"""A PDF as its readers see it: lines with their page, put together into paragraphs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

_SENTENCE_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_BROKEN_WORD = re.compile(r"(\w+)-$")
_FIRST_WORD = re.compile(r"\w+")
_LABEL = re.compile(
    r"(?:Recommendations? (?:No\.? ?|#)?[\dA-Z][\w., –-]{0,14}(?:\([^)]{1,40}\))?\s*(?::|$)"
    r"|Rec\.? ?\d{1,3}\b|R\d{1,3}:)"
)
_ANSWER = re.compile(
    r"(?:(?:The )?(?:Government|Department)(?:[’']s)? )?(?:Response|Reply|response|reply)\s*:?"
)
_GOES_ON = re.compile(r"(?:\b(?:see|to|of|in|and|under|with|for|by|per|also|the|or|on|at)|[,(–-])$", re.I)
_LIST_POINT = re.compile(
    r"(?:[•●▪○–-]|\(?(?:[a-z]|[ivx]{1,5}|\d{1,3}[a-z]?)[.)]|\d{1,2}\.\d{1,2}\.?(?=\s[A-Z]))\s"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page as it is printed."""

    text: str
    page: int
    """From 1, as a PDF viewer counts; the printed number may be another."""
    is_bold: bool = False
    after_gap: bool = False
    """Whether more room than usual lies above it, as above a new paragraph."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, on one line; it stands where it begins."""

    text: str
    page: int
    is_bold: bool = False


@dataclass(frozen=True)
class Document:
    """The text of a PDF, without running headers, footers and page numbers."""

    lines: tuple[Line, ...]
    pages: int
    """How many pages the file has."""
    pages_read: int
    hiding_pages: tuple[int, ...] = ()
    """Pages with text that is there and not shown: a picture that a machine read, or something to be looked at."""

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word as it stands inside a line: what a word broken at a line's end is compared with."""
        return frozenset(word for line in self.lines for word in re.findall(r"\w+", line.text.lower()))

    def paragraphs(self, lines: Iterable[Line] | None = None) -> Iterator[Paragraph]:
        """The lines (default: all) put together."""
        held: list[Line] = []
        for line in self.lines if lines is None else lines:
            if held and _begins(line, held[-1]):
                yield self._paragraph(held)
                held = []
            held.append(line)
        if held:
            yield self._paragraph(held)

    def joined(self, lines: Iterable[Line]) -> str:
        """Lines as one, words broken at a line's end mended."""
        text = ""
        for line in lines:
            text = self._mended(text, line.text) if text else line.text
        return text

    def _paragraph(self, lines: list[Line]) -> Paragraph:
        return Paragraph(self.joined(lines), lines[0].page, lines[0].is_bold)

    def _mended(self, text: str, more: str) -> str:
        """A hyphen at the end goes if the document writes the word without it elsewhere, and stays if not."""
        broken, rest = _BROKEN_WORD.search(text), _FIRST_WORD.match(more)
        if not broken or not rest or not more[0].islower():
            return f"{text} {more}"
        whole = (broken[1] + rest[0]).lower()
        return (text[:-1] if whole in self.words else text) + more


def _begins(line: Line, before: Line) -> bool:
    """Whether a paragraph begins here: room above, another weight, a label, a list point; atop a page, a full stop."""
    ended = bool(_SENTENCE_ENDS.search(before.text))
    if _ANSWER.fullmatch(line.text) or _ANSWER.fullmatch(before.text):
        return True
    if _LABEL.match(line.text) and not _GOES_ON.search(before.text):
        return True
    if line.page != before.page:
        return ended or line.is_bold != before.is_bold or bool(_LIST_POINT.match(line.text))
    if line.is_bold != before.is_bold or _LIST_POINT.match(line.text):
        return True
    return line.after_gap and (ended or line.text[:1].isupper() or line.text[:1].isdigit())
