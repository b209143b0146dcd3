"""A feed as JSON Feed 1.1."""

import json

from tracker.rendering.atom import stamp
from tracker.rendering.clean_text import clean
from tracker.rendering.feed import Entry, Feed

CONTENT_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def jsonfeed(feed: Feed) -> bytes:
    """The whole document."""
    document = {
        "version": VERSION,
        "title": clean(feed.title),
        "description": clean(feed.about),
        "home_page_url": feed.page_url,
        "feed_url": feed.feed_url,
        "language": feed.language,
        "authors": [{"name": clean(feed.author)}],
        **({"next_url": feed.next_url} if feed.next_url else {}),
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _item(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": clean(entry.title),
        "content_html": clean(entry.html),
        "content_text": clean(entry.text),
        "date_published": stamp(entry.at),
        "date_modified": stamp(entry.at),
        "tags": [category.term for category in entry.categories],
    }
