"""The register of European Citizens' Initiatives: citizens-initiative.europa.eu (Regulation (EU) 2019/788).

The Commission owes each submitted initiative an answer within six months (Article 15(2)). The reader goes from the
listing to each initiative and from there to its answer; it goes by labels and headings, not by the layout.

Option: `mirror` (true or false) stays on the host of the source's address where the pages link to the register's own
hosts: for a copy of the register.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from scrapers.eci.answer import is_answer, is_follow_up, read_answer, read_follow_up
from scrapers.eci.initiative import is_initiative, read_initiative
from scrapers.eci.listing import is_listing, read_listing
from scrapers.eci.register import Sheet, sheet_of
from scrapers.impostors import empty_page, impostor, not_what_was_asked
from scrapers.model import Follow, Page, Problem, Result, Source

OPTIONS: Mapping[str, str] = {
    "mirror": "true stays on the host of the source's address: for a copy of the register"
}
"""What a source of this reader may be told."""
VOCABULARY: dict[str, dict[str, str]] = {
    "trigger": {"Valid initiative": "submitted"},
    "response_kind": {"Answer of the European Commission": "reply"},
}
"""Where a word of the register stands for a word of ours."""

_OWN_HOSTS = {"citizens-initiative.europa.eu": "", "europa.eu": "/citizens-initiative"}
"""The register's hosts, each with the path under which the register lies there."""
PATIENCE = "The register asks for patience (too many requests): try again later."
_TOO_MANY = re.compile(r"<(?:title|h1)[^>]{0,200}>[^<]{0,100}(?:too many requests|\b429\b)", re.IGNORECASE)
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
    if sheet.language not in ("", "en"):
        sentence = (
            "This page of the register is not in English: the reader knows the English pages, whose addresses end "
            "with _en."
        )
        return [Problem("other_language", sentence, "fatal", "page", sheet.language)]
    for is_kind, read_kind in _KINDS:
        if is_kind(sheet):
            return [_mirrored(result, source) for result in read_kind(sheet)]
    html = page.body.decode("utf-8", "replace")
    other = impostor(html) or not_what_was_asked(html, "a page of the register we know")
    return [replace(other, sentence=PATIENCE) if _TOO_MANY.search(html) else other]


def _mirrored(result: Result, source: Source) -> Result:
    if not isinstance(result, Follow) or not source.options.get("mirror"):
        return result
    there, home = urlsplit(result.address), urlsplit(source.address)
    below = _OWN_HOSTS.get(there.hostname or "")
    if below is None or not there.path.startswith(below):
        return result
    path = there.path.removeprefix(below)
    return replace(result, address=urlunsplit((home.scheme, home.netloc, path, there.query, "")))
