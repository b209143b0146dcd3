"""What the search page shows: what was found and where, and what helps where nothing was."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.services import entered
from tests.web.open_site import HOSTILE, SECRET, Opened, answer_late, site, small_site, still_site
from tracker.services.enter_process import EnterBody, enter_body

__all__ = ["site", "small_site", "still_site"]


def sections(page: str) -> list[tuple[str, str]]:
    return re.findall(r'id="found-(\w+)">[^<]*</h2><span class="quiet">([^<]*)<', page)


def test_each_kind_has_its_section_and_its_number(site: Opened) -> None:
    answer_late(site)
    assert sections(site.get("/search?q=water").text) == [
        ("body", "1"),
        ("item", "3"),
        ("process", "1"),
        ("document", "1"),
    ]


def test_what_was_looked_for_is_marked(still_site: Opened) -> None:
    page = still_site.get("/search?q=RIVER").text
    assert "Publish the <mark>river</mark> data" in page and "Ministry of <mark>Rivers</mark>" in page


def test_a_body_of_just_that_name_comes_first(still_site: Opened) -> None:
    assert sections(still_site.get("/search?q=ministry+of+rivers").text)[0] == ("body", "1")


def test_a_stamp_stands_beside_each_item(still_site: Opened) -> None:
    assert "stamp" in still_site.get("/search?q=publish").text.partition('id="found-item"')[2]


def test_markup_that_was_typed_or_found_stays_text(still_site: Opened) -> None:
    page = still_site.get("/search?q=%3Cscript%3Ealert(1)").text
    assert sections(page) == [("item", "1")] and "<script>alert" not in page and HOSTILE[:4] in page


def test_drafts_are_not_found(still_site: Opened) -> None:
    assert sections(still_site.get(f"/search?q={SECRET}").text) == []


def test_nothing_found_names_the_nearest_bodies(still_site: Opened) -> None:
    page = still_site.get("/search?q=minstry+of+rivres").text
    assert "Did you mean" in page and "/bodies/ministry-of-rivers" in page


def test_a_word_spelt_wrongly_is_put_right_where_that_finds_something(still_site: Opened) -> None:
    page = still_site.get("/search?q=publsh+river").text
    assert 'href="/search?q=publish+river">publish river</a>' in page
    assert "Did you mean:" not in still_site.get("/search?q=publsh+zebra").text


def test_words_that_are_on_record_by_themselves_are_offered(still_site: Opened) -> None:
    page = still_site.get("/search?q=river+zebra").text
    assert "By itself on record:" in page and 'href="/search?q=river">river</a>' in page
    assert 'href="/search?q=zebra"' not in page


@pytest.mark.parametrize("typed", ["asamblea", "assemblées+citoyennes", "citizns+asembly"])
def test_a_kind_of_process_is_found_by_its_name_in_any_language(still_site: Opened, typed: str) -> None:
    assert 'href="/kinds/citizens-assembly"' in still_site.get(f"/search?q={typed}").text


def test_a_topic_is_found_by_its_name_in_any_language(still_site: Opened) -> None:
    assert 'href="/topics/transport"' in still_site.get("/search?q=transporte").text


def test_what_may_not_be_seen_is_never_suggested(still_site: Opened) -> None:
    nearly = SECRET.lower()[:-1] + "q"
    page = still_site.get(f"/search?q={nearly}+river").text
    assert SECRET.lower() not in page.lower() and "Did you mean:" not in page


@pytest.mark.parametrize(
    ("typed", "said"), [("%25", "no word in what was typed"), ("-water", "add one that must")]
)
def test_what_holds_no_word_to_look_for_is_said(still_site: Opened, typed: str, said: str) -> None:
    assert said in still_site.get(f"/search?q={typed}").text


def test_items_found_are_narrowed_and_counted(still_site: Opened) -> None:
    page = still_site.get("/search?q=assembly").text
    assert "United Kingdom (3)" in page
    narrowed = still_site.get("/search?q=assembly&jurisdiction=GB&body=ministry-of-rivers").text
    assert sections(narrowed) == [("item", "1")]
    assert 'href="/search?q=assembly&amp;body=ministry-of-rivers"' in narrowed.replace(
        "body=ministry-of-rivers&amp;q=assembly", "q=assembly&amp;body=ministry-of-rivers"
    )


def test_one_kind_is_shown_page_by_page(small_site: Opened) -> None:
    with small_site.write() as session:
        for number in range(55):
            name = EnterBody(name=f"Office {number} of Weirs", jurisdiction="GB")
            enter_body(session, small_site.now, name, actor=entered.GROUP)
    assert "only=body" in small_site.get("/search?q=weirs").text
    pages = [small_site.get(f"/search?q=weirs&only=body&page={n}").text for n in (1, 2)]
    keys = [re.findall(r'href="/bodies/(office-[\w-]+)"', page) for page in pages]
    assert [len(one) for one in keys] == [50, 5] and len({*keys[0], *keys[1]}) == 55


@pytest.mark.parametrize(
    "said", ["only=nothing", "page=0", "page=1000000000", "nope=1", "standing=nope", "process=nope"]
)
def test_what_means_nothing_is_refused(still_site: Opened, said: str) -> None:
    still_site.get(f"/search?q=water&{said}", 400)


def test_searches_cost_the_same_number_of_looks_whatever_is_found(site: Opened) -> None:
    counted: list[str] = []

    def count(*said: object) -> None:
        counted.append(str(said[2]))

    event.listen(site.database.engine, "before_cursor_execute", count)
    looks = []
    missing = "+".join(f"nowhere{letter}" for letter in "abcdefghijklmnop")
    for address in ("/search?q=water", "/search?q=ministry+data", f"/search?q={missing}"):
        counted.clear()
        site.get(address)
        looks.append(len(counted))
    event.remove(site.database.engine, "before_cursor_execute", count)
    assert max(looks[:2]) < 40 and looks[2] < 80


@pytest.mark.parametrize("address", ["/search?q=weirs", "/obligations?q=weirs"])
def test_a_search_of_a_past_day_says_that_it_looks_for_todays_words(small_site: Opened, address: str) -> None:
    said = "Words are looked for as they read today"
    day = (small_site.now.date() - timedelta(days=1)).isoformat()
    assert said in small_site.get(f"{address}&as_of={day}").get_data(as_text=True)
    for other in (address, f"{address}&as_of={day}&hindsight=1"):
        assert said not in small_site.get(other).get_data(as_text=True)
