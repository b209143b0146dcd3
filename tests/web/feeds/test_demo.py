"""The demo's feeds: its flags as they stand, said to come from records and not to be news."""

import csv
import io

import feedparser
import pytest

from tests.web.pages import Reader

FORMS = ("atom", "rss", "json", "csv", "ics")
LISTS = (
    "/overdue",
    "/not-answered-by-date-asked",
    "/waiting",
    "/awaiting",
    "/calendar",
    "/events",
    "/bodies",
    "/processes",
    "/sources",
)


def entries(demo: Reader, address: str) -> list[feedparser.FeedParserDict]:
    read = feedparser.parse(demo.client.get(address).data)
    assert not read.bozo
    found: list[feedparser.FeedParserDict] = read.entries
    return found


@pytest.mark.parametrize(("path", "any_"), [("/overdue", True), ("/not-answered-by-date-asked", False)])
def test_every_flag_of_the_list_is_in_its_feed(demo: Reader, path: str, any_: bool) -> None:
    table = demo.client.get(f"{path}.csv").get_data(as_text=True)
    listed = {row["url"] for row in csv.DictReader(io.StringIO(table, newline=""))}
    assert listed or not any_
    assert {entry.link for entry in entries(demo, f"{path}.atom")} == listed


def test_what_was_loaded_says_so(demo: Reader) -> None:
    for entry in entries(demo, "/overdue.rss"):
        assert "(from records entered on 21 November 2026)" in entry.title
        assert "backfill" in {tag.term for tag in entry.tags}


@pytest.mark.parametrize("form", FORMS)
def test_every_list_of_the_demo_is_there_in_every_form(demo: Reader, form: str) -> None:
    for path in LISTS:
        answer = demo.client.get(f"{path}.{form}")
        assert answer.status_code == 200, path
        assert "noindex" in answer.headers["X-Robots-Tag"]
