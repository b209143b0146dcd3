"""Clocks moved and many duties ended through the editors' pages, each seen first."""

import re

from tests.services.entered import NOW
from tests.web.editing.conftest import Person
from tests.web.editing.test_entering import document, entered, ids, stands
from tracker.domain.words import Standing
from tracker.storage import segments
from tracker.storage.engine import Database
from tracker.storage.entries import at_the_moment

__all__ = ["document"]
EXTENSION = {"kind": "extension", "works_from_on": "2026-05-04", "reason": "Their letter of that day."}


def due(database: Database, id_: int) -> str:
    with database.reading() as session:
        found = at_the_moment(segments.current(session, id_), NOW)
        assert found is not None
        return str(found.due_on)


def test_the_date_an_extension_leads_to_is_seen_before_it_is_kept(
    editor: Person, database: Database, document: str
) -> None:
    entered(editor, document)
    [first, _] = ids(database)
    page = f"/edit/obligations/{first}/clock"
    editor.get(page)
    was = due(database, first)
    typed = EXTENSION | {"amount": "15", "unit": "working_days"}
    assert editor.post(page, see="1", **typed).status_code == 200
    assert "Not on record yet." in editor.page and "would move" in editor.page
    assert 'value="15"' in editor.page
    assert due(database, first) == was
    assert editor.post(page, **typed).status_code == 303
    assert due(database, first) > was


def test_a_mistake_in_an_entry_is_said_beside_its_field(
    editor: Person, database: Database, document: str
) -> None:
    entered(editor, document)
    [first, _] = ids(database)
    page = f"/edit/obligations/{first}/clock"
    editor.get(page)
    assert editor.post(page, **EXTENSION).status_code == 422
    assert 'id="new_due_on-error"' in editor.page
    assert editor.post(page, see="1", **EXTENSION, amount="x").status_code == 422
    assert 'id="amount-error"' in editor.page
    stage = EXTENSION | {"kind": "next_stage"}
    assert editor.post(page, **stage).status_code == 422
    assert 'id="rule-error"' in editor.page


def test_a_fresh_start_and_a_next_stage_are_told_on_the_items_page(
    editor: Person, database: Database, document: str
) -> None:
    address = entered(editor, document)
    [first, _] = ids(database)
    page = f"/edit/obligations/{first}/clock"
    editor.get(page)
    stage = EXTENSION | {"kind": "next_stage", "rule": "gb-commons-select-committee"}
    assert editor.post(page, **stage).status_code == 303
    assert len(ids(database)) == 3
    editor.get(address)
    assert "no. 2" in editor.page
    shown = editor.get(address.removeprefix("/edit"))
    assert shown.status_code == 200 and "Their letter of that day." in editor.page


def test_the_items_timeline_tells_old_and_new_why_where_and_who(
    editor: Person, database: Database, document: str
) -> None:
    address = entered(editor, document)
    [first, _] = ids(database)
    page = f"/edit/obligations/{first}/clock"
    editor.get(page)
    typed = EXTENSION | {"new_due_on": "2026-06-01", "source_url": "https://letters.example/4"}
    assert editor.post(page, **typed).status_code == 303
    late = EXTENSION | {"works_from_on": "2026-05-12", "new_due_on": "2026-08-01", "reason": "Once more."}
    assert editor.post(page, **late).status_code == 303
    editor.get(address.removeprefix("/edit"))
    timeline = editor.page.partition('id="timeline"')[2].partition("</ol>")[0]
    told = re.sub(r"<[^>]+>", "", timeline)
    assert "Their letter of that day. (due day moved from 4 May 2026 to 1 June 2026)" in told
    assert "letters.example" in told and "recorded by" in told and "/groups/city-watch" in timeline
    assert "Once more. (due day moved from 1 June 2026 to 1 August 2026)" in told


def test_many_are_ended_at_once_after_they_were_seen_and_the_whole_is_taken_back(
    editor: Person, database: Database, document: str
) -> None:
    address = entered(editor, document)
    editor.get(address)
    [link] = set(re.findall(r'href="(/edit/documents/[^"]+/end)"', editor.page))
    editor.get(link)
    typed = {
        "cause": "revoked",
        "works_from_on": "2026-05-10",
        "reason": "Order 9.",
        "source_url": "https://orders.example/9",
    }
    assert editor.post(link, **typed | {"source_url": ""}).status_code == 422
    assert 'id="source_url-error"' in editor.page
    assert editor.post(link, **typed).status_code == 200
    assert "Would lapse" in editor.page
    before = [stands(database, id_) for id_ in ids(database)]
    assert Standing.VOID not in before
    answer = editor.post(link, sure="1", **typed)
    assert answer.status_code == 303
    assert {stands(database, id_) for id_ in ids(database)} == {Standing.VOID}
    act = answer.headers["Location"]
    editor.get(act)
    assert "Order 9." in editor.page
    assert editor.post(f"{act}/undo", undo_reason="").status_code == 422
    assert editor.post(f"{act}/undo", undo_reason="Another order.").status_code == 303
    assert [stands(database, id_) for id_ in ids(database)] == before


def test_what_no_rule_decides_waits_on_the_desk(editor: Person, database: Database, document: str) -> None:
    address = entered(editor, document)
    editor.get(address)
    [link] = set(re.findall(r'href="(/edit/processes/[^"]+/end)"', editor.page))
    editor.get(link)
    typed = {
        "cause": "dissolved",
        "works_from_on": "2026-05-10",
        "reason": "Proclaimed.",
        "source_url": "https://orders.example/10",
        "sure": "1",
    }
    act = editor.post(link, **typed).headers["Location"]
    editor.get("/edit/")
    assert "Did it lapse?" in editor.page and act in editor.page
    editor.get(act)
    for id_ in ids(database):
        editor.post(f"{act}/decide", obligation=str(id_), ends="0", reason="The duty is not the House’s.")
    editor.get("/edit/")
    assert "Did it lapse?" not in editor.page
    assert editor.post(f"{act}/decide", obligation="1", ends="0", reason="Again.").status_code == 422
    assert editor.get("/edit/endings/99").status_code == 404
    assert editor.get("/edit/documents/none/end").status_code == 404


def test_a_date_in_conflict_is_told_before_it_is_kept_and_waits_on_the_desk(
    editor: Person, database: Database, document: str
) -> None:
    editor.get(f"/edit/items/new?document={document}")
    typed = {
        "document": document,
        "title": "Mend the weir",
        "body-1": "ministry-of-water",
        "role-1": "lead",
        "basis": "convention",
        "rule": "gb-commons-select-committee",
        "trigger_on": "2026-03-09",
        "stated": "2027-05-09",
    }
    answer = editor.post("/edit/items/new", preview="1", **typed)
    assert answer.status_code == 200, editor.page
    assert "an editor has to decide" in editor.page
    assert ids(database) == []
    assert editor.post("/edit/items/new", **typed).status_code == 303
    [id_] = ids(database)
    assert stands(database, id_) is Standing.UNKNOWN
    editor.get("/edit/")
    assert "an editor has to decide" in editor.page
    assert f"/edit/obligations/{id_}/correct" in editor.page
