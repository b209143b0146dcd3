"""Whatever becomes of a page on its way, a reader answers with findings and problems, never with an exception."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers.model import Finding, Follow, Page, Result, Source, page_of, result_from_dict
from scrapers.sources import reader_for
from tests.scrapers.conftest import NOW
from tests.shared import shared

SAMPLES: dict[str, tuple[str, dict[str, Any]]] = {
    "govuk": ("govuk/*.json", {}),
    "uk_petitions": ("uk-petitions/*.json", {}),
    "uk_committees": ("uk-parliament/committee*.json", {"letters": True}),
    "uk_written_questions": ("uk-parliament/*question*.json", {}),
    "federal_register": ("us-federal-register/*.json", {}),
    "regulations_gov": ("us-regulations-gov/*.json", {}),
    "json": (
        "us-regulations-gov/v4_documents.json",
        {
            "rows": "data[*]",
            "fields": {"title": "attributes.title", "link": "https://x.example.org/{id}", "posted_on": "attributes.postedDate"},
            "page_parameter": "page",
            "pages": "meta.totalPages",
            "zone": "America/New_York",
        },
    ),
    "listing": (
        "eci/listings/*.html",
        {"rows": "li, tr", "fields": {"title": "a", "link": "a@href", "posted_on": "time"}, "next": "a[rel=next]"},
    ),
    "page": ("eci/**/*.html", {}),
}  # fmt: skip
STRANGE: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**30, 1.5, "", " ", "\x00\u202e\ud800", "<script>alert(1)</script>", "javascript:alert(1)",
    "2024-02-30", "9999-99-99T99:99:99Z", "0000-00-00", "9" * 400, "https://" + "a" * 3000, "//[", "http://[::1", [], {},
    [[]], [None], [{}], {"id": {}}, {"": ""},
)  # fmt: skip
TIMES = 60


def _pages(pattern: str) -> list[Path]:
    return sorted(shared("data", "samples").glob(pattern))


def _read(reader: str, body: bytes, options: dict[str, Any]) -> list[Result]:
    address = "https://source.example.org/list?page=1"
    page: Page = page_of(body, address=address, fetched_at=NOW)
    return list(reader_for(reader).read(page, Source(reader, reader, address, options)))


def _is_sound(result: Result) -> bool:
    """What crosses to the parent is plain JSON, safe to click, bounded and without signs no database takes."""
    plain = json.loads(json.dumps(result.to_dict()))
    if isinstance(result, Finding):
        texts = [result.title, result.summary, result.body_name, result.status, result.key]
        assert result.link == "" or result.link.startswith(("http://", "https://"))
        assert result.key
        assert all(name.endswith("_on") for name in result.dates)
        assert max(map(len, texts)) <= 40_000
        assert not set("".join(texts)) & set("\x00\u202e\ud800")
    if isinstance(result, Follow):
        assert result.address.startswith("https://")
    return result_from_dict(plain) == result


def _spoilt(data: Any, luck: random.Random) -> Any:
    """The same data with something strange in one place."""
    places = list(_places(data))
    if not places:
        return luck.choice(STRANGE)
    holder, at = luck.choice(places)
    if luck.random() < 0.2 and isinstance(holder, dict):
        del holder[at]
    else:
        holder[at] = luck.choice(STRANGE)
    return data


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for at, value in inside:
        yield data, at
        yield from _places(value)


@pytest.mark.parametrize(
    "reader", [name for name, (pattern, _) in SAMPLES.items() if pattern.endswith("json")]
)
def test_data_that_is_wrong_in_one_place_is_never_an_exception(reader: str) -> None:
    pattern, options = SAMPLES[reader]
    luck = random.Random(reader)
    texts = [path.read_text("utf-8") for path in _pages(pattern) if path.stat().st_size < 50_000]
    for _ in range(TIMES):
        data = json.loads(luck.choice(texts))
        for _ in range(luck.randint(1, 6)):
            data = _spoilt(data, luck)
        assert all(map(_is_sound, _read(reader, json.dumps(data).encode(), options)))


@pytest.mark.parametrize("reader", SAMPLES)
def test_bytes_that_were_lost_or_turned_are_never_an_exception(reader: str) -> None:
    pattern, options = SAMPLES[reader]
    luck = random.Random(f"bytes of {reader}")
    bodies = [path.read_bytes()[:60_000] for path in _pages(pattern)]
    for _ in range(TIMES // 2):
        body = bytearray(luck.choice(bodies))
        for _ in range(luck.randint(1, 30)):
            body[luck.randrange(len(body))] = luck.randrange(256)
        if luck.random() < 0.3:
            del body[luck.randrange(len(body)) :]
        assert all(map(_is_sound, _read(reader, bytes(body), options)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "reader", [name for name, (pattern, _) in SAMPLES.items() if pattern.endswith("json")]
)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(data=JSON)
def test_any_json_at_all_gets_an_answer(reader: str, data: Any) -> None:
    assert all(map(_is_sound, _read(reader, json.dumps(data).encode(), SAMPLES[reader][1])))


@pytest.mark.parametrize(
    "html",
    [
        "<table>" + "<tr><td rowspan=65000 colspan=1000>x</td></tr>" * 500 + "</table>",
        "<table><tr>" + "<td>x" * 5000 + "</table>",
        "<div>" * 5_000 + "x",
        "<table>" * 1000 + "<tr><td>x",
        "<p>" + "x " * 400_000,
    ],
)  # fmt: skip
def test_monstrous_pages_are_read_within_bounds(html: str, page: Callable[..., Page]) -> None:
    table = Source(
        "x", "listing", "https://e.example.org", {"fields": {"title": "td:nth-child(1)", "b": "column:99"}}
    )
    for reader, source in (("listing", table), ("page", Source("x", "page", "https://e.example.org"))):
        assert all(map(_is_sound, reader_for(reader).read(page(html), source)))
