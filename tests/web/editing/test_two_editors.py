"""Two editors at once: the later sees both versions field by field and chooses; nothing is overwritten in silence."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from tests.services.entered import GROUP, NOW, item, owing
from tests.web.editing.conftest import Person, person
from tracker.domain.words import ResponseKind
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.storage.engine import Database
from tracker.storage.tables import Body, Item, Response, Terms


@pytest.fixture
def later(app: Flask) -> Person:
    return person(app, "reviewer")


@pytest.fixture
def address(database: Database) -> str:
    with database.writing() as session:
        return f"/edit/items/{item(session, text='Publish it all.').key}"


def opened(who: Person, address: str, at: str) -> dict[str, Any]:
    """The fields of a page's form as a browser would send them."""
    who.get(address)
    [form] = re.findall(
        rf'(?s)<form method="post"[^>]*>(?:(?!</form>).)*name="{at}"(?:(?!</form>).)*</form>', who.page
    )
    typed: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrf_token" and not ('type="checkbox"' in tag and "checked" not in tag):
            typed[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'(?s)<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        typed[name] = chosen[1] if chosen else ""
    for name, value in re.findall(r'(?s)<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form):
        typed[name] = value
    return typed


def test_the_later_of_two_sees_both_versions_and_nothing_is_overwritten(
    editor: Person, later: Person, database: Database, address: str
) -> None:
    first, second = opened(editor, address, "title"), opened(later, address, "title")
    assert (
        editor.post(address, **first | {"title": "Publish the lake data", "reason": "Misread."}).status_code
        == 303
    )
    answer = later.post(
        address, **second | {"title": "Publish all data", "text": "All of it.", "reason": "Typo."}
    )
    assert answer.status_code == 422
    assert "Publish the lake data" in later.page and "Publish all data" in later.page
    assert 'name="choose-title"' in later.page and 'name="choose-text"' not in later.page
    with database.reading() as session:
        assert session.exec(select(Item)).one().title == "Publish the lake data"


@pytest.mark.parametrize(
    ("choice", "title"), [("theirs", "Publish the lake data"), ("mine", "Publish all data")]
)
def test_what_was_chosen_stands(
    editor: Person, later: Person, database: Database, address: str, choice: str, title: str
) -> None:
    first, second = opened(editor, address, "title"), opened(later, address, "title")
    editor.post(address, **first | {"title": "Publish the lake data", "reason": "Misread."})
    mine = second | {"title": "Publish all data", "text": "All of it.", "reason": "Typo."}
    later.post(address, **mine)
    made_from = re.findall(r'name="made_from" value="([^"]*)"', later.page)[0]
    mine |= {"made_from": made_from, "differing": "title"}
    assert later.post(address, **mine).status_code == 422  # a choice is still missing
    assert later.post(address, **mine | {"choose-title": choice}).status_code == 303
    with database.reading() as session:
        kept = session.exec(select(Item)).one()
    assert (kept.title, kept.text) == (title, "All of it.")


def test_a_third_change_in_between_is_seen_too(
    editor: Person, later: Person, database: Database, address: str
) -> None:
    first, second = opened(editor, address, "title"), opened(later, address, "title")
    editor.post(address, **first | {"title": "Lakes", "reason": "Misread."})
    later.post(address, **second | {"title": "Ponds", "reason": "Typo."})
    made_from = re.findall(r'name="made_from" value="([^"]*)"', later.page)[0]
    again = opened(editor, address, "title")
    editor.post(address, **again | {"title": "Seas", "reason": "Misread again."})
    mine = second | {
        "title": "Ponds",
        "reason": "x",
        "made_from": made_from,
        "differing": "title",
        "choose-title": "mine",
    }
    assert later.post(address, **mine).status_code == 422 and "Seas" in later.page
    with database.reading() as session:
        assert session.exec(select(Item)).one().title == "Seas"


def test_two_who_change_different_fields_see_what_the_other_did(
    editor: Person, later: Person, database: Database, address: str
) -> None:
    first, second = opened(editor, address, "title"), opened(later, address, "title")
    editor.post(address, **first | {"ref": "R1", "reason": "Missing."})
    later.post(address, **second | {"text": "All of it.", "reason": "Typo."})
    theirs = re.search(r'<input type="radio" id="choose-ref-theirs"[^>]*>', later.page)
    assert theirs and "checked" in theirs[0]


@pytest.fixture
def places(database: Database, address: str) -> dict[str, tuple[str, ...]]:
    """Page, where its form goes, a field of that form, the field both change, theirs, mine, the reason's field."""
    with database.writing() as session:
        [owed] = owing(session, session.exec(select(Item)).one())
        said = SaidFor(obligation=owed, kind=ResponseKind.REPLY)
        came = LogResponse(
            body="ministry-of-water", url="https://example.org/r", first_seen_on=NOW.date(), lines=(said,)
        )
        reply = f"/edit/responses/{respond(session, NOW, came, actor=GROUP).key}"
    terms = f"/edit/obligations/{owed}/correct"
    return {
        "body": (
            "/edit/bodies/ministry-of-water",
            "",
            "website",
            "name",
            "Ministry of Seas",
            "Ponds",
            "reason",
        ),
        "date": (terms, "", "trigger_on", "stated", "2026-06-01", "2026-07-01", "reason"),
        "response": (reply, "/correct", "first_seen_on", "title", "Their title", "My title", "facts_reason"),
    }


@pytest.mark.parametrize("what", ["body", "date", "response"])
def test_two_editors_of_a_body_a_date_and_a_response(
    editor: Person, later: Person, database: Database, places: dict[str, tuple[str, ...]], what: str
) -> None:
    page, to, at, field, theirs, mine, reason = places[what]
    first, second = opened(editor, page, at), opened(later, page, at)
    assert editor.post(page + to, **first | {field: theirs, reason: "Misread."}).status_code == 303
    assert later.post(page + to, **second | {field: mine, reason: "Typo."}).status_code == 422
    assert f'name="choose-{field}"' in later.page and mine in later.page
    with database.reading() as session:
        names = [one.name for one in session.exec(select(Body)).all()]
        titles = [one.title for one in session.exec(select(Response)).all()]
        days = [str(one.stated_on) for one in session.exec(select(Terms)).all()]
    assert mine not in {*names, *titles, *days} and theirs in {*names, *titles, *days}
