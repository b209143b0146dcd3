"""Feeds are valid, readable by an independent reader, and hold whatever a title holds as text."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import feedparser
import pytest

from tests.rendering.hostile import texts
from tracker.rendering.atom import atom
from tracker.rendering.clean_text import clean, one_line, shortened
from tracker.rendering.feed import NOTHING_YET, Category, Entry, Feed
from tracker.rendering.jsonfeed import jsonfeed
from tracker.rendering.rss import rss

AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
XML = {"atom": atom, "rss": rss}


def entry(title: str = "Became overdue", number: int = 1, at: datetime = AT) -> Entry:
    return Entry(
        f"urn:answerby:event:{number:032x}",
        one_line(title),
        "https://a.example/items/x#y",
        at,
        (title, "Basis: statute."),
        (Category("https://a.example/words", "became_overdue", "Became overdue"),),
    )


def feed(*entries: Entry, title: str = "Overdue") -> Feed:
    return Feed(
        title,
        "What changed",
        "https://a.example/overdue",
        "https://a.example/overdue.atom",
        "en",
        "A watchdog",
        entries,
    )


def test_atom_has_what_rfc_4287_asks_of_feed_and_entry() -> None:
    tree = ElementTree.fromstring(atom(feed(entry())))
    assert {child.tag.removeprefix(ATOM) for child in tree} >= {
        "id",
        "title",
        "updated",
        "link",
        "author",
        "entry",
    }
    links = {link.get("rel"): link.get("href") for link in tree.findall(f"{ATOM}link")}
    assert links["self"] == "https://a.example/overdue.atom"
    one = tree.find(f"{ATOM}entry")
    assert one is not None
    assert [one.findtext(f"{ATOM}{name}") for name in ("id", "updated", "published")] == [
        f"urn:answerby:event:{1:032x}",
        "2026-05-12T09:30:00Z",
        "2026-05-12T09:30:00Z",
    ]


@pytest.mark.parametrize("form", XML)
def test_an_independent_reader_reads_the_entries_back(form: str) -> None:
    later = entry("Answered", 2, AT + timedelta(days=1))
    read = feedparser.parse(XML[form](feed(later, entry())))
    assert not read.bozo
    assert [one.id for one in read.entries] == [f"urn:answerby:event:{n:032x}" for n in (2, 1)]
    assert [one.title for one in read.entries] == ["Answered", "Became overdue"]
    assert read.entries[0].link == "https://a.example/items/x#y"
    assert read.entries[1].published_parsed[:5] == (2026, 5, 12, 9, 30)


@pytest.mark.parametrize("form", XML)
def test_no_text_breaks_the_xml_or_becomes_markup(form: str) -> None:
    hostile = texts()
    document = XML[form](feed(*(entry(text, n) for n, text in enumerate(hostile)), title=hostile[0]))
    tree = ElementTree.fromstring(document)
    assert len(list(tree.iter(f"{ATOM}entry"))) + len(list(tree.iter("item"))) == len(hostile)
    assert b"<script" not in document
    read = feedparser.parse(document)
    assert not read.bozo
    assert [len(read.entries), read.entries[3].link] == [len(hostile), "https://a.example/items/x#y"]


def test_the_json_feed_holds_every_text_and_strict_json() -> None:
    hostile = texts()
    document = json.loads(jsonfeed(feed(*(entry(text, n) for n, text in enumerate(hostile)))))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in document["items"]] == [one_line(text) for text in hostile]
    assert "<script" not in "".join(item["content_html"] for item in document["items"])


def test_a_feed_without_entries_does_not_pretend_to_be_new() -> None:
    assert feed().updated_at == NOTHING_YET
    assert b"<updated>1970-01-01T00:00:00Z</updated>" in atom(feed())


def test_a_title_is_one_line_and_cannot_reorder_its_neighbours() -> None:
    assert one_line(" a\r\nb\t\u2028c\u202e ") == "a b c"
    assert clean("a\rb\x00\ufffe") == "a\nb"
    assert shortened("one two three", 9) == "one two…"
    assert shortened("x" * 20, 5) == "xxxx…"
