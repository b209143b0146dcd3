"""A feed as RSS 2.0."""

import re
from datetime import UTC
from email.utils import format_datetime
from xml.etree.ElementTree import Element

from tracker.rendering.atom import pages
from tracker.rendering.feed import Entry, Feed
from tracker.rendering.xml_tree import add, root, written

CONTENT_TYPE = "application/rss+xml"
_NAMESPACES = {
    "version": "2.0",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


def rss(feed: Feed) -> bytes:
    """The whole document."""
    tree = root("rss", _NAMESPACES)
    channel = add(tree, "channel")
    add(channel, "title", without_tags(feed.title))
    add(channel, "link", feed.page_url)
    add(channel, "description", without_tags(feed.about))
    add(channel, "language", feed.language)
    if feed.entries:
        add(channel, "lastBuildDate", format_datetime(feed.updated_at.astimezone(UTC)))
    add(channel, "generator", "Answerby")
    add(channel, "atom:link", rel="self", type=CONTENT_TYPE, href=feed.feed_url)
    for rel, address in pages(feed):
        add(channel, "atom:link", rel=rel, type=CONTENT_TYPE, href=address)
    for entry in feed.entries:
        _item(channel, entry, feed.author)
    return written(tree)


def _item(channel: Element, entry: Entry, author: str) -> None:
    node = add(channel, "item")
    add(node, "title", without_tags(entry.title))
    add(node, "link", entry.url)
    add(node, "guid", entry.id, isPermaLink="false")
    add(node, "pubDate", format_datetime(entry.at.astimezone(UTC)))
    add(node, "dc:creator", author)
    for category in entry.categories:
        add(node, "category", category.term, domain=category.scheme)
    add(node, "description", entry.html)


def without_tags(title: str) -> str:
    """A title in which nothing can be taken for a tag.

    RSS never said whether a title is text or HTML, and programs differ: what looks like a tag gets other brackets. The
    other forms, and the description here, have it letter by letter.
    """
    return _TAG.sub("\u2039", title)


_TAG = re.compile("<(?=[A-Za-z/!?])")
