"""A plain feed is read in one pass, and exactly as feedparser reads it."""

import random
import warnings
from collections.abc import Sequence
from pathlib import Path

import pytest

from scrapers.feeds.decoding import Unreadable
from scrapers.feeds.plain_feed import plain_entries
from scrapers.feeds.safe_xml import safe_xml
from scrapers.feeds.xml_feed import parsed_entries
from tests.shared import shared

LONGEST = 500_000
EXAMPLES = Path(__file__).parent / "examples" / "feed"
TEXTS = (
    "", "  ", "a b", "x &amp; y", "&lt;p&gt;hi&lt;/p&gt;", "caf\u00e9", "caf\u00c3\u00a9", "\u00a0z\u00a0", "\n line\n two ",
    "<![CDATA[<b>q</b> & r]]>", "http://a.org/x?a=1&amp;b=2", "tag:a,2020:1", "2026-06-01", "a<!-- c -->b",
)  # fmt: skip
ODD_TEXTS = ("<b>in</b>", "&#146;s", "http:////a.org/", "http://a.org/?a=1&amp;amp;b=2", "http://[bad")
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "slash": "http://purl.org/rss/1.0/modules/slash/",
        "atom": "http://www.w3.org/2005/Atom",
        "media": "http://search.yahoo.com/mrss/",
    }.items()
)
ITEM = (
    "title", "link", "guid", "guid isPermaLink='false'", "guid isPermaLink='TRUE'", "pubDate", "description",
    "content:encoded", "category", "category domain='x'", "enclosure url='http://e.org/m'", "author", "dc:creator",
    "comments", "slash:comments", "Title", "dc:date", "atom:link href='http://h.org'", "media:title", "updated", "foo",
)  # fmt: skip
CHANNEL = ("title", "link", "description", "language", "generator", "ttl", "category", "atom:link rel='self'")
ENTRY = (
    "title", "title type='html'", "title type=''", "summary type='xhtml'", "summary type='html'", "summary", "content",
    "content type='html'", "content type='image/png'", "id", "published", "updated", "rights", "category term='a'",
    "category term='' scheme='s'", "category", "link href='http://l.org/1'", "link href='/rel' rel='self'",
    "link href='http://l.org/2' rel='ALTERNATE' type='HTML'", "link href='http:////x'", "link", "dc:date", "issued",
)  # fmt: skip
FEED = ("title", "title type='text'", "subtitle", "id", "updated", "icon", "link href='http://l.org/f'")
IMAGE = "<image><url>http://i/x.png</url><title>Image</title><width>q</width></image>"
PERSON = "<author><name>N</name><email>e@x.org</email><uri>http://u.org/</uri></author>"


def element(chance: random.Random, shape: str) -> str:
    text = chance.choice(ODD_TEXTS if chance.random() < 0.02 else TEXTS)
    return f"<{shape}>{text}</{shape.split()[0]}>{chance.choice(('', ' '))}"


def some(chance: random.Random, shapes: Sequence[str], besides: str) -> list[str]:
    chosen = [element(chance, one) for one in shapes if chance.random() < 0.25]
    chosen += [besides] if chance.random() < 0.2 else []
    chance.shuffle(chosen)
    return chosen


def made_up(seed: int) -> str:
    chance = random.Random(seed)
    if seed % 2:
        items = [f"<item>{''.join(some(chance, ITEM, ''))}</item>" for _ in range(chance.randrange(4))]
        parts = [*some(chance, CHANNEL, IMAGE), *items]
        chance.shuffle(parts)
        return f'<rss version="2.0" {SPACES}><channel>{"".join(parts)}</channel></rss>'
    entries = [f"<entry>{''.join(some(chance, ENTRY, PERSON))}</entry>" for _ in range(chance.randrange(4))]
    parts = [*some(chance, FEED, PERSON), *entries]
    chance.shuffle(parts)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES}>{"".join(parts)}</feed>'


def read_alike(text: str) -> bool:
    """Whether the feed was plain; where it was, both readers have to agree."""
    try:
        data, _ = safe_xml(text)
    except Unreadable:
        return False
    plain = plain_entries(data)
    if plain is None:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert plain == parsed_entries(data)
    return True


def test_made_up_feeds_are_read_as_feedparser_reads_them() -> None:
    plain = sum(read_alike(made_up(seed)) for seed in range(3000))
    assert plain > 500


def test_recorded_feeds_are_read_as_feedparser_reads_them() -> None:
    recorded = sorted(EXAMPLES.glob("*.xml"))
    plain = [read_alike(path.read_text("utf-8")) for path in recorded]
    assert any(plain)


def test_hostile_feeds_are_read_as_feedparser_reads_them() -> None:
    folder = shared("data", "badinputs", "feeds")
    feeds = [path for path in sorted(folder.iterdir()) if path.stat().st_size < LONGEST]
    plain = [read_alike(path.read_bytes().decode("utf-8", "replace")) for path in feeds]
    assert any(plain)


@pytest.mark.parametrize(
    "inside",
    [
        "<item><title>a</title><title>b</title></item>",
        "<item><description>a <b>bold</b> word</description></item>",
        "<item><dc:date>2026-06-01</dc:date></item>",
        "<item xml:base='http://elsewhere.org/'><link>x</link></item>",
        "<item><link>http:////a.org/</link></item>",
    ],
)
def test_what_is_unusual_is_left_to_feedparser(inside: str) -> None:
    data, _ = safe_xml(f'<rss version="2.0" {SPACES}><channel>{inside}</channel></rss>')
    assert plain_entries(data) is None
