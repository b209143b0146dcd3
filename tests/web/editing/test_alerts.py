"""What one is told by mail is chosen on a page of one's own, left with one click, and told again by its owner."""

from datetime import datetime

from flask import Flask
from sqlmodel import Session, select

from tests.web.editing.conftest import Clock, Person, person
from tracker.domain.link_tokens import Purpose, Seal
from tracker.services.alert_wishes import stop_alerts
from tracker.services.tell_editors import begin_alerts
from tracker.services.write_links import Subject, write
from tracker.storage.alerts import wish_of_address
from tracker.storage.engine import Database
from tracker.storage.tables import AlertWish

SEAL = Seal("only for these tests, long enough")
CHOSEN = {"weekday": "4", "workdays": "1", "zone": "Europe/Madrid", "language": "es"}


def begun(database: Database, now: datetime, email: str) -> int:
    with database.writing() as session:
        begin_alerts(session, now, "en")
        return _wish(session, email).user_id


def _wish(session: Session, email: str) -> AlertWish:
    found = wish_of_address(session, email)
    assert found is not None
    return found


def wish(database: Database, email: str) -> AlertWish:
    with database.reading() as session:
        return _wish(session, email)


def link(database: Database, now: datetime, user_id: int) -> str:
    with database.writing() as session:
        return f"/alerts/leave/{write(session, SEAL, Purpose.ALERTS, Subject('user', str(user_id)), now)}"


def test_an_editor_chooses_how_often_for_what_they_may_see(editor: Person, database: Database) -> None:
    editor.get("/edit/alerts")
    assert 'id="findings"' in editor.page and 'id="objections"' in editor.page
    assert 'id="log"' not in editor.page and 'id="second_reader"' not in editor.page
    answer = editor.post("/edit/alerts", findings="at_once", objections="off", log="weekly", **CHOSEN)
    assert answer.status_code == 303
    kept = wish(database, "editor@example.org")
    assert kept.chosen == {"findings": "at_once", "objections": "off"}
    assert (kept.weekday, kept.workdays, kept.zone, kept.language) == (4, True, "Europe/Madrid", "es")
    editor.get("/edit/alerts")
    assert '<option value="at_once" selected>' in editor.page


def test_the_broken_log_is_never_off(admin: Person, database: Database) -> None:
    admin.get("/edit/alerts")
    answer = admin.post("/edit/alerts", log="off", **CHOSEN)
    assert answer.status_code == 422
    assert "This cannot be turned off" in admin.page


def test_what_is_not_offered_is_refused_with_a_sentence(editor: Person) -> None:
    editor.get("/edit/alerts")
    wrong = {"findings": "hourly", "weekday": "9", "zone": "Middle/Earth", "language": "xx"}
    answer = editor.post("/edit/alerts", **wrong)
    assert answer.status_code == 422
    assert "“Middle/Earth” is not a time zone" in editor.page
    assert editor.page.count("Choose one of the ways offered.") >= 3


def test_opening_the_link_changes_nothing_and_one_click_turns_all_off(
    stranger: Person, database: Database, clock: Clock
) -> None:
    user_id = begun(database, clock(), "editor@example.org")
    address = link(database, clock(), user_id)
    opened = stranger.client.get(address)
    assert opened.status_code == 200
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert stranger.client.head(address).status_code == 200
    assert wish(database, "editor@example.org").chosen == {}
    clicked = stranger.client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert clicked.status_code == 200
    assert stranger.client.post(address).status_code == 200
    assert set(wish(database, "editor@example.org").chosen.values()) == {"off"}


def test_a_link_made_for_something_else_turns_nothing_off(
    stranger: Person, database: Database, clock: Clock
) -> None:
    user_id = begun(database, clock(), "editor@example.org")
    with database.writing() as session:
        other = write(session, SEAL, Purpose.UNSUBSCRIBE, Subject("user", str(user_id)), clock())
    assert stranger.client.post(f"/alerts/leave/{other}").status_code == 404
    address = link(database, clock(), user_id)
    clock.later(days=401)
    assert stranger.client.post(address).status_code == 404
    assert wish(database, "editor@example.org").chosen == {}


def test_the_desk_says_that_mail_came_back_and_its_owner_starts_it_again(
    app: Flask, database: Database, clock: Clock
) -> None:
    begun(database, clock(), "editor@example.org")
    with database.writing() as session:
        stop_alerts(session, "editor@example.org", "bounced", clock())
    editor = person(app, "editor")
    editor.get("/edit/")
    assert "Mail to your address came back" in editor.page
    editor.get("/edit/alerts")
    assert editor.post("/edit/alerts/resume").status_code == 303
    editor.get("/edit/")
    assert "Mail to your address came back" not in editor.page
    assert wish(database, "editor@example.org").stopped_at is None


def test_two_accounts_never_change_each_other(app: Flask, database: Database, clock: Clock) -> None:
    begun(database, clock(), "editor@example.org")
    person(app, "reviewer").post("/edit/alerts", sources="off", **CHOSEN)
    with database.reading() as session:
        changed = [one for one in session.exec(select(AlertWish)).all() if one.chosen]
    assert len(changed) == 1
