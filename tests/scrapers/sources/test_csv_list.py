"""A list published as a file of values: columns by name, nothing guessed, nothing shifted into place."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from scrapers.model import Finding, Page, Problem, Result, Source, page_of
from scrapers.options import complaints
from scrapers.sources.csv_list import read
from tests.scrapers.sources.reading import seen
from tests.shared import shared

ADDRESS = "https://register.example.org/list.csv"
FIELDS = {"title": "Title", "link": "Reply"}


def _read(body: str | bytes, **options: Any) -> list[Result]:
    raw = body.encode() if isinstance(body, str) else body
    source = Source("s", "csv_list", ADDRESS, {"fields": FIELDS, **options})
    return list(read(_page(raw), source))


def _page(raw: bytes) -> Page:
    return page_of(raw, address=ADDRESS, fetched_at=datetime(2026, 5, 4, 12, tzinfo=UTC))


def _findings(results: list[Result]) -> list[Finding]:
    return [one for one in results if isinstance(one, Finding)]


def _problems(results: list[Result]) -> Mapping[str, Problem]:
    return {one.code: one for one in results if isinstance(one, Problem)}


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_first_line_tells_what_stands_between_two_values(sign: str, end: str) -> None:
    lines = [sign.join(cells) for cells in (("Title", "Reply"), ("One", "https://a.example/1"), ("Two", ""))]
    found = _findings(_read(end.join(lines)))
    assert [(one.title, one.link) for one in found] == [("One", "https://a.example/1"), ("Two", "")]
    assert [one.locator for one in found] == ["line 2", "line 3"]


def test_columns_may_be_named_by_number_and_a_name_that_stands_twice_has_to_be() -> None:
    body = "Title,Title\nOne,Two\n"
    by_number = {"title": "2"}
    assert [one.title for one in _findings(_read(body, fields=by_number))] == ["Two"]
    assert _problems(_read(body, fields={"title": "Title"}))["column_doubled"].weight == "fatal"
    assert _problems(_read(body, fields={"title": "3"}))["column_missing"].weight == "fatal"


def test_columns_that_moved_are_a_broken_file_where_their_order_is_expected() -> None:
    moved = _read("Reply,Title\n,One\n", expect_headers=["Title", "Reply"])
    assert _problems(moved)["columns_moved"].weight == "fatal" and not _findings(moved)


def test_a_line_of_another_length_is_left_out_and_said() -> None:
    results = _read("Title,Reply\nOne,\nTwo\nThree,a,b\nFour,,,\n")
    assert [one.title for one in _findings(results)] == ["One", "Four"]
    assert "2 lines do not have the 2 values" in _problems(results)["uneven_lines"].sentence
    assert _problems(results)["uneven_lines"].locator == "line 3"


def test_a_quote_that_does_not_end_says_from_which_line_on() -> None:
    assert "from line 3 on" in _problems(_read('Title,Reply\n"One,\nTwo,\n'))["bad_csv"].sentence


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"PK\x03\x04rest", "not_recognised"),
        (b"%PDF-1.7", "not_recognised"),
        (b"", "empty_page"),
        (b"<!doctype html><html><title>Down for maintenance</title></html>", "maintenance_page"),
        (b",,\n,,\n", "no_rows"),
    ],
)
def test_what_is_no_file_of_values_is_a_broken_source(body: bytes, code: str) -> None:
    assert _problems(_read(body))[code].weight == "fatal"


def test_a_row_without_what_it_needs_is_counted_and_left() -> None:
    results = _read("Title,Reply\nOne,https://a.example/1\nTwo,\n", kind="response", needs="link")
    assert [(one.kind, one.title) for one in _findings(results)] == [("response", "One")]
    assert seen(results) == 1


def test_wrong_options_are_said_with_what_may_be_said_instead() -> None:
    said = complaints("csv_list", {"fields": {"title": "Title"}, "delimiter": "colon", "needs": ["reply"]})
    assert said == [
        "Option needs names 'reply', which is no field; there are: title.",
        "Option delimiter is 'colon'; it may be comma, semicolon, tab, pipe.",
    ]


@pytest.mark.parametrize(
    "path", sorted(shared("data", "badinputs", "csv").glob("*")), ids=lambda path: str(path.name)
)
def test_a_hostile_file_gets_findings_of_plain_text_or_a_sentence(path: Any) -> None:
    for result in _read(path.read_bytes(), fields={"title": "1", "link": "2"}):
        if isinstance(result, Finding):
            assert not result.link or result.link.startswith(("http://", "https://"))
            assert result.title.isprintable()
        elif isinstance(result, Problem):
            assert result.sentence.endswith(".")
