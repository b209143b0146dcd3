"""Many items of one document on one page: defaults, dates first, kept all or none, drafts let out together."""

import re
from typing import Any

import pytest
from sqlmodel import col, select

from tests.services.entered import report
from tests.web.editing.conftest import Clock, Person
from tracker.domain.words import BodyKind, Role, Visibility
from tracker.storage.engine import Database
from tracker.storage.tables import Addressee, Body, DocumentDefaults, Event, Item, Terms

SHARED = {
    "item_kind": "recommendation",
    "owes": "respond",
    "owing": "Ministry of Water; Ministry of Rivers (supporting)",
    "rule": "gb-commons-select-committee",
    "trigger": "published",
    "trigger_on": "2026-03-09",
    "rows": "3",
}
ROWS = {
    "ref__1": "Recommendation 1",
    "title__1": "Publish the river data",
    "text__1": "The ministry should publish.",
    "ref__2": "Recommendation 2",
    "text__2": "The lakes should be measured every month.",
    "owing__2": "ministry of rivers",
    "stated__2": "end of 2026",
}


@pytest.fixture
def grid(database: Database) -> str:
    with database.writing() as session:
        return f"/edit/documents/{report(session)}/items"


def sent(editor: Person, grid: str, **more: Any) -> int:
    editor.get(grid)
    return editor.post(grid, **(SHARED | ROWS | more)).status_code


def complaints(editor: Person) -> set[str]:
    return set(re.findall(r'id="([a-z0-9_-]+)-error"', editor.page))


def test_rows_take_what_they_leave_empty_from_the_document(
    editor: Person, database: Database, grid: str
) -> None:
    assert sent(editor, grid, publish="1") == 303
    with database.reading() as session:
        first, second = session.exec(select(Item).order_by(col(Item.number))).all()
        owing = [(one.item_id, one.role) for one in session.exec(select(Addressee)).all()]
        terms = session.exec(select(Terms).order_by(col(Terms.id))).all()
    assert (first.title, first.visibility) == ("Publish the river data", Visibility.PUBLIC)
    assert second.title == "The lakes should be measured every month."
    assert owing == [(first.id, Role.LEAD), (first.id, Role.SUPPORTING), (second.id, Role.LEAD)]
    assert [str(one.computed_on) for one in terms] == ["2026-05-09"] * 3
    assert [one.as_written for one in terms] == ["", "", "end of 2026"]


def test_each_way_of_reckoning_is_shown_once_before_anything_is_kept(
    editor: Person, database: Database, grid: str
) -> None:
    assert sent(editor, grid, preview="1") == 200
    assert editor.page.count("Counting 2 months") == 2
    assert "Saturday 9 May 2026" in editor.page and "Thursday 31 December 2026" in editor.page
    assert 'value="Publish the river data"' in editor.page
    with database.reading() as session:
        assert session.exec(select(Item)).all() == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"owing__2": "Ministry of Magic"}, "owing-2"),
        ({"owing": "Ministry of Magic"}, "owing"),
        ({"owing__1": "Ministry of Water (boss)"}, "owing-1"),
        ({"owing__1": "Ministry of Water; ministry-of-water"}, "owing-1"),
        ({"owing__1": "Water Ltd [new: wizard]"}, "owing-1"),
        ({"owing__1": "Water Ltd [new: company, Narnia]"}, "owing-1"),
        ({"stated__2": "30 February 2026"}, "stated-2"),
        ({"rule__1": "no-such-rule"}, "rule-1"),
        ({"rule": "no-such-rule"}, "rule"),
        ({"ref__2": "recommendation 1"}, "ref-2"),
        ({"title__1": "a\x07b"}, "title-1"),
        ({"topics__1": "no-such-topic"}, "topics-1"),
        ({"owing": ""}, "owing"),
    ],
)
@pytest.mark.parametrize("button", ["preview", "draft", "publish"])
def test_a_wrong_row_keeps_all_from_being_entered_and_nothing_typed_is_lost(
    editor: Person, database: Database, grid: str, more: dict[str, str], field: str, button: str
) -> None:
    assert sent(editor, grid, **more, **{button: "1"}) == 422
    assert field in complaints(editor)
    assert "The lakes should be measured every month." in editor.page
    with database.reading() as session:
        assert session.exec(select(Item)).all() == []
        assert len(session.exec(select(Body)).all()) == 2


def test_all_that_is_wrong_is_told_at_once_and_defaults_once(editor: Person, grid: str) -> None:
    wrong = {"owing": "Nobody at all", "stated__2": "30 February 2026", "owing__2": "No such", "preview": "1"}
    sent(editor, grid, **wrong)
    assert complaints(editor) == {"owing", "stated-2", "owing-2"}
    assert (
        editor.page.count("No body on record is called “Nobody at all”") == 2
    )  # in the summary and at the field


def test_a_new_body_named_in_two_rows_is_entered_once(editor: Person, database: Database, grid: str) -> None:
    new = {
        "owing__1": "Severn Water plc [new]",
        "owing__2": "severn water PLC [new: company]; ministry-of-water",
    }
    assert sent(editor, grid, preview="1", **new) == 200
    assert "new: Company, GB" in re.sub(r"\s+", " ", editor.page)
    assert sent(editor, grid, draft="1", **new) == 303
    with database.reading() as session:
        [made] = [one for one in session.exec(select(Body)).all() if one.name == "Severn Water plc"]
    assert (made.kind, made.jurisdiction) == (BodyKind.COMPANY, "GB")


def test_drafts_are_let_out_together_and_defaults_come_back(
    editor: Person, database: Database, grid: str
) -> None:
    assert sent(editor, grid, draft="1") == 303
    with database.reading() as session:
        assert {one.visibility for one in session.exec(select(Item)).all()} == {Visibility.DRAFT}
        assert [one.kind for one in session.exec(select(Event)).all() if one.item_id] == []
    editor.get(grid)
    assert "Publish all 2 drafts" in editor.page
    assert 'value="Ministry of Water; Ministry of Rivers (supporting)"' in editor.page
    assert editor.post(grid.replace("/items", "/publish")).status_code == 303
    with database.reading() as session:
        assert {one.visibility for one in session.exec(select(Item)).all()} == {Visibility.PUBLIC}


def test_what_is_in_the_document_already_is_not_entered_twice(
    editor: Person, database: Database, grid: str
) -> None:
    assert sent(editor, grid, draft="1") == 303
    assert sent(editor, grid, draft="1") == 422
    assert complaints(editor) == {"ref-1", "ref-2"}
    with database.reading() as session:
        assert len(session.exec(select(Item)).all()) == 2


def test_defaults_are_superseded_and_the_old_ones_kept(
    editor: Person, database: Database, grid: str, clock: Clock
) -> None:
    sent(editor, grid, draft="1")
    clock.later(minutes=1)
    again = {"ref__1": "3", "ref__2": "4", "owing": "Ministry of Rivers", "draft": "1"}
    assert sent(editor, grid, **again) == 303
    with database.reading() as session:
        old, new = session.exec(select(DocumentDefaults).order_by(col(DocumentDefaults.id))).all()
    assert old.superseded_at == clock.now and new.superseded_at is None
    assert new.typed["owing"] == "Ministry of Rivers"


def test_more_rows_keep_what_was_typed(editor: Person, grid: str) -> None:
    assert sent(editor, grid, more="1") == 200
    assert 'id="title-13"' in editor.page and 'value="Publish the river data"' in editor.page


def test_a_hundred_rows_with_long_texts_are_taken(editor: Person, database: Database, grid: str) -> None:
    long = {f"text__{n}": f"Measure lake {n}. " + "Every month. " * 800 for n in range(1, 101)}
    assert sent(editor, grid, rows="100", draft="1", **(long | {"title__1": "", "stated__2": ""})) == 303
    with database.reading() as session:
        assert len(session.exec(select(Item)).all()) == 100


def test_an_empty_grid_says_what_to_do(editor: Person, grid: str) -> None:
    editor.get(grid)
    assert editor.post(grid, **SHARED, draft="1").status_code == 422
    assert "rows" in complaints(editor)


def test_a_grid_of_no_document_is_not_there(editor: Person) -> None:
    assert editor.get("/edit/documents/nowhere/items").status_code == 404
    assert editor.get("/edit/documents/nowhere/proposals").status_code == 404
