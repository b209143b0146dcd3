"""The register of European Citizens' Initiatives: citizens-initiative.europa.eu (Regulation (EU) 2019/788).

The Commission owes each submitted initiative an answer within six months (Article 15(2)). The reader goes from the
listing to each initiative and from there to its answer; it goes by labels and headings, not by the layout.
"""

from collections.abc import Callable, Iterable, Iterator

from scrapers.eci.answer import is_answer, is_follow_up, read_answer, read_follow_up
from scrapers.eci.initiative import is_initiative, read_initiative
from scrapers.eci.listing import is_listing, read_listing
from scrapers.eci.register import Sheet, sheet_of
from scrapers.impostors import empty_page, impostor, not_what_was_asked
from scrapers.model import Page, Result, Source

VOCABULARY: dict[str, dict[str, str]] = {
    "trigger": {"Valid initiative": "submitted"},
    "response_kind": {"Answer of the European Commission": "reply"},
}
"""Where a word of the register stands for a word of ours."""

_KINDS: tuple[tuple[Callable[[Sheet], bool], Callable[[Sheet], Iterator[Result]]], ...] = (
    (is_initiative, read_initiative),
    (is_listing, read_listing),
    (is_answer, read_answer),
    (is_follow_up, read_follow_up),
)


def read(page: Page, source: Source) -> Iterable[Result]:
    """What a page of the register says; a page of no kind we know is one fatal problem."""
    empty = empty_page(page.body)
    if empty:
        return [empty]
    sheet = sheet_of(page)
    for is_kind, read_kind in _KINDS:
        if is_kind(sheet):
            return list(read_kind(sheet))
    html = page.body.decode("utf-8", "replace")
    return [impostor(html) or not_what_was_asked(html, "a page of the register we know")]
