"""A feed as Atom (RFC 4287)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from tracker.rendering.feed import Entry, Feed
from tracker.rendering.xml_tree import add, root, written

CONTENT_TYPE = "application/atom+xml"


def atom(feed: Feed) -> bytes:
    """The whole document."""
    tree = root("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language})
    add(tree, "title", feed.title)
    add(tree, "subtitle", feed.about)
    add(tree, "id", feed.page_url)
    add(tree, "updated", stamp(feed.updated_at))
    add(tree, "link", rel="self", type=CONTENT_TYPE, href=feed.feed_url)
    add(tree, "link", rel="alternate", type="text/html", href=feed.page_url)
    for rel, address in pages(feed):
        add(tree, "link", rel=rel, type=CONTENT_TYPE, href=address)
    add(add(tree, "author"), "name", feed.author)
    add(tree, "generator", "Answerby")
    for entry in feed.entries:
        _entry(tree, entry)
    return written(tree)


def _entry(tree: Element, entry: Entry) -> None:
    node = add(tree, "entry")
    add(node, "title", entry.title)
    add(node, "id", entry.id)
    add(node, "published", stamp(entry.at))
    add(node, "updated", stamp(entry.at))
    add(node, "link", rel="alternate", type="text/html", href=entry.url)
    for category in entry.categories:
        add(node, "category", term=category.term, scheme=category.scheme, label=category.label)
    add(node, "content", entry.html, type="html")


def pages(feed: Feed) -> Iterator[tuple[str, str]]:
    """The links of a feed told page by page (RFC 5005, section 3)."""
    if feed.first_url:
        yield "first", feed.first_url
    if feed.next_url:
        yield "next", feed.next_url


def stamp(at: datetime) -> str:
    """RFC 3339 in UTC, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
