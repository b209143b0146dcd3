"""Data in a static copy: what leads on is a file, what anybody said stays letter by letter."""

import json

import pytest

from tracker.rendering.atom import atom
from tracker.rendering.feed import NOTHING_YET, Entry, Feed
from tracker.rendering.jsonfeed import jsonfeed
from tracker.rendering.rss import rss
from tracker.services.static_addresses import Addresses
from tracker.services.static_rewrite import REWRITES, Rewritten, Words

BASE = "https://copy.example.org/answers"
ADDRESSES = Addresses(BASE, "https://live.example.org", lambda path: path != "/search.atom", ("es",))
QUOTED = f"see {BASE}/overdue.atom?before=12ab, /log/entries?from=500 and entries?from=9"


def rewritten(kind: str, body: bytes, address: str) -> Rewritten:
    return REWRITES[kind](body, address, ADDRESSES, Words("", "", ""))


def part_of_the_log(following: str | None) -> bytes:
    text = json.dumps({"v": 2, "seq": 1, "detail": {"reason": QUOTED, "next": "entries?from=7"}})
    entries = [{"seq": 1, "hash": "ab", "text": text}]
    said = {"data": entries, "meta": {"total": 900, "next": following}}
    return f"{json.dumps(said, ensure_ascii=False)}\n".encode()


@pytest.mark.parametrize("address", ["/log/entries", "/log/entries?from=500"])
def test_an_entry_that_quotes_an_address_of_the_log_stays_as_it_was_hashed(address: str) -> None:
    found = rewritten("application/json", part_of_the_log("entries?from=1000"), address)
    before, after = json.loads(part_of_the_log(None)), json.loads(found.body)
    assert after["data"] == before["data"]
    assert after["meta"] == {"total": 900, "next": "entries-from-1000"}
    assert found.addresses == ["/log/entries?from=1000"]


def test_data_that_leads_nowhere_further_is_copied_byte_by_byte() -> None:
    last = part_of_the_log(None)
    assert rewritten("application/json", last, "/log/entries").body == last
    other = b'[1.50, "entries?from=500"]\n'
    assert rewritten("application/json", other, "/matrix.json").body == other


def feed(path: str, form: str) -> Feed:
    entry = Entry("urn:1", QUOTED, f"{BASE}/items/a-b", NOTHING_YET, (QUOTED,))
    return Feed(
        title=QUOTED,
        about=QUOTED,
        page_url=f"{BASE}/{path}",
        feed_url=f"{BASE}/{path}.{form}?before=34cd",
        language="es",
        author="City Watch",
        entries=(entry,),
        next_url=f"{BASE}/{path}.{form}?before=12ab",
    )


@pytest.mark.parametrize(
    ("kind", "form", "made"),
    [
        ("application/atom+xml", "atom", atom),
        ("application/rss+xml", "rss", rss),
        ("application/feed+json", "json", jsonfeed),
    ],
)
def test_a_feed_leads_to_files_and_quotes_what_was_said(kind: str, form: str, made: object) -> None:
    assert callable(made)
    body: bytes = made(feed("es/overdue", form))
    found = rewritten(kind, body, f"/es/overdue.{form}?before=34cd")
    text, before = found.body.decode(), body.decode()
    assert text.count(QUOTED) == before.count(QUOTED) > 2
    for place in ("12ab", "34cd"):
        assert f'"{BASE}/es/overdue-before-{place}.{form}"' in text
        assert f'"{BASE}/es/overdue.{form}?before={place}"' not in text
    assert sorted(found.addresses) == [f"/es/overdue.{form}?before={place}" for place in ("12ab", "34cd")]


def test_a_feed_that_can_be_no_file_goes_on_at_the_live_site() -> None:
    body = atom(feed("search", "atom"))
    found = rewritten("application/atom+xml", body, "/search.atom")
    assert b'href="https://live.example.org/search.atom?before=12ab"' in found.body
    assert found.addresses == []
