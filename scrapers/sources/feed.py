"""Any RSS 0.9x to 2.0, RDF, Atom or JSON feed: each entry is a finding.

Options: `kind` (new_item, response or update; default update) and `body_name` for what all entries are about.
"""

from collections.abc import Iterable, Iterator, Mapping

from scrapers.feeds.decoding import Unreadable, decoded
from scrapers.feeds.entries import Entry, findings_of
from scrapers.feeds.json_feed import json_entries
from scrapers.feeds.safe_xml import safe_xml
from scrapers.feeds.xml_feed import xml_entries
from scrapers.impostors import empty_page, looks_like_html, not_what_was_asked
from scrapers.model import Page, Problem, Result, Source

OPTIONS: Mapping[str, str] = {
    "kind": "what an entry is: new_item, response or update",
    "body_name": "the body that all entries are about",
}
"""What a source of this reader may be told."""
VOCABULARY: dict[str, dict[str, str]] = {}
"""A feed says nothing in words that we would interpret."""


def read(page: Page, source: Source) -> Iterable[Result]:
    """The entries of a feed as findings; a page that is no feed is one fatal problem."""
    empty = empty_page(page.body)
    if empty:
        return [empty]
    try:
        return list(_read(page, source))
    except Unreadable as error:
        return [error.problem]


def _read(page: Page, source: Source) -> Iterator[Result]:
    whole = decoded(page)
    yield from whole.problems
    title, entries, problems = _entries(whole.text)
    yield from problems
    yield from findings_of(entries, page, source, title)


def _entries(text: str) -> tuple[str, list[Entry], list[Problem]]:
    if text.lstrip()[:1] in ("{", "["):
        return json_entries(text)
    if looks_like_html(text):
        other = not_what_was_asked(text, "a feed")
        raise Unreadable(other.code, other.sentence, other.as_written)
    data, problems = safe_xml(text)
    return (*xml_entries(data), problems)
