"""Takes away what is printed on every page and says nothing: running headers and footers, page numbers."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from scrapers.pdf.document import Line

EDGE_LINES = 3
"""How many lines at either end of a page may be furniture."""
FEWEST_REPEATS = 3
_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–|]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–|]?(?:\s*(?:of|/)\s*\d{1,4})?", re.I
)
_HEADING = re.compile(
    r"(?:recommendation|recommandation|recomendaci[oó]n|proposition|propuesta|proposal|empfehlung|r|rec\.?)"
    r"\s*(?:no\.?|n\s?[°º]\.?|#)?\s*\d",
    re.I,
)
"""What begins alike on many pages because each page begins with one: its number tells it from a running title."""


def without_furniture(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """The lines of all pages but for page numbers at an edge, and lines that stand at the edges of many pages."""
    seen = Counter(shape for page in pages for shape in {_shape(line.text) for line in _edges(page)})
    exact = Counter(text for page in pages for text in {line.text for line in _edges(page)})

    def is_furniture(line: Line) -> bool:
        repeated = seen[_shape(line.text)] >= FEWEST_REPEATS and not _is_heading(line.text, exact)
        return repeated or bool(_PAGE_NUMBER.fullmatch(line.text))

    for page in pages:
        top = _outermost(page[:EDGE_LINES], is_furniture)
        bottom = _outermost(page[max(top, len(page) - EDGE_LINES) :][::-1], is_furniture)
        yield from page[top : len(page) - bottom]


def _outermost(edge: Sequence[Line], is_furniture: Callable[[Line], bool]) -> int:
    """How many lines from the edge inwards are furniture: what the page says itself ends them."""
    return len(list(takewhile(is_furniture, edge)))


def _is_heading(text: str, exact: Counter[str]) -> bool:
    return bool(_HEADING.match(text)) and exact[text] < FEWEST_REPEATS


def _edges(page: Sequence[Line]) -> list[Line]:
    return [*page[:EDGE_LINES], *page[max(EDGE_LINES, len(page) - EDGE_LINES) :]]


def _shape(text: str) -> str:
    """The line without its numbers, so that "4 Executive summary" and "5 Executive summary" are the same."""
    return re.sub(r"\d+", "", text).strip().lower()
