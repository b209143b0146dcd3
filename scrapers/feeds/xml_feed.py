"""RSS 0.9x to 2.0 and Atom: feedparser on XML that was looked at first."""

import io
from collections.abc import Iterator
from typing import Any

from scrapers.feeds.decoding import Unreadable
from scrapers.feeds.entries import Entry, summary_of

_HEADERS = {"content-type": "application/xml; charset=utf-8"}
"""What `safe_xml` gives is UTF-8 by now: the parser need not guess."""


def xml_entries(data: bytes) -> tuple[str, list[Entry]]:
    """The feed's title and its entries; `data` is what `safe_xml` gave.

    The parser is not told the feed's address: it would complete ids with it, and they would change with the address.
    """
    parsed = _parsed(data)
    if not parsed.get("version"):
        raise Unreadable("not_a_feed", "The page is XML, but no feed we know.")
    return _text(parsed.feed.get("title")), list(_entries(parsed.entries))


def _parsed(data: bytes) -> Any:
    # Much of what a child loads at its start; only feeds need it. Markup becomes plain text later, links are vetted.
    import feedparser

    try:
        return feedparser.parse(
            io.BytesIO(data),
            response_headers=_HEADERS,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        # The parser keeps a book of what it has opened, and elements in places where none belong upset it.
        raise Unreadable(
            "odd_feed", "The feed holds elements in places where no feed has them.", str(error)
        ) from error


def _entries(raw: list[Any]) -> Iterator[Entry]:
    for number, entry in enumerate(raw, 1):
        yield Entry(
            number=number,
            id=_text(entry.get("id")),
            title=_text(entry.get("title")),
            link=_text(entry.get("link")),
            summary=summary_of(_text(entry.get("summary")) or _content(entry)),
            published=_text(entry.get("published")),
            updated=_text(entry.get("updated") if "updated" in entry.keys() else ""),  # noqa: SIM118
            categories=tuple(_text(tag.get("term")) for tag in entry.get("tags") or ()),
        )


def _content(entry: Any) -> str:
    return next((_text(part.get("value")) for part in entry.get("content") or ()), "")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
