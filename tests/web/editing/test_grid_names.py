"""Names that no body on record bears: said once for all the rows that have them, and put right in one place."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import col, select

from tests.services.entered import NOW, report
from tests.web.editing.conftest import Person
from tracker.domain.owing_text import line_of, owing_of
from tracker.domain.words import Role
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.find_bodies import find_bodies
from tracker.storage.engine import Database
from tracker.storage.tables import Addressee, Body, Item

ROWS: dict[str, Any] = {
    "item_kind": "recommendation",
    "owes": "respond",
    "rule": "gb-commons-select-committee",
    "trigger": "published",
    "trigger_on": "2026-03-09",
    "rows": "3",
    "title__1": "One",
    "owing__1": "Defra; Ministry of Rivers (supporting)",
    "title__2": "Two",
    "owing__2": "defra (joint)",
    "title__3": "Three",
    "owing__3": "DEFRA",
}


@pytest.fixture
def grid(database: Database) -> Iterator[str]:
    with database.writing() as session:
        key = report(session)
        enter_body(
            session, NOW, EnterBody(name="Government of Utopia", jurisdiction="NL"), actor="city-watch"
        )
        enter_body(session, NOW, EnterBody(name="Government of Wight", jurisdiction="GB"), actor="city-watch")
    yield f"/edit/documents/{key}/items"


def test_an_unknown_name_of_many_rows_is_asked_about_once(editor: Person, grid: str) -> None:
    editor.get(grid)
    assert editor.post(grid, preview="1", **ROWS).status_code == 422
    assert editor.page.count('name="unknown-') == 1
    assert "3 times" in editor.page


def test_what_is_meant_goes_into_every_row_that_has_the_name(
    editor: Person, database: Database, grid: str
) -> None:
    editor.get(grid)
    said = {"unknown__1": "Defra", "meant__1": "Department for Rivers and Food [new]"}
    assert editor.post(grid, publish="1", **ROWS, **said).status_code == 303
    with database.reading() as session:
        wanted = select(Item.title, Addressee.role).join(Addressee).join(Body)
        named = wanted.where(Body.name == "Department for Rivers and Food").order_by(col(Item.number))
        found = [tuple(row) for row in session.execute(named)]
    assert found == [("One", Role.LEAD), ("Two", Role.JOINT), ("Three", Role.LEAD)]


def test_a_name_that_nothing_is_said_about_stays_and_is_asked_about_again(editor: Person, grid: str) -> None:
    editor.get(grid)
    assert editor.post(grid, preview="1", **ROWS, unknown__1="Defra", meant__1=" ").status_code == 422
    assert 'value="DEFRA"' in editor.page
    assert editor.page.count('name="unknown-') == 1


def test_bodies_of_the_own_place_are_thought_of_first(database: Database, grid: str) -> None:
    with database.reading() as session:
        found = find_bodies(session, "The Government", NOW.date(), jurisdiction="GB")
        exact = find_bodies(session, "government of utopia", NOW.date(), jurisdiction="GB")
    assert [one.jurisdiction for one in found][:2] == ["GB", "NL"]
    assert exact[0].jurisdiction == "NL"


def test_without_a_date_the_page_says_from_when_it_is_counted_and_not_that_the_asker_named_one(
    editor: Person, grid: str
) -> None:
    editor.get(grid)
    plain = ROWS | {"rule": "", "owing__1": "Ministry of Rivers", "owing__2": "", "title__2": "", "rows": "1"}
    editor.post(grid, preview="1", **plain)
    assert "counted from <time" in editor.page
    assert "The asker named the date" not in editor.page


@pytest.mark.parametrize(
    "typed", ["Water Ltd", "A (joint)", "B [new]", "C (lead) [new: company, GB]", "D [new: , FR]"]
)
def test_a_body_is_spelled_as_it_was_read(typed: str) -> None:
    again = line_of(owing_of(typed)[0])
    assert owing_of(again) == owing_of(typed)
