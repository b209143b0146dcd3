"""The reader of tables and lists on pages, told by options where things stand."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scrapers.model import Follow, Page, Problem, Result, Seen, Source
from scrapers.rows.further import MOST_FURTHER
from scrapers.sources import listing
from tests.scrapers.sources.reading import days, findings, follows, problems, seen

ADDRESS = "https://gov.example.org/replies?year=2024"
OPTIONS = {
    "fields": {
        "title": "column:Title",
        "link": "column:2 > a@href",
        "published_on": "td:nth-child(1)",
        "body_name": "column:body",
        "status": "column:Status",
    },
    "statuses": {"Awaiting": "new_item", "Replied": "reply", "Acknowledged": "holding", "Draft": "ignore"},
    "date_order": "dmy",
    "expect_headers": ["Date", "Title", "Body", "Status"],
    "next": "a[rel=next]",
}
TABLE = """<html><body><h1>Replies</h1><table>
<thead><tr><th>Date</th><th>Title</th><th>Body</th><th>Status</th></tr></thead>
<tr><td rowspan="2">03/04/2024</td><td><a href="/r/1">Clean <b>air</b></a></td><td>Ministry A</td><td>Replied</td></tr>
<tr><td><a href="/r/2">Buses</a></td><td>Ministry B</td><td>Awaiting</td></tr>
<tr><td>5 May 2024</td><td><a href="javascript:alert(1)">Parks &lt;script&gt;</a></td><td>City</td><td>Acknowledged</td></tr>
<tr><td>1/6/2024</td><td>Not yet</td><td>City</td><td>Draft</td></tr>
</table><a rel="next" href="?year=2024&amp;page=2">Next</a></body></html>"""
Pages = Callable[..., Page]


def _source(**options: Any) -> Source:
    return Source("replies", "listing", ADDRESS, {**OPTIONS, **options})


def _read(page: Pages, html: str | bytes = TABLE, **options: Any) -> list[Result]:
    return list(listing.read(page(html, ADDRESS), _source(**options)))


def test_each_row_becomes_what_its_status_word_means(page: Pages) -> None:
    results = _read(page)
    said = [(one.kind, one.title, one.extra.get("response_kind")) for one in findings(results)]
    assert said == [
        ("response", "Clean air", "reply"),
        ("new_item", "Buses", None),
        ("response", "Parks", "holding"),
    ]
    assert seen(results) == 1
    assert problems(results) == []


def test_a_merged_cell_stands_in_each_row_it_covers(page: Pages) -> None:
    assert [days(one) for one in findings(_read(page))] == [
        {"published_on": "2024-04-03"},
        {"published_on": "2024-04-03"},
        {"published_on": "2024-05-05"},
    ]


def test_links_are_complete_and_those_nobody_should_click_are_left_out(page: Pages) -> None:
    links = [one.link for one in findings(_read(page))]
    assert links == ["https://gov.example.org/r/1", "https://gov.example.org/r/2", ""]


def test_columns_that_moved_break_the_source_and_yield_nothing(page: Pages) -> None:
    turned = TABLE.replace("<th>Body</th><th>Status</th>", "<th>Status</th><th>Body</th>")
    results = _read(page, turned)
    assert problems(results) == [("columns_moved", "fatal")]
    assert len(results) == 1


def test_a_column_that_is_gone_is_fatal_even_where_no_headers_were_expected(page: Pages) -> None:
    gone = TABLE.replace("<th>Status</th>", "<th>State</th>")
    assert problems(_read(page, gone, expect_headers=[])) == [("column_missing", "fatal")]


def test_an_unknown_status_word_is_one_question_and_no_finding(page: Pages) -> None:
    results = _read(page, TABLE.replace("<td>Replied", "<td>Handled"))
    assert problems(results) == [("unknown_status", "question")]
    assert [one.title for one in findings(results)] == ["Buses", "Parks"]
    assert seen(results) == 2


def test_an_empty_status_is_an_unknown_one_and_never_pending(page: Pages) -> None:
    results = _read(page, TABLE.replace("<td>Awaiting", "<td>"))
    assert problems(results) == [("unknown_status", "question")]


def test_a_date_in_numbers_needs_the_sources_order(page: Pages) -> None:
    without = {name: value for name, value in OPTIONS.items() if name != "date_order"}
    source = replace(_source(), options=without)
    results = list(listing.read(page(TABLE, ADDRESS), source))
    assert problems(results) == [("unreadable_date", "question")] * 2
    assert [days(one)["published_on"] for one in findings(results)] == ["None", "None", "2024-05-05"]


def test_the_next_page_is_followed_on_the_same_host_only(page: Pages) -> None:
    assert follows(_read(page)) == ["https://gov.example.org/replies?year=2024&page=2"]
    elsewhere = _read(page, TABLE.replace('href="?year', 'href="https://elsewhere.example.org/?year'))
    assert (follows(elsewhere), problems(elsewhere)) == ([], [("next_elsewhere", "question")])


def test_a_list_without_an_end_is_left_with_a_question(page: Pages) -> None:
    far = replace(page(TABLE, ADDRESS), state={"page": "further", "number": MOST_FURTHER - 1})
    results = list(listing.read(far, _source()))
    assert (follows(results), problems(results)) == ([], [("list_goes_on", "question")])


def test_a_list_without_a_table_is_read_by_selectors(page: Pages) -> None:
    html = (
        '<ul><li data-id="R-7"><a href="/r/7">Trams</a><time datetime="2024-02-01T23:30:00Z">x</time></li>'
        '<li data-id="R-8"><a href="/r/8">Trams</a></li></ul>'
    )
    fields = {"title": "a", "link": "a@href", "ref": "@data-id", "published_on": "time@datetime"}
    source = Source(
        "r", "listing", ADDRESS, {"rows": "ul li", "fields": fields, "key": "ref", "zone": "Europe/Paris"}
    )
    first, second = findings(listing.read(page(html, ADDRESS), source))
    assert (first.key, days(first), first.kind) == ("R-7", {"published_on": "2024-02-02"}, "update")
    assert (second.key, second.extra["ref"]) == ("R-8", "R-8")


def test_two_different_rows_of_one_key_are_both_kept_and_asked_about(page: Pages) -> None:
    html = TABLE.replace('href="/r/2"', 'href="/r/1"')
    results = _read(page, html)
    assert problems(results) == [("shared_key", "question")]
    assert len({one.key for one in findings(results)}) == 3
    turned = [one.key for one in findings(_read(page, html.replace("Clean <b>air</b>", "Clean air")))]
    assert turned == [one.key for one in findings(results)]


def test_a_row_seen_again_on_the_page_is_the_same_finding(page: Pages) -> None:
    twice = TABLE.replace(
        "</table>", "<tr><td>3/4/2024</td><td>Air</td><td>A</td><td>Replied</td></tr>" * 2 + "</table>"
    )
    assert [one.title for one in findings(_read(page, twice))] == ["Clean air", "Buses", "Parks", "Air"]


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("", "empty_page"),
        ("<html><title>Log in</title><form>Password</form></html>", "login_page"),
        ("<html><body><p>We will be back soon</p></body></html>", "maintenance_page"),
        ("<html><body><p>Nothing to see</p></body></html>", "no_rows"),
    ],
)
def test_a_page_that_is_not_the_list_is_fatal(page: Pages, html: str, code: str) -> None:
    assert problems(_read(page, html)) == [(code, "fatal")]


def test_a_page_says_its_own_encoding(page: Pages) -> None:
    html = '<meta charset="iso-8859-1">' + TABLE.replace("Buses", "Straßenbahn")
    assert "Straßenbahn" in [one.title for one in findings(_read(page, html.encode("iso-8859-1")))]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "Option fields is missing"),
        ({"fields": {}}, "not a table of names"),
        ({"fields": {"title": "td["}}, "no CSS selector"),
        ({"fields": {"title": "td"}, "kind": "answer"}, "may be new_item, response, update"),
        ({"fields": {"title": "td"}, "statuses": {"Done": "done"}}, "gives 'Done' the meaning 'done'"),
        ({"fields": {"title": "td"}, "zone": "Europe/Nowhere"}, "no time zone"),
        ({"fields": {"title": "td"}, "date_order": "month"}, "dmy, mdy, ymd"),
        ({"fields": {"title": "td"}, "trigger": "birth"}, "published"),
        ({"fields": {"title": "td"}, "expect_headers": "Date"}, "no list of names"),
    ],
)
def test_wrong_options_are_named(options: dict[str, Any], said: str) -> None:
    assert said in " ".join(listing.complaints(options))


def test_wrong_options_that_slipped_in_break_the_source_and_not_the_reader(page: Pages) -> None:
    for options in ({}, {"fields": {"title": "td["}}, {"fields": {"title": "td"}, "rows": ":::"}):
        (result,) = listing.read(page(TABLE, ADDRESS), Source("x", "listing", ADDRESS, options))
        assert problems([result]) == [("bad_option", "fatal")]


def test_a_further_page_that_repeats_an_earlier_one_is_asked_about_and_not_followed(page: Pages) -> None:
    source = _source()
    first = page(TABLE, ADDRESS)
    (further,) = [one for one in listing.read(first, source) if isinstance(one, Follow)]
    again = list(listing.read(replace(first, address=further.address, state=further.state), source))
    assert problems(again) == [("page_repeats", "question")] and len(again) == 1
    assert "Page 2 of the list repeats" in str(again[0])


def test_a_further_page_with_other_rows_is_read_and_followed(page: Pages) -> None:
    source = _source()
    (further,) = [one for one in listing.read(page(TABLE, ADDRESS), source) if isinstance(one, Follow)]
    other = TABLE.replace("Buses", "Trams").replace("page=2", "page=3")
    results = list(listing.read(replace(page(other, further.address), state=further.state), source))
    assert problems(results) == [] and len(findings(results)) == 3 and len(follows(results)) == 1


def test_rows_that_are_left_are_seen_by_their_keys(page: Pages) -> None:
    results = list(listing.read(page(TABLE, ADDRESS), _source(key="title")))
    assert [one.keys for one in results if isinstance(one, Seen)] == [("Not yet",)]


def test_rows_with_a_word_nobody_explained_are_not_seen(page: Pages) -> None:
    strange = TABLE.replace("Draft", "Parked")
    results = list(listing.read(page(strange, ADDRESS), _source(key="title")))
    assert [one.keys for one in results if isinstance(one, Seen)] == [()]


def test_another_row_of_an_unknown_word_is_another_question_wherever_they_stand(page: Pages) -> None:
    def asked(*handled: int, upside_down: bool = False) -> set[str]:
        numbers = range(8, 0, -1) if upside_down else range(1, 9)
        rows = "".join(
            f"<tr><td>Lock {one}<td>{'Handled' if one in handled else 'Awaiting'}</tr>" for one in numbers
        )
        options = {
            "fields": {"title": "column:1", "status": "column:2"},
            "statuses": {"Awaiting": "ignore"},
        }
        found = listing.read(page(f"<table>{rows}</table>", ADDRESS), replace(_source(), options=options))
        return {one.sentence for one in found if isinstance(one, Problem)}

    assert len(asked(2)) == len(asked(2, 5)) == 1 and asked(2) != asked(2, 5) != asked(2, 7)
    assert asked(2, 5) == asked(2, 5, upside_down=True)
    assert any("and 1 more" in one for one in asked(1, 2, 3, 4, 5, 6))
