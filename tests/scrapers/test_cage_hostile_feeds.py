"""Every feed of the corpus, and some hundred damaged ones, are read or refused in words: nothing crashes or hangs."""

import json

import pytest

from scrapers.cage import Cage
from scrapers.model import Finding, page_of
from tests.scrapers.mutations import NOW, SOURCE, outcome, pages
from tests.shared import shared

CORPUS = {
    one["path"]: one
    for one in json.loads(shared("data", "badinputs", "manifest.json").read_text("utf-8"))
    if one["path"].startswith("feeds/") and shared("data", "badinputs", one["path"]).is_file()
}
TYPES = {"json": "application/json", "html": "text/html"}
ONCE_UPSET = (6033, 6446)
"""Damaged feeds that the parser met with an error of its own."""
PACKED = {"gz", "z", "bin"}


@pytest.mark.parametrize("path", [path for path in CORPUS if path.rpartition(".")[2] not in PACKED])
def test_each_feed_of_the_corpus_is_read_or_refused(path: str, cage: Cage) -> None:
    body = shared("data", "badinputs", path).read_bytes()
    kind = CORPUS[path].get("http", {}).get("Content-Type") or TYPES.get(
        path.rpartition(".")[2], "application/xml"
    )
    page = page_of(body, address="https://gov.example.org/feed", fetched_at=NOW, content_type=kind)
    what = outcome(cage, page)
    assert not what.startswith(("EXCEPTION", "stopped"))


def test_damaged_feeds_are_read_or_refused_and_never_stop_a_child(cage: Cage) -> None:
    found = {number: outcome(cage, page) for number, page in pages([*range(300), *ONCE_UPSET])}
    assert {n: what for n, what in found.items() if what.startswith(("EXCEPTION", "stopped"))} == {}


def test_a_page_that_begins_with_many_comments_is_read_at_once(cage: Cage) -> None:
    feed = "<!-- a -->\n" * 700 + "<rss version='2.0'><channel><title>N</title></channel></rss>"
    page = page_of(feed.encode(), address="https://gov.example.org/feed", fetched_at=NOW)
    assert not [one for one in cage.read("feed", page, SOURCE) if isinstance(one, Finding)]
