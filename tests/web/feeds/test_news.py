"""What feeds tell: what changed, when it was announced, by an id that never changes."""

import feedparser

from tests.web.open_site import BASE, LOOKED, SECRET, Opened, answer_late
from tracker.domain.words import EventKind
from tracker.services.record_event import record_event
from tracker.services.sequence import sequence
from tracker.storage import log
from tracker.storage.tables import Item, LogHead, Obligation
from tracker.web.feeds.news_feed import MOST_ENTRIES


def read(site: Opened, address: str) -> feedparser.FeedParserDict:
    parsed = feedparser.parse(site.get(address).data)
    assert not parsed.bozo
    return parsed


def test_an_old_item_that_turns_overdue_surfaces_on_the_day_it_is_announced(site: Opened) -> None:
    entries = read(site, "/overdue.atom").entries
    assert len(entries) == 2
    assert entries[0].published_parsed[:4] == LOOKED.timetuple()[:4]
    titles = sorted(entry.title for entry in entries)
    assert titles[1] == (
        "Became overdue: Ministry of Water — Publish the river data, 8 days when last looked, on 12 May 2026"
    )
    assert {entry.link for entry in entries} >= {f"{BASE}/items/{_item_key(site)}#ministry-of-water"}
    assert "Basis: convention" in entries[0].summary
    assert {tag.term for tag in entries[0].tags} >= {"became_overdue", "convention"}


def _item_key(site: Opened) -> str:
    with site.database.reading() as session:
        owed = session.get(Obligation, site.ids["water"])
        item = session.get(Item, owed.item_id) if owed else None
        assert item is not None
        return item.key


def test_every_form_carries_the_same_permanent_ids(site: Opened) -> None:
    atom = [entry.id for entry in read(site, "/overdue.atom").entries]
    rss = [entry.id for entry in read(site, "/overdue.rss").entries]
    items = site.json("/overdue.json")["items"]
    assert atom == rss == [item["id"] for item in items]
    assert all(id_.startswith("urn:answerby:event:") for id_ in atom)
    answer_late(site)
    assert set(atom) <= {entry.id for entry in read(site, "/overdue.atom").entries}


def test_what_ends_a_flag_is_told_in_the_list_of_flags(site: Opened) -> None:
    answer_late(site)
    terms = [entry.tags[0].term for entry in read(site, "/overdue.atom").entries]
    assert terms[0] == "answered_late"
    assert sorted(terms) == ["answered_late", "became_overdue", "became_overdue", "response_found"]


def test_an_answer_in_time_is_no_news_of_the_overdue_list(small_site: Opened) -> None:
    answer_late(small_site, "water")
    entries = read(small_site, "/bodies/ministry-of-water.atom").entries
    assert {"answered_late", "became_overdue", "logged"} & {e.tags[0].term for e in entries}
    waiting = read(small_site, "/waiting.atom").entries
    assert not {"answered_late", "became_overdue"} & {e.tags[0].term for e in waiting}


def test_a_date_somebody_asked_for_is_never_called_overdue(site: Opened) -> None:
    asked = read(site, "/not-answered-by-date-asked.atom").entries
    assert [entry.tags[0].term for entry in asked] == ["became_overdue"]
    assert asked[0].title.startswith("Not answered by the date asked for: Ministry of Water — =cmd")
    assert not {entry.id for entry in asked} & {entry.id for entry in read(site, "/overdue.atom").entries}


def test_a_spanish_feed_leads_to_spanish_pages_and_keeps_the_ids(still_site: Opened) -> None:
    english, spanish = read(still_site, "/overdue.atom"), read(still_site, "/es/overdue.atom")
    assert [e.id for e in english.entries] == [e.id for e in spanish.entries]
    assert spanish.entries[0].link.startswith(f"{BASE}/es/items/")
    assert spanish.feed.language == "es"


def test_an_import_never_pushes_news_out_and_says_what_it_is(small_site: Opened) -> None:
    with small_site.write() as session:
        owed = session.get(Obligation, small_site.ids["waiting"])
        for _ in range(MOST_ENTRIES + 20):
            record_event(
                session,
                EventKind.CORRECTED,
                now=LOOKED,
                happened_on=LOOKED.date(),
                obligation=owed,
                backfill=True,
            )
    entries = read(small_site, "/events.atom").entries
    assert len(entries) == MOST_ENTRIES
    kinds = [{tag.term for tag in entry.tags} for entry in entries]
    assert sum("became_overdue" in kind for kind in kinds) == 3
    old = next(entry for entry in entries if "backfill" in {tag.term for tag in entry.tags})
    assert "from records entered on 12 May 2026" in old.title


def test_a_feed_as_of_a_day_knows_nothing_later(still_site: Opened) -> None:
    assert read(still_site, "/overdue.atom?as_of=2026-05-11").entries == []
    assert len(read(still_site, "/overdue.atom?as_of=2026-05-12").entries) == 2


def test_filters_narrow_a_feed_and_stay_in_its_address(still_site: Opened) -> None:
    parsed = read(still_site, "/overdue.atom?body=ministry-of-rivers")
    assert len(parsed.entries) == 1
    assert parsed.feed.id == f"{BASE}/overdue?body=ministry-of-rivers"
    assert parsed.feed.author == "City Watch"


def test_standing_narrows_a_feed_to_what_came_to_stand_there(small_site: Opened) -> None:
    answer_late(small_site)
    entries = read(small_site, "/events.atom?standing=answered_late").entries
    assert [entry.tags[0].term for entry in entries] == ["answered_late"]


def test_a_reader_who_has_the_feed_gets_nothing_twice(small_site: Opened) -> None:
    first = small_site.get("/overdue.atom")
    assert small_site.get("/overdue.atom", 304, If_None_Match=first.headers["ETag"]).data == b""
    stamp = first.headers["Last-Modified"]
    assert stamp == "Tue, 12 May 2026 09:00:00 GMT"
    small_site.get("/overdue.atom", 304, If_Modified_Since=stamp)
    answer_late(small_site)
    small_site.get("/overdue.atom", 200, If_None_Match=first.headers["ETag"])
    small_site.get("/overdue.atom", 200, If_Modified_Since=stamp)


def test_a_draft_is_in_no_feed(still_site: Opened) -> None:
    for address in ("/events.atom", "/bodies/ministry-of-water.atom", f"/search.atom?q={SECRET}"):
        assert SECRET not in "".join(entry.title for entry in read(still_site, address).entries)


def test_every_lists_feed_prints_the_first_signed_head_over_what_it_holds(small_site: Opened) -> None:
    with small_site.write() as session:
        while sequence(session, LOOKED):
            pass
        size = log.size(session)
        for more in (0, 3):
            mark = f"{more}a" * 32
            session.add(LogHead(size=size + more, hash=mark, signed_at=LOOKED, key_id="k", signature="s"))
    said = f"{size} entries when this was written; its head is {'0a' * 32}."
    for list_ in ("events", "overdue", "bodies/ministry-of-water"):
        assert said in read(small_site, f"/{list_}.atom").feed.subtitle
        assert said in small_site.get(f"/{list_}.rss").get_data(as_text=True)
        assert said in small_site.json(f"/{list_}.json")["description"]


def test_a_later_head_does_not_change_a_feed_in_which_nothing_is_new(small_site: Opened) -> None:
    with small_site.write() as session:
        while sequence(session, LOOKED):
            pass
        size = log.size(session)
        session.add(LogHead(size=size, hash="ab" * 32, signed_at=LOOKED, key_id="k", signature="s"))
    first = small_site.get("/overdue.atom")
    with small_site.write() as session:
        session.add(LogHead(size=size + 5, hash="cd" * 32, signed_at=LOOKED, key_id="k", signature="s"))
    assert small_site.get("/overdue.atom", 304, If_None_Match=first.headers["ETag"]).data == b""
