"""What happened to a body is seen before it is kept; old addresses lead on, pages of days before do not."""

import re

from tests.services.entered import item
from tests.web.editing.conftest import Person
from tracker.storage.engine import Database

WHY = {"reason": "The order of 1 May", "works_from_on": "1 May 2026"}


def enter(database: Database) -> None:
    with database.writing() as session:
        item(session)


def test_a_merger_is_seen_first_then_kept_and_its_addresses_lead_on(
    editor: Person, stranger: Person, database: Database
) -> None:
    enter(database)
    address = "/edit/bodies/ministry-of-water/changes/merge"
    editor.get(address)
    assert editor.post(address, into="ministry-of-rivers", **WHY).status_code == 200
    assert "/bodies/ministry-of-water leads to /bodies/ministry-of-rivers" in editor.page
    assert "One duty is owed by another body" in editor.page
    assert stranger.get("/bodies/ministry-of-water").status_code == 200
    assert editor.post(address, into="ministry-of-rivers", keep="1", **WHY).status_code == 303
    for form in ("", ".ics", ".atom", ".json", ".csv"):
        answer = stranger.get(f"/bodies/ministry-of-water{form}?standing=overdue")
        assert answer.status_code == 301
        assert answer.location == f"/bodies/ministry-of-rivers{form}?standing=overdue"
    assert stranger.get("/api/v1/bodies/ministry-of-water").location == "/api/v1/bodies/ministry-of-rivers"
    assert stranger.get("/bodies/ministry-of-water?as_of=2026-04-30&hindsight=1").status_code == 200
    stranger.get("/bodies/ministry-of-rivers")
    assert (
        re.search(r"since <time[^>]*>1 May 2026</time> <a", stranger.page)
        and "Ministry of Water" in stranger.page
    )


def test_a_new_name_shows_the_old_one_as_former_and_undoing_takes_it_away(
    editor: Person, stranger: Person, database: Database
) -> None:
    enter(database)
    address = "/edit/bodies/ministry-of-water/changes/rename"
    editor.get(address)
    assert editor.post(address, name="Water Department", keep="1", **WHY).status_code == 303
    stranger.get("/bodies/ministry-of-water")
    assert "Formerly Ministry of Water" in stranger.page
    editor.get("/edit/bodies/ministry-of-water/changes")
    assert "Called Water Department, before that Ministry of Water" in editor.page
    editor.get("/edit/bodies/changes/1/undo")
    assert editor.post("/edit/bodies/changes/1/undo", reason="").status_code == 422
    assert editor.post("/edit/bodies/changes/1/undo", reason="Too early").status_code == 303
    stranger.get("/bodies/ministry-of-water")
    assert "Formerly" not in stranger.page
    assert editor.get("/edit/bodies/changes/99/undo").status_code == 404


def test_another_key_and_a_division_by_the_pages(
    editor: Person, stranger: Person, database: Database
) -> None:
    enter(database)
    editor.get("/edit/bodies/ministry-of-water/changes/key")
    assert editor.post("/edit/bodies/ministry-of-water/changes/key", key="Water!", **WHY).status_code == 422
    assert (
        editor.post("/edit/bodies/ministry-of-water/changes/key", key="water", keep="1", **WHY).status_code
        == 303
    )
    assert stranger.get("/bodies/ministry-of-water").location == "/bodies/water"
    editor.get("/edit/bodies/water/changes/split")
    assert "Publish the river data" in editor.page
    split = {"duty": "1", "to__1": "ministry-of-rivers"}
    assert editor.post("/edit/bodies/water/changes/split", **split, **WHY).status_code == 200
    assert "One duty is owed by another body" in editor.page
    assert editor.post("/edit/bodies/water/changes/split", keep="1", **split, **WHY).status_code == 303
    stranger.get("/bodies/ministry-of-rivers")
    assert "it owes some of what was owed by" in stranger.page
    for kind in ("merge", "part-of", "same", "members"):
        assert editor.get(f"/edit/bodies/water/changes/{kind}").status_code == 200
        assert editor.post(f"/edit/bodies/water/changes/{kind}", **{**WHY, "reason": ""}).status_code == 422
