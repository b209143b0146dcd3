"""The editors' page of reminders, the button of the letter, and what the public reads of both."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlmodel import select

from tests.services.entered import item, owing, report
from tests.services.reminded import BOX, DUE, body
from tests.web.editing.conftest import Clock, Person, person
from tracker.config import Config, Reminders
from tracker.domain.habits import Habits
from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.post import Fate, Outcome
from tracker.domain.reminding import Plan
from tracker.services.reach_body import reach_body
from tracker.services.remind import remind_body
from tracker.services.write_letter import claim_letter, settle_letter
from tracker.services.write_links import Subject, again
from tracker.storage.engine import Database
from tracker.storage.entries import id_of
from tracker.storage.tables import BodyReach, Event, Item
from tracker.web.app import create_app
from tracker.web.site import Site

SECRET = "only for these tests, long enough"
SEAL = Seal(SECRET)
STOP = "Stop reminding this mailbox"


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 4, 25, 9, tzinfo=UTC))


@pytest.fixture
def app(database: Database, clock: Clock) -> Flask:
    config = Config()
    web = replace(config.web, secret_key=SECRET)
    config = replace(config, web=web, reminders=Reminders(enabled=True))
    return create_app(Site(config, database, clock), testing=True)


@pytest.fixture
def owed(database: Database, clock: Clock) -> Iterator[int]:
    """An item nine days before its day, and a mailbox."""
    database.habits = replace(Habits(), reminders=Plan())
    database._info["habits"] = database.habits
    with database.writing() as session:
        [found] = owing(session, item(session, document=report(session), now=clock()))
        page = "https://water.gov.example/contact"
        reach_body(session, clock(), body(session), (), BOX, actor="group:city-watch", mailbox_source=page)
    yield found


def reminded(database: Database, clock: Clock, fate: Fate = Fate.ACCEPTED) -> str:
    """The letter goes out; the token of its link."""
    with database.writing() as session:
        assert remind_body(session, id_of(body(session)), clock(), SEAL)
    with database.writing() as session:
        letter = claim_letter(session, SEAL, clock(), "example.org")
        assert letter is not None and letter.path.startswith("/reminders/")
        settle_letter(session, letter, Outcome(fate), clock())
        reach = session.exec(select(BodyReach)).one()
        return again(session, SEAL, Purpose.REMINDERS, Subject("reach", str(reach.id)))


def key(database: Database) -> str:
    """Of the item."""
    with database.reading() as session:
        return session.exec(select(Item)).one().key


def test_the_page_shows_what_goes_out_word_for_word(editor: Person, owed: int) -> None:
    editor.get("/edit/reminders")
    for said in (
        BOX,
        "Publish the river data",
        "Due on Monday 4 May 2026, in 9 days.",
        "seen-an-answer?item=",
    ):
        assert said in editor.page


def test_a_reminder_is_held_back_with_a_reason(editor: Person, owed: int) -> None:
    editor.get("/edit/reminders")
    which = {"obligation": str(owed), "due_on": DUE.isoformat(), "stage": "-28"}
    assert editor.post("/edit/reminders/held-back", **which, reason="").status_code == 422
    assert "Say why it is held back." in editor.page
    assert editor.post("/edit/reminders/held-back", **which, reason="They called.").status_code == 303
    editor.get("/edit/reminders")
    assert "held back: They called." in editor.page and "28 days before" in editor.page
    assert editor.post("/edit/reminders/held-back", obligation="x", stage="1").status_code == 400


def test_a_body_without_a_published_mailbox_is_named(
    editor: Person, admin: Person, owed: int, database: Database, clock: Clock
) -> None:
    kept = admin.post("/edit/bodies/ministry-of-water/reach", mailbox=BOX, mailbox_source="")
    assert kept.status_code == 303
    editor.get("/edit/reminders")
    assert "Nobody has said where the mailbox on record is published." in editor.page
    refused = admin.post("/edit/bodies/ministry-of-water/reach", mailbox=BOX, mailbox_source="the website")
    assert refused.status_code == 422 and "beginning with https://" in admin.page


def test_what_went_is_on_the_timeline_without_the_address(
    stranger: Person, editor: Person, owed: int, database: Database, clock: Clock
) -> None:
    reminded(database, clock)
    stranger.get(f"/items/{key(database)}")
    assert "Reminded by mail 9 days before the date (4 May 2026)" in stranger.page
    assert BOX not in stranger.page
    stranger.get(f"/items/{key(database)}?as_of=2026-04-24")
    assert "Reminded" not in stranger.page
    stranger.get("/bodies/ministry-of-water")
    assert "Its office is reminded of its days by mail." in stranger.page
    stranger.get("/events")
    assert "Reminded" not in stranger.page
    stranger.get(f"/items/{key(database)}/history")
    assert "Reminded by mail 9 days before the date (4 May 2026)" in stranger.page
    assert BOX not in stranger.page
    assert BOX not in stranger.client.get("/log/entries").get_data(as_text=True)
    editor.get("/edit/reminders")
    assert "taken by the relay" in editor.page


def test_what_came_back_is_nowhere_in_public(
    stranger: Person, editor: Person, owed: int, database: Database, clock: Clock
) -> None:
    reminded(database, clock, Fate.BOUNCED)
    stranger.get(f"/items/{key(database)}")
    assert "Reminded" not in stranger.page
    stranger.get("/bodies/ministry-of-water")
    assert "mail to its office comes back" in stranger.page
    editor.get("/edit/reminders")
    assert "came back: the mailbox takes no mail" in editor.page
    assert "Mail to its mailbox comes back." in editor.page


def test_opening_the_link_changes_nothing_and_the_button_stops_them(
    stranger: Person, editor: Person, owed: int, database: Database, clock: Clock
) -> None:
    token = reminded(database, clock)
    for _time in range(3):
        assert STOP in stranger.get(f"/reminders/{token}").get_data(as_text=True)
    assert stranger.get(f"/reminders/{token[:-1]}").status_code == 404
    pressed = stranger.client.post(f"/reminders/{token}")
    assert pressed.status_code == 200 and STOP not in pressed.get_data(as_text=True)
    assert pressed.headers["Referrer-Policy"] == "no-referrer"
    stranger.get("/bodies/ministry-of-water")
    assert "Asked on 25 April 2026 not to be reminded of its days." in stranger.page
    with database.reading() as session:
        told = [
            row for row in session.exec(select(Event)).all() if row.detail.get("what") == "reminders_stopped"
        ]
        assert [row.actor for row in told] == ["body:ministry-of-water"]
    editor.get("/edit/reminders")
    assert BOX in editor.page and "The mailbox asked not to be reminded." in editor.page


def test_an_editor_lets_it_be_reminded_again(
    editor: Person, stranger: Person, owed: int, database: Database, clock: Clock
) -> None:
    stranger.client.post(f"/reminders/{reminded(database, clock)}")
    with database.reading() as session:
        reach = session.exec(select(BodyReach)).one().id
    editor.get("/edit/reminders")
    assert editor.post("/edit/reminders/again", reach=str(reach)).status_code == 303
    stranger.get("/bodies/ministry-of-water")
    assert "Its office is reminded of its days by mail." in stranger.page


def test_who_only_drafts_does_not_see_the_page(app: Flask, owed: int) -> None:
    assert person(app, "contributor").get("/edit/reminders").status_code == 403
