"""An item's whole life through the editors' pages."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from tests.services.entered import report, standing
from tests.web.editing.conftest import Person, person
from tracker.domain.words import Standing
from tracker.storage.engine import Database
from tracker.storage.tables import Addressee, Assessment, Item, Obligation, Response

TYPED = {
    "title": "Publish the river data",
    "text": "The ministry should publish.",
    "item_kind": "recommendation",
    "owes": "respond",
    "body__1": "Ministry of Water",
    "role__1": "lead",
    "body__2": "Ministry of Rivers",
    "role__2": "supporting",
    "basis": "convention",
    "stated": "4 May 2026",
    "trigger": "published",
    "trigger_on": "2026-03-09",
    "rows": "3",
}


@pytest.fixture
def document(database: Database) -> str:
    with database.writing() as session:
        return report(session)


def entered(editor: Person, document: str, **more: Any) -> str:
    editor.get("/edit/items/new")
    answer = editor.post("/edit/items/new", document=document, **(TYPED | more))
    assert answer.status_code == 303, re.findall(r'class="error"[^>]*>([^<]*)', editor.page)
    return str(answer.headers["Location"])


def test_an_item_with_three_addressees_is_entered_on_one_page(
    editor: Person, database: Database, document: str
) -> None:
    new = {"body__3": "Water Company", "new__3": "1", "new__3__kind": "company", "new__3__jurisdiction": "gb"}
    address = entered(editor, document, **new)
    editor.get(address)
    assert "Water Company" in editor.page and "Entered, and public" in editor.page
    with database.reading() as session:
        assert len(session.exec(select(Addressee)).all()) == 3


def test_the_dates_are_seen_with_their_steps_before_anything_is_kept(
    editor: Person, database: Database, document: str
) -> None:
    editor.get("/edit/items/new")
    rule = {"rule": "gb-commons-select-committee", "basis": "", "stated": "", "preview": "1"}
    editor.post("/edit/items/new", document=document, **(TYPED | rule))
    assert "Saturday 9 May 2026" in editor.page and "Counting 2 months" in editor.page
    assert 'value="Publish the river data"' in editor.page
    with database.reading() as session:
        assert session.exec(select(Item)).all() == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"stated": "30 February 2026"}, "stated"),
        ({"stated": "03/04/2026"}, "stated"),
        ({"body__2": "Ministry of Magic"}, "body-2"),
        ({"body__2": "ministry-of-water"}, "body-2"),
        ({"rule": "no-such-rule"}, "rule"),
        ({"title": ""}, "title"),
        ({"basis": ""}, "basis"),
        ({"document": "nowhere"}, "document"),
        ({"amount": "-3"}, "amount"),
        ({"title": "a\x07b"}, "title"),
    ],
)
def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(
    editor: Person, database: Database, document: str, more: dict[str, str], field: str
) -> None:
    editor.get("/edit/items/new")
    answer = editor.post("/edit/items/new", **({"document": document} | TYPED | more))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in editor.page
    assert "The ministry should publish." in editor.page
    with database.reading() as session:
        assert session.exec(select(Item)).all() == []


def test_all_that_is_wrong_is_told_at_once(editor: Person, document: str) -> None:
    editor.get("/edit/items/new")
    wrong = {"stated": "30 February 2026", "body__2": "Ministry of Magic", "title": ""}
    editor.post("/edit/items/new", document=document, **(TYPED | wrong))
    assert {"stated", "body-2", "title"} <= set(re.findall(r'id="([a-z0-9_-]+)-error"', editor.page))
    assert "3 things to correct" in editor.page


def test_more_bodies_keep_what_was_typed(editor: Person, document: str) -> None:
    editor.get("/edit/items/new")
    answer = editor.post("/edit/items/new", document=document, **(TYPED | {"more": "1"}))
    assert answer.status_code == 200
    assert 'id="body-6"' in editor.page and 'value="Ministry of Rivers"' in editor.page


def test_a_report_and_its_process_are_entered_in_one_go(editor: Person) -> None:
    editor.get("/edit/documents/new")
    typed = {
        "title": "Final report",
        "process__name": "Jury on Trams",
        "process__kind": "",
        "process__jurisdiction": "IE",
    }
    assert editor.post("/edit/documents/new", **typed).status_code == 422
    assert 'id="process-kind-error"' in editor.page and 'value="Jury on Trams"' in editor.page
    answer = editor.post("/edit/documents/new", **(typed | {"process__kind": "citizens-jury"}))
    assert answer.headers["Location"] == "/edit/documents/jury-on-trams-final-report/items"


def ids(database: Database) -> list[int]:
    with database.reading() as session:
        return [one.id or 0 for one in session.exec(select(Obligation)).all()]


def stands(database: Database, id_: int) -> Standing:
    with database.reading() as session:
        return standing(session, id_)


def logged(editor: Person, database: Database, id_: int) -> int:
    editor.get(f"/edit/responses/new?obligations={id_}")
    typed = {
        "body": "Ministry of Water",
        "url": "https://water.example/r",
        "kind": "reply",
        "published": "2026-05-06",
    }
    answer = editor.post("/edit/responses/new", obligations=[str(id_)], first_seen_on="2026-05-11", **typed)
    assert answer.status_code == 303
    with database.reading() as session:
        return session.exec(select(Response)).one().id or 0


def test_looking_responding_judging_and_countersigning(
    app: Flask, editor: Person, database: Database, document: str
) -> None:
    entered(editor, document)
    first, second = ids(database)
    editor.get(f"/edit/looks/new?obligations={first}&obligations={second}")
    assert 'value="2026-05-12"' in editor.page
    looked = editor.post(
        "/edit/looks/new",
        obligations=[str(first), str(second)],
        looked_on="2026-05-12",
        places="https://water.example/\nthe register",
    )
    assert looked.status_code == 303
    assert stands(database, first) is Standing.OVERDUE
    response = logged(editor, database, first)
    assert stands(database, first) is Standing.AWAITING_ASSESSMENT
    assert editor.get(f"/edit/obligations/{first}/assess").status_code == 403
    one, two = person(app, "reviewer"), person(app, "second")
    one.get(f"/edit/obligations/{first}/assess")
    wrong = one.post(
        f"/edit/obligations/{first}/assess", responses=[str(response)], verdict="partly", reasons="Half."
    )
    assert wrong.status_code == 422 and 'id="verdict-error"' in one.page and "Half." in one.page
    judged = one.post(
        f"/edit/obligations/{first}/assess", responses=[str(response)], verdict="not", reasons="It thanks."
    )
    assert judged.status_code == 303
    with database.reading() as session:
        made = session.exec(select(Assessment)).one().id
    one.get(f"/edit/assessments/{made}/countersign")
    assert "a second person has to countersign it" in one.page
    assert one.post(f"/edit/assessments/{made}/countersign").status_code == 422
    assert stands(database, first) is Standing.AWAITING_ASSESSMENT
    two.get("/edit/")
    assert "It thanks." in two.page
    two.get(f"/edit/assessments/{made}/countersign")
    assert two.post(f"/edit/assessments/{made}/countersign").status_code == 303
    assert stands(database, first) is Standing.OVERDUE_UNSUBSTANTIVE
    assert two.get("/edit/").status_code == 200


def test_a_look_in_the_future_or_without_places_is_refused_at_the_field(
    editor: Person, database: Database, document: str
) -> None:
    entered(editor, document)
    [first, _] = ids(database)
    editor.get("/edit/looks/new")
    answer = editor.post("/edit/looks/new", obligations=[str(first)], looked_on="13 May 2026", places="site")
    assert answer.status_code == 422 and 'id="looked_on-error"' in editor.page
    answer = editor.post("/edit/looks/new", obligations=[str(first)], looked_on="12 May 2026", places=" ")
    assert 'id="places-error"' in editor.page and f'value="{first}" checked' in editor.page


def test_searching_for_obligations_keeps_what_is_ticked_and_typed(
    editor: Person, database: Database, document: str
) -> None:
    entered(editor, document)
    [first, second] = ids(database)
    editor.get("/edit/looks/new")
    answer = editor.post("/edit/looks/new", obligations=[str(first)], q="RIVERS", find="1", places="my place")
    assert answer.status_code == 200
    assert (
        f'value="{first}" checked' in editor.page
        and f'value="{second}"' in editor.page
        and "my place" in editor.page
    )


def test_a_response_is_struck_and_a_clock_moved_and_taken_back(
    editor: Person, database: Database, document: str
) -> None:
    entered(editor, document)
    [first, _] = ids(database)
    logged(editor, database, first)
    key = "ministry-of-water-2026-05-06"
    editor.get(f"/edit/responses/{key}")
    assert editor.post(f"/edit/responses/{key}/strike", reason=" ").status_code == 422
    assert editor.post(f"/edit/responses/{key}/strike", reason="another case").status_code == 303
    assert stands(database, first) is Standing.UNCHECKED
    path = f"/edit/obligations/{first}/clock"
    editor.get(path)
    assert editor.post(path, kind="extension", works_from_on="2026-05-01", reason="letter").status_code == 422
    assert 'id="new_due_on-error"' in editor.page
    moved = editor.post(
        path, kind="extension", works_from_on="2026-05-01", new_due_on="2026-06-01", reason="letter"
    )
    assert moved.status_code == 303 and stands(database, first) is Standing.RUNNING
    editor.get(path)
    assert editor.post("/edit/clock-entries/1/undo", undo_reason="").status_code == 422
    assert editor.post("/edit/clock-entries/1/undo", undo_reason="slip").status_code == 303
    assert stands(database, first) is Standing.UNCHECKED


def test_terms_role_and_words_are_corrected(editor: Person, database: Database, document: str) -> None:
    address = entered(editor, document)
    [first, _] = ids(database)
    path = f"/edit/obligations/{first}/correct"
    editor.get(path)
    assert 'value="2026-05-04"' in editor.page
    typed = {"basis": "promise", "stated": "June 2026", "trigger": "published", "trigger_on": "2026-03-09"}
    assert editor.post(path, **typed).status_code == 422
    assert editor.post(path, reason="misread", **typed).status_code == 303
    editor.get(path)
    assert "Tuesday 30 June 2026" in editor.page
    assert editor.post(f"/edit/obligations/{first}/role", role="joint", role_reason="").status_code == 422
    assert (
        editor.post(f"/edit/obligations/{first}/role", role="joint", role_reason="page 3").status_code == 303
    )
    editor.get(address)
    words = {"title": "Better", "text": "t", "item_kind": "recommendation"}
    assert editor.post(address, **words).status_code == 422
    assert editor.post(address, reason="slip", **words).status_code == 303


def test_a_draft_is_published_once(editor: Person, database: Database, document: str) -> None:
    address = entered(editor, document, draft="1")
    editor.get("/edit/")
    assert "Publish the river data" in editor.page
    editor.get(address)
    assert editor.post(f"{address}/publish").status_code == 303
    assert stands(database, ids(database)[0]) is Standing.UNCHECKED
