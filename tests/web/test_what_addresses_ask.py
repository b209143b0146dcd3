"""An address that asks for what is not there is told so, on pages and in feeds."""

import re

import pytest

from tests.web.open_site import Opened, small_site, still_site
from tests.web.pages import Reader

__all__ = ["small_site", "still_site"]


@pytest.mark.parametrize("asked", ["topic=nope", "body=nope", "jurisdiction=ZZ", "group=nope", "kind=nope"])
def test_a_filter_that_names_nothing_is_refused_in_a_sentence(still_site: Opened, asked: str) -> None:
    page = Reader(still_site.client).open(f"/overdue?{asked}", 400)
    assert f"{asked} is not on record here" in page.text
    assert "is not on record here" in still_site.get(f"/overdue.atom?{asked}", 400).text


def test_an_argument_nobody_reads_is_refused_with_those_that_are(still_site: Opened) -> None:
    page = Reader(still_site.client).open("/overdue?topics=health", 400)
    assert "topics is unknown here: use body, process" in page.text
    still_site.get("/overdue.ics?topics=health", 400)
    still_site.get("/overdue?utm_source=search")
    still_site.get("/?anything=1")


@pytest.mark.parametrize("form", ["atom", "rss", "json", "csv", "ics"])
def test_everything_on_record_can_be_had_in_every_form(still_site: Opened, form: str) -> None:
    assert still_site.get(f"/obligations.{form}?standing=overdue").get_data()


@pytest.mark.parametrize("path", ["/", "/overdue", "/overdue.atom", "/items/{item}"])
def test_before_the_record_begins_nothing_is_said_to_have_been_owed(still_site: Opened, path: str) -> None:
    [first] = still_site.json("/api/v1/obligations?per_page=1")["data"]
    answer = still_site.get(f"{path.format(item=first['item'])}?as_of=2026-05-01", 404)
    assert "The record of this site begins on 2 May 2026; nothing was shown before." in answer.text
    still_site.get(f"{path.format(item=first['item'])}?as_of=2026-05-01&hindsight=1")


def test_the_front_page_shows_one_figure_for_each_basis_and_how_old_the_looks_are(still_site: Opened) -> None:
    front = Reader(still_site.client).open("/")
    assert front.said("h1") == ["2 answers overdue by convention"]
    assert "All rest on looks of 12 May 2026" in front.text
    assert "Longest overdue when last looked" in front.text


def test_a_narrowed_feed_and_calendar_are_titled_with_what_narrows_them(still_site: Opened) -> None:
    asked = "body=ministry-of-water&basis=convention"
    feed = still_site.get(f"/overdue.atom?{asked}").text
    assert "<title>Answerby: Overdue – Ministry of Water; convention</title>" in feed
    assert "Overdue – Ministry of Water" in still_site.get(f"/overdue.ics?{asked}").text


def test_where_no_mail_is_sent_the_same_narrowed_list_is_offered_as_a_feed(still_site: Opened) -> None:
    page = Reader(still_site.client).open("/subscribe?list=overdue&body=ministry-of-water")
    assert "News of: Overdue (body: Ministry of Water)" in page.text
    assert "/overdue.atom?body=ministry-of-water" in page.links()


@pytest.mark.parametrize(
    "path", ["/overdue", "/bodies", "/processes", "/processes/citizens-assembly-on-water"]
)
def test_behind_the_last_page_of_a_list_there_is_none(still_site: Opened, path: str) -> None:
    page = Reader(still_site.client).open(f"{path}?page=99", 404)
    assert "page=99 lies behind the end of this list: its last page is 1." in page.text


def test_a_day_before_the_record_can_be_had_in_hindsight_by_one_link(still_site: Opened) -> None:
    answer = still_site.get("/overdue?as_of=2026-05-01&basis=convention", 404)
    assert "Nothing was shown here on that day" in answer.text
    assert 'href="/overdue?as_of=2026-05-01&amp;basis=convention&amp;hindsight=1"' in answer.text
    assert "Add hindsight=1" not in answer.text
    assert "Add hindsight=1" in still_site.get("/overdue.csv?as_of=2026-05-01", 404).text


def test_an_entry_of_a_list_names_its_due_day(still_site: Opened) -> None:
    page = Reader(still_site.client).open("/overdue")
    assert page.text.count("Due 4 May 2026 ·") == 2, page.text


def test_a_colon_stands_as_the_language_sets_it(still_site: Opened) -> None:
    path = "/documents/citizens-assembly-on-water-final-report"
    assert "Published: " in Reader(still_site.client).open(path).text
    assert re.search("Publi[^ <]*\u00a0: ", still_site.get(f"/fr{path}").text)
