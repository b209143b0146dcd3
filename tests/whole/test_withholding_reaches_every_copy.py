"""What is withheld is in no page, list, search, feed, calendar, table, answer of the API, export, or copy of the log."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.whole.marked_site import BENEATH, MARKS, Place, marked


@pytest.fixture
def place(database_url: str) -> Iterator[Place]:
    with marked(database_url) as made:
        yield made


@pytest.mark.parametrize("kind", MARKS)
def test_a_withheld_thing_is_in_no_output(place: Place, kind: str, tmp_path: Path) -> None:
    before = {one: len(place.holding(one, tmp_path / f"before-{one}")) for one in BENEATH[kind]}
    assert all(many > 3 for many in before.values()), before
    place.withhold(kind)
    after = {one: place.holding(one, tmp_path / f"after-{one}") for one in BENEATH[kind]}
    assert after == {one: [] for one in BENEATH[kind]}


def test_the_log_keeps_the_hash_of_what_it_said_of_a_withheld_item(place: Place) -> None:
    def entries() -> list[tuple[int, str, str]]:
        page = place.site.json("/log/entries")
        return [(one["seq"], one["hash"], one.get("text", "")) for one in page["data"]]

    before = entries()
    place.withhold("item")
    after = entries()
    assert [one[:2] for one in before] == [one[:2] for one in after]
    assert all(text for *_rest, text in before)
    shown = [json.loads(text) for *_rest, text in after if text]
    assert 0 < len(shown) < len(before)
    assert {one.get("detail", {}).get("what") for one in shown} == {
        "entered_process",
        "entered_document",
        "entered_body",
    }
