"""The reader of any page: what changed since it was last read well."""

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scrapers.model import Finding, Page, Result, Source
from scrapers.passages import LONGEST_DIFFERENCE, difference
from scrapers.sources import page as page_reader
from tests.scrapers.sources.reading import findings, problems, seen
from tests.shared import shared

ADDRESS = "https://city.example.org/oversight"
HTML = """<html><head><title>Oversight panel</title></head><body><nav>Home Jobs</nav>
<main><h1>Recommendations of the panel</h1><p>The panel made four recommendations.</p>
<div class="clock">Read at 09:14</div><h2>Response</h2><p>The council has not replied yet.</p>
<ul><li>One</li><li>Two</li></ul></main><footer>© 2024</footer></body></html>"""
Pages = Callable[..., Page]


def _read(page: Pages, after: str | bytes, before: str | bytes | None = None, **options: Any) -> list[Result]:
    one = page(after, ADDRESS, "text/html; charset=utf-8")
    if before is not None:
        body = before.encode() if isinstance(before, str) else before
        kept = {"body": base64.b64encode(body).decode("ascii"), "content_type": "text/html; charset=utf-8"}
        one = replace(one, state={"before": kept})
    return list(page_reader.read(one, Source("panel", "page", ADDRESS, options)))


def _change(results: list[Result]) -> Finding:
    (finding,) = findings(results)
    return finding


def test_the_first_reading_finds_nothing_and_counts_what_it_saw(page: Pages) -> None:
    results = _read(page, HTML)
    assert (findings(results), problems(results), seen(results)) == ([], [], 7)


def test_a_page_that_says_the_same_in_other_markup_has_not_changed(page: Pages) -> None:
    again = HTML.replace("<p>The panel", '<p class="x">\n  The   panel').replace("© 2024", "© 2025")
    assert findings(_read(page, again.replace("Home Jobs", "Home"), HTML)) == []


def test_a_change_is_an_update_with_a_readable_difference(page: Pages) -> None:
    after = HTML.replace("The council has not replied yet.", "The council replied on 4 May 2024.")
    change = _change(_read(page, after, HTML, body_name="City council"))
    assert (change.kind, change.title, change.body_name) == (
        "update",
        "Recommendations of the panel",
        "City council",
    )
    assert change.summary.splitlines() == [
        "  Response",
        "− The council has not replied yet.",
        "+ The council replied on 4 May 2024.",
    ]
    assert change.extra == {"new": 1, "gone": 1}


def test_the_same_change_is_the_same_finding_and_another_is_another(page: Pages) -> None:
    first, second = HTML.replace("Two", "Three"), HTML.replace("Two", "Four")
    key = _change(_read(page, first, HTML)).key
    assert _change(_read(page, first, HTML)).key == key
    assert _change(_read(page, second, first)).key != key


def test_what_was_said_to_mean_nothing_is_left_out(page: Pages) -> None:
    later = HTML.replace("09:14", "11:02")
    assert findings(_read(page, later, HTML)) != []
    assert findings(_read(page, later, HTML, ignore=".clock")) == []
    assert findings(_read(page, later, HTML, ignore_text=["read at"])) == []


def test_only_the_selected_parts_count_and_each_once(page: Pages) -> None:
    after = HTML.replace("four recommendations", "five recommendations").replace("Two", "Three")
    change = _change(_read(page, after, HTML, select="ul, li"))
    assert change.summary.splitlines() == ["  One", "− Two", "+ Three"]


def test_markup_in_a_changed_page_stays_text(page: Pages) -> None:
    after = HTML.replace("One", "&lt;script&gt;alert(1)&lt;/script&gt;<img src=x onerror=alert(1)>\u202e\x07")
    assert "+ <script>alert(1)</script>" in _change(_read(page, after, HTML)).summary
    assert not set("\u202e\x07") & set(_change(_read(page, after, HTML)).summary)


@pytest.mark.parametrize(
    ("body", "options", "code"),
    [
        ("", {}, "empty_page"),
        ("<html><title>503 Service Unavailable</title></html>", {}, "error_page"),
        (HTML, {"select": ".reply"}, "no_text"),
        (HTML, {"select": "::::"}, "bad_option"),
        (b"%PDF-1.7 x", {}, "not_html"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", {}, "not_html"),
        ("<html><body><script>1</script></body></html>", {}, "no_text"),
    ],
)
def test_what_is_not_the_page_is_fatal_and_no_change(
    page: Pages, body: str | bytes, options: dict[str, Any], code: str
) -> None:
    assert problems(_read(page, body, HTML, **options)) == [(code, "fatal")]


def test_after_an_error_page_nothing_is_a_change(page: Pages) -> None:
    assert findings(_read(page, HTML, "<html><title>502 Bad gateway</title></html>")) == []


def test_a_difference_is_bounded_however_much_changed() -> None:
    before = [f"old {number} {'x' * 90}" for number in range(5000)]
    after = [f"new {number} {'y' * 90}" for number in range(5000)]
    found = difference(before, after)
    assert found is not None
    assert (len(found.gone), len(found.new)) == (5000, 5000)
    assert len(found.text) <= LONGEST_DIFFERENCE + 2


def test_changes_that_stand_apart_show_what_they_follow() -> None:
    found = difference(["a", "b", "c", "d", "e"], ["a", "B", "c", "d", "e", "f"])
    assert found is not None
    assert found.text.splitlines() == ["  a", "− b", "+ B", "  e", "+ f"]


@pytest.mark.parametrize("name", ["first_page.html", "last_page.html"])
def test_a_real_page_compared_with_itself_has_not_changed(page: Pages, name: str) -> None:
    body = shared("data", "samples", "eci", "listings", name).read_bytes()
    results = _read(page, body, body)
    assert findings(results) == []
    assert seen(results) > 5
