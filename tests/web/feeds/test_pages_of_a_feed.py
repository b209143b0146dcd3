"""A long history is told page by page without a gap, and whoever has a page is told only of what changed."""

from datetime import timedelta

import feedparser
import pytest

from tests.services import entered
from tests.web.feeds.rules import RULES
from tests.web.open_site import BASE, LOOKED, Opened, answer_late
from tracker.domain.words import EventKind, Visibility
from tracker.services.note_correction import note_correction
from tracker.services.record_event import record_event
from tracker.services.revise import revise
from tracker.services.withhold import find_one, let_out, withhold
from tracker.storage.tables import Item, Obligation
from tracker.web.feeds.news_feed import MOST_ENTRIES

PAST = 2 * MOST_ENTRIES + 30


def tell(site: Opened, many: int, *, backfill: bool = False, after: int = 0) -> None:
    with site.write() as session:
        owed = session.get(Obligation, site.ids["waiting"])
        for n in range(many):
            record_event(
                session,
                EventKind.CORRECTED,
                now=LOOKED + timedelta(seconds=after + n // 7),
                happened_on=LOOKED.date(),
                obligation=owed,
                backfill=backfill,
            )


def pages(site: Opened, address: str) -> list[feedparser.FeedParserDict]:
    found = []
    while address:
        body = site.get(address.removeprefix(BASE)).data
        assert list(RULES["atom"](body, f"{BASE}{address.removeprefix(BASE)}")) == []
        found.append(feedparser.parse(body))
        address = next((link.href for link in found[-1].feed.links if link.rel == "next"), "")
    return found


@pytest.mark.parametrize("backfill", [False, True])
def test_the_pages_of_a_feed_hold_every_event_once(site: Opened, backfill: bool) -> None:
    site.now = LOOKED + timedelta(hours=1)
    tell(site, PAST, backfill=backfill)
    tell(site, 5)
    found = pages(site, "/events.atom")
    told = [entry.id for page in found for entry in page.entries]
    assert len(found) == 3
    assert [len(page.entries) for page in found[:2]] == [MOST_ENTRIES] * 2
    rows = site.get("/events.csv").get_data(as_text=True)
    assert len(told) == len(set(told)) == rows.count("\r\n") - 1


def test_what_comes_meanwhile_neither_repeats_nor_hides_an_entry(small_site: Opened) -> None:
    small_site.now = LOOKED + timedelta(hours=1)
    tell(small_site, MOST_ENTRIES + 10)
    first = small_site.json("/events.json")
    before = {item["id"] for item in first["items"]}
    tell(small_site, 20, after=60)
    second = small_site.json(first["next_url"].removeprefix(BASE))
    after = {item["id"] for item in second["items"]}
    assert not before & after
    assert "next_url" not in second
    newest = {item["id"] for item in small_site.json("/events.json")["items"]}
    assert before | after | newest == {
        entry.id for page in pages(small_site, "/events.atom") for entry in page.entries
    }


def test_a_page_that_goes_back_from_no_event_is_refused(small_site: Opened) -> None:
    assert "is no event" in small_site.get("/overdue.atom?before=7", 400).text


def _item(site: Opened) -> str:
    with site.database.reading() as session:
        owed = session.get(Obligation, site.ids["water"])
        item = session.get(Item, owed.item_id) if owed else None
        assert item is not None
        return item.key


def _unchanged(site: Opened, address: str) -> dict[str, str]:
    """What a reader keeps of an answer, once it is sure that asking again by either gives nothing."""
    first = site.get(address)
    kept = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
    for name, value in kept.items():
        again = site.client.get(address, headers={name: value})
        assert (again.status_code, again.data) == (304, b""), (address, name)
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    return kept


@pytest.mark.parametrize("form", RULES)
@pytest.mark.parametrize("done", ["added", "withheld", "shown again", "retitled"])
def test_either_kind_of_asking_learns_of_every_change(small_site: Opened, form: str, done: str) -> None:
    address, key = f"/overdue.{form}", _item(small_site)
    if done == "shown again":
        small_site.now = LOOKED + timedelta(hours=1)
        _withheld(small_site, key)
        with small_site.write() as session:  # something is left to be told of
            record_event(
                session,
                EventKind.CORRECTED,
                now=small_site.now,
                happened_on=LOOKED.date(),
                obligation=session.get(Obligation, small_site.ids["asked"]),
            )
        address = f"/events.{form}"
    kept = _unchanged(small_site, address)
    small_site.now = LOOKED + timedelta(hours=2)
    _unchanged(small_site, address)
    _DONE[done](small_site, key)
    for name, value in kept.items():
        assert small_site.client.get(address, headers={name: value}).status_code == 200, name


def _withheld(site: Opened, key: str) -> None:
    with site.write() as session:
        withhold(session, site.now, find_one(session, key), "A name stood in it.", actor=entered.GROUP)


def _shown_again(site: Opened, key: str) -> None:
    with site.write() as session:
        let_out(session, site.now, find_one(session, key), "The name is out.", actor=entered.GROUP)


def _retitled(site: Opened, key: str) -> None:
    with site.write() as session:
        item = find_one(session, key).row
        revise(
            session, site.now, item, {"title": "Publish every river’s data"}, "Misread", actor=entered.GROUP
        )


_DONE = {
    "added": lambda site, _key: answer_late(site),
    "withheld": _withheld,
    "shown again": _shown_again,
    "retitled": _retitled,
}


def test_the_head_of_a_feed_is_that_of_its_whole(small_site: Opened) -> None:
    whole = small_site.get("/overdue.atom")
    head = small_site.client.head("/overdue.atom")
    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]
    assert "public" in whole.headers["Cache-Control"] and "must-revalidate" in whole.headers["Cache-Control"]


def test_a_page_of_another_site_may_ask_whether_a_feed_changed(small_site: Opened) -> None:
    asked = small_site.client.options(
        "/overdue.json",
        headers={"Origin": "https://b.example", "Access-Control-Request-Headers": "if-none-match"},
    )
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
    assert "ETag" in small_site.get("/overdue.json").headers["Access-Control-Expose-Headers"]


def test_a_correction_is_an_entry_of_its_own_and_changes_no_other(small_site: Opened) -> None:
    before = feedparser.parse(small_site.get("/events.atom").data).entries
    small_site.now = LOOKED + timedelta(hours=1)
    with small_site.write() as session:
        note_correction(
            session, small_site.now, "The count was wrong.", _item(small_site), actor=entered.GROUP
        )
    after = feedparser.parse(small_site.get("/events.atom").data).entries
    assert after[0].title.startswith("Corrected")
    assert [(one.id, one.updated, one.title) for one in after[1:]] == [
        (one.id, one.updated, one.title) for one in before
    ]


def test_an_items_own_feed_goes_with_it(small_site: Opened) -> None:
    key = _item(small_site)
    for form in (*RULES, "ics", "csv"):
        small_site.get(f"/items/{key}.{form}")
    with small_site.write() as session:
        find_one(session, key).row.visibility = Visibility.WITHHELD
    for form in (*RULES, "ics", "csv"):
        assert small_site.client.get(f"/items/{key}.{form}").status_code in (404, 410)
