"""What was entered by mistake is put right through the editors' pages."""

from tests.web.editing.conftest import Person
from tests.web.editing.test_entering import document, entered, ids, logged, stands
from tracker.domain.words import Standing
from tracker.storage.engine import Database

__all__ = ["document"]
REPLY = "/edit/responses/ministry-of-water-2026-05-06"


def test_a_response_older_than_its_question_is_asked_about_in_the_form(
    editor: Person, database: Database, document: str
) -> None:
    entered(editor, document)
    [first, _] = ids(database)
    editor.get(f"/edit/responses/new?obligations={first}")
    assert 'name="came_before_start"' not in editor.page
    typed = {
        "body": "Ministry of Water",
        "url": "https://water.example/r",
        "kind": "reply",
        "published": "2025-05-06",
        "first_seen_on": "2026-05-11",
    }
    assert editor.post("/edit/responses/new", obligations=[str(first)], **typed).status_code == 422
    assert 'id="came_before_start-error"' in editor.page and "2026-03-09" in editor.page
    assert 'name="came_before_start"' in editor.page
    kept = editor.post("/edit/responses/new", obligations=[str(first)], came_before_start="1", **typed)
    assert kept.status_code == 303


def test_a_responses_days_are_corrected_in_place(editor: Person, database: Database, document: str) -> None:
    entered(editor, document)
    [first, _] = ids(database)
    logged(editor, database, first)
    editor.get(REPLY)
    assert 'value="2026-05-06"' in editor.page
    typed = {
        "body": "ministry-of-water",
        "url": "https://water.example/r",
        "first_seen_on": "2026-05-11",
        "published": "2026-04-06",
    }
    assert editor.post(f"{REPLY}/correct", **typed).status_code == 422
    assert 'id="facts_reason-error"' in editor.page and 'value="2026-04-06"' in editor.page
    assert editor.post(f"{REPLY}/correct", facts_reason="a slip", **typed).status_code == 303
    editor.get(REPLY)
    assert 'value="2026-04-06"' in editor.page and "6 April 2026" in editor.page
    assert stands(database, first) is Standing.AWAITING_ASSESSMENT


def test_an_entry_made_by_mistake_is_withdrawn_and_its_address_says_why(
    editor: Person, database: Database, document: str
) -> None:
    address = entered(editor, document)
    editor.get(address)
    assert editor.post(f"{address}/withdraw", withdraw_reason="").status_code == 422
    assert 'id="withdraw_reason-error"' in editor.page
    assert 'value="Publish the river data"' in editor.page
    assert editor.post(f"{address}/withdraw", withdraw_reason="entered twice").status_code == 303
    assert editor.get(address).status_code == 200
    assert "Withdrawn: it stands in no list any more." in editor.page
    gone = editor.get(address.removeprefix("/edit"))
    assert gone.status_code == 410 and "This entry was withdrawn: entered twice" in editor.page


def test_a_body_that_was_never_asked_is_taken_out(editor: Person, database: Database, document: str) -> None:
    address = entered(editor, document)
    [_, second] = ids(database)
    editor.get(address)
    assert editor.post(f"{address}/remove/{second}", remove_reason="").status_code == 422
    assert 'id="remove_reason-error"' in editor.page
    assert editor.post(f"{address}/remove/{second}", remove_reason="not named").status_code == 303
    assert editor.post(f"{address}/remove/{second}", remove_reason="not named").status_code == 404
    editor.get(address.removeprefix("/edit"))
    assert "Ministry of Water" in editor.page and "Ministry of Rivers" not in editor.page


def test_a_body_is_renamed_on_its_own_page(editor: Person, document: str) -> None:
    editor.get("/edit/bodies/ministry-of-water")
    typed = {"name": "Ministry for Water", "kind": "government", "jurisdiction": "GB", "aliases": "MfW\nMW"}
    assert editor.post("/edit/bodies/ministry-of-water", **typed).status_code == 422
    assert 'id="reason-error"' in editor.page and "MfW" in editor.page
    assert editor.post("/edit/bodies/ministry-of-water", reason="slip", **typed).status_code == 303
    editor.get("/bodies/ministry-of-water")
    assert "Ministry for Water" in editor.page
    assert editor.get("/edit/bodies/nobody-at-all").status_code == 404


def test_a_look_before_the_due_day_says_that_it_does_not_count_past_it(
    editor: Person, database: Database, document: str
) -> None:
    address = entered(editor, document, stated="4 June 2026")
    [first, _] = ids(database)
    editor.get("/edit/looks/new")
    looked = editor.post("/edit/looks/new", obligations=[str(first)], looked_on="2026-05-12", places="site")
    assert looked.headers["Location"] == address
    editor.get(address)
    assert "Some answers are not due yet, the first on 4 June 2026" in editor.page


def test_a_year_that_cannot_be_right_and_a_place_that_is_none_are_said_as_such(
    editor: Person, document: str
) -> None:
    editor.get("/edit/looks/new")
    editor.post("/edit/looks/new", looked_on="1026-07-01", places="site")
    assert "1026-07-01: the year 1026 cannot be right." in editor.page
    for code in ("Atlantis", "QQ", "ZZ-TOP"):
        editor.get("/edit/bodies/ministry-of-water")
        typed = {"name": "Ministry of Water", "kind": "government", "jurisdiction": code, "reason": "slip"}
        assert editor.post("/edit/bodies/ministry-of-water", **typed).status_code == 422
        assert f"“{code}” is no code of a place" in editor.page
