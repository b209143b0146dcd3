"""What is withheld is in no page, list, search, feed, calendar, table, answer of the API, export, or copy of the log."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.entered import GROUP
from tests.whole.marked_site import BENEATH, MARKS, Place, marked
from tracker.services.sequence import sequence
from tracker.services.withhold import find_one, let_out, withhold


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


@pytest.mark.parametrize("link_only", [False, True])
def test_the_log_does_not_name_the_address_of_what_is_out_of_sight(place: Place, link_only: bool) -> None:
    why = "of no concern to the public"
    with place.site.database.writing() as session:
        thing = find_one(session, place.keys["item"], "item")
        withhold(session, place.site.now, thing, "by mistake", actor=GROUP)
        let_out(session, place.site.now, thing, "it was a mistake", actor=GROUP)
        withhold(session, place.site.now, thing, why, link_only=link_only, actor=GROUP)
        while sequence(session, place.site.now):
            pass
    for address in (
        "/api/v1/events?per_page=100",
        "/api/v1/corrections",
        "/events",
        "/events.csv",
        "/log/entries",
    ):
        said = place.site.get(address).data
        assert b"of no concern" in said or address == "/events.csv", address
        assert place.keys["item"].encode() not in said, address


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
