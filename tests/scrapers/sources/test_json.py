"""The reader of JSON APIs, told by paths where things stand."""

import json as notation
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scrapers.model import Finding, Follow, Page, Problem, Result, Source
from scrapers.sources import json
from tests.scrapers.sources.reading import days, findings, follows, problems, seen
from tests.shared import shared

ADDRESS = "https://api.example.org/v4/documents?size=25"
REGULATIONS = {
    "rows": "data[*]",
    "fields": {
        "title": "attributes.title",
        "body_name": "attributes.agencyId",
        "status": "attributes.documentType",
        "published_on": "attributes.postedDate",
        "link": "https://www.regulations.example.org/document/{id}",
    },
    "key": "id",
    "zone": "America/New_York",
    "statuses": {"Notice": "new_item", "Other": "ignore", "Supporting & Related Material": "ignore"},
    "page_parameter": "page[number]",
    "pages": "meta.totalPages",
}
SIMPLE = {"fields": {"title": "t"}, "key": "id"}
Pages = Callable[..., Page]


def _read(page: Pages, data: Any, options: dict[str, Any], address: str = ADDRESS) -> list[Result]:
    text = data if isinstance(data, str | bytes) else notation.dumps(data)
    return list(json.read(page(text, address), Source("api", "json", address, options)))


def test_an_instant_is_the_day_it_was_where_the_source_is(page: Pages) -> None:
    recorded = shared("data", "samples", "us-regulations-gov", "v4_documents.json").read_bytes()
    results = _read(page, recorded, REGULATIONS)
    first = findings(results)[0]
    assert (first.key, days(first)) == ("FS_FRDOC_0001-4066", {"published_on": "2025-01-16"})
    assert first.dates["published_on"].as_written == "2025-01-16T05:00:00Z"
    assert first.link == "https://www.regulations.example.org/document/FS_FRDOC_0001-4066"
    assert follows(results) == ["https://api.example.org/v4/documents?size=25&page%5Bnumber%5D=2"]
    assert len(findings(results)) + seen(results) == 25
    late = recorded.replace(b"2025-01-16T05:00:00Z", b"2025-01-16T04:59:59Z")
    assert days(findings(_read(page, late, REGULATIONS))[0]) == {"published_on": "2025-01-15"}


def test_the_last_page_leads_nowhere(page: Pages) -> None:
    data = {
        "data": [{"id": "1", "attributes": {"title": "T", "documentType": "Notice"}}],
        "meta": {"totalPages": 3},
    }
    text = notation.dumps(data)
    source = Source("api", "json", ADDRESS, REGULATIONS)
    at = {
        number: replace(page(text, ADDRESS), state={"page": "further", "number": number}) for number in (1, 2)
    }
    assert follows(json.read(at[1], source)) == [f"{ADDRESS}&page%5Bnumber%5D=3"]
    assert follows(json.read(at[2], source)) == []


@pytest.mark.parametrize(
    ("options", "data", "expected"),
    [
        ({"next": "links.next"}, {"links": {"next": "/v4/documents?page=2"}}, "https://api.example.org/v4/documents?page=2"),
        ({"next": "links.next"}, {"links": {"next": None}}, None),
        ({"cursor": "meta.next", "cursor_parameter": "after"}, {"meta": {"next": "a b&c"}}, f"{ADDRESS}&after=a+b%26c"),
        ({"cursor": "meta.next", "cursor_parameter": "after"}, {"meta": {}}, None),
        ({"offset_parameter": "skip", "total": "n"}, {"n": 5}, f"{ADDRESS}&skip=2"),
        ({"offset_parameter": "skip", "total": "n"}, {"n": 2}, None),
        ({"page_parameter": "page"}, {}, f"{ADDRESS}&page=2"),
        ({"page_parameter": "page", "first_page": 0}, {}, f"{ADDRESS}&page=1"),
        ({"page_parameter": "page", "pages": "n"}, {"n": 1}, None),
    ],
)  # fmt: skip
def test_further_pages_come_by_link_cursor_offset_or_number(
    page: Pages, options: dict[str, Any], data: dict[str, Any], expected: str | None
) -> None:
    rows = {"rows": "r[*]", "fields": {"title": "t"}, "key": "id"}
    results = _read(page, {**data, "r": [{"id": 1, "t": "A"}, {"id": 2, "t": "B"}]}, {**rows, **options})
    assert follows(results) == ([expected] if expected else [])


def test_skipped_records_add_up_over_the_pages(page: Pages) -> None:
    options = {**SIMPLE, "rows": "r[*]", "offset_parameter": "skip"}
    source = Source("api", "json", ADDRESS, options)
    text = notation.dumps({"r": [{"id": 1, "t": "A"}, {"id": 2, "t": "B"}]})
    (first,) = [one for one in json.read(page(text, ADDRESS), source) if isinstance(one, Follow)]
    more = notation.dumps({"r": [{"id": 3, "t": "C"}, {"id": 4, "t": "D"}]})
    (second,) = follows(json.read(replace(page(more, first.address), state=first.state), source))
    assert second == f"{ADDRESS}&skip=4"
    assert follows(json.read(replace(page('{"r": []}', second), state=first.state), source)) == []


def _second(page: Pages, text: str) -> list[str]:
    """What is asked, and how gravely, of a second page; its findings by key."""
    source = Source("api", "json", ADDRESS, {**SIMPLE, "rows": "r[*]", "key": "id", "page_parameter": "page"})
    whole = notation.dumps({"r": [{"id": 1, "t": "A"}, {"id": 2, "t": "B"}]})
    (first,) = [one for one in json.read(page(whole, ADDRESS), source) if isinstance(one, Follow)]
    results = list(json.read(replace(page(text, first.address), state=first.state), source))
    problems = [f"{one.code} {one.weight}" for one in results if isinstance(one, Problem)]
    return problems + [one.key for one in results if isinstance(one, Finding)]


def test_a_second_page_that_is_an_error_makes_the_list_incomplete(page: Pages) -> None:
    assert _second(page, '{"error": "down"}') == ["further_page_lost fatal"]
    assert _second(page, '{"r": []}') == []


def test_a_second_page_that_repeats_the_first_is_asked_about_and_not_followed(page: Pages) -> None:
    whole = notation.dumps({"r": [{"id": 1, "t": "A"}, {"id": 2, "t": "B"}]})
    assert _second(page, whole) == ["page_repeats question"]


def test_fields_may_come_from_lists_alternatives_templates_and_the_top(page: Pages) -> None:
    record = {
        "id": 7,
        "names": [{"n": "A"}, {"n": "B"}],
        "short": None,
        "long": "Text <b>bold</b>",
        "odd name": True,
    }
    fields = {
        "title": "$.about.title",
        "summary": "short | long",
        "body_name": "names[*].n",
        "flag": '"odd name"',
        "note": "No. {id} of {names[0].n}",
        "link": "https://e.example.org/{long}",
    }
    (one,) = findings(
        _read(page, {"about": {"title": "All"}, "r": [record]}, {"rows": "r[*]", "fields": fields})
    )
    assert (one.title, one.summary, one.body_name) == ("All", "Text bold", "A; B")
    assert one.extra == {"flag": "true", "note": "No. 7 of A"}
    assert one.link == "https://e.example.org/Text%20%3Cb%3Ebold%3C%2Fb%3E"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_page"),
        ("{", "broken_json"),
        ('[{"a": NaN}]', "broken_json"),
        ('[{"a": 1e999}]', "broken_json"),
        ('[{"a": ' + "9" * 5000 + "}]", "broken_json"),
        ('[{"a": 1, "a": 2}]', "doubled_name"),
        ("[" * 100 + "]" * 100, "too_deep"),
        ("[" * 100_000, "broken_json"),
        ("<html><title>Sign in</title></html>", "login_page"),
    ],
)
def test_what_is_no_strict_json_is_fatal(page: Pages, text: str, code: str) -> None:
    assert problems(_read(page, text, SIMPLE)) == [(code, "fatal")]


def test_data_without_records_is_a_question_on_the_first_page_only(page: Pages) -> None:
    assert problems(_read(page, {"error": "quota"}, {**SIMPLE, "rows": "r[*]"})) == [("no_rows", "question")]


@pytest.mark.parametrize("path", ["a..b", "a[", "a[*", "", "a | ", "[x]", ".a."])
def test_a_path_that_is_none_is_named(path: str) -> None:
    assert "path" in " ".join(json.complaints({"fields": {"title": path or " "}, "rows": "r[*]"}))


def test_a_cursor_needs_the_name_of_its_parameter() -> None:
    assert "cursor_parameter" in " ".join(json.complaints({**SIMPLE, "cursor": "next"}))


def test_rows_that_name_a_list_and_not_its_entries_are_told_how_to_write_it(page: Pages) -> None:
    [problem] = _read(page, {"items": [{"t": "a"}, {"t": "b"}]}, SIMPLE | {"rows": "items"})
    assert isinstance(problem, Problem) and "write 'items[*]'" in problem.sentence
