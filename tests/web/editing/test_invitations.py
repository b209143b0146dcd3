"""Invitations and lost passwords: links that work once, and answers that tell strangers nothing."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlmodel import col

from tests.services.entered import NOW
from tests.web.editing.conftest import WORDS, Clock, Person, person
from tracker.config import Config
from tracker.domain.words import UserRole
from tracker.services.people import add_user
from tracker.storage.engine import Database
from tracker.storage.people import members, user_by_email
from tracker.storage.tables import Letter
from tracker.web.app import create_app
from tracker.web.site import Site


@pytest.fixture
def mailing(database: Database, clock: Clock) -> Flask:
    """A site with a relay."""
    config = Config()
    config = replace(
        config,
        web=replace(config.web, secret_key="only for these tests, long enough"),
        mail=replace(config.mail, host="127.0.0.1", sender="site@example.org"),
    )
    return create_app(Site(config, database, clock), testing=True)


def letters(database: Database) -> list[Letter]:
    with database.reading() as session:
        return list(session.execute(select(Letter).order_by(col(Letter.id))).scalars())


def shown_link(found: Person) -> str:
    return urlsplit(found.page.partition('class="secret">')[2].partition("<")[0]).path


def test_with_a_relay_the_invitation_goes_by_mail_and_is_not_shown(
    mailing: Flask, database: Database
) -> None:
    admin = person(mailing, "admin")
    admin.get("/edit/people")
    assert (
        admin.post("/edit/people", email="new@example.org", role="editor", group="city-watch").status_code
        == 303
    )
    [letter] = letters(database)
    assert (letter.kind, letter.address) == ("invite", "new@example.org")
    new = Person(mailing.test_client())
    assert new.get(letter.subject).status_code == 200
    assert new.post(letter.subject, password=WORDS, again=WORDS).status_code == 303
    assert new.log_in("new@example.org").status_code == 303


def test_an_invitation_is_over_after_seven_days(app: Flask, admin: Person, clock: Clock) -> None:
    admin.get("/edit/people")
    admin.post("/edit/people", email="new@example.org", role="editor", group="city-watch")
    link = shown_link(admin)
    clock.later(days=7, seconds=1)
    assert Person(app.test_client()).get(link).status_code == 404


def test_a_second_invitation_voids_the_first(app: Flask, admin: Person) -> None:
    links = []
    for role in ("editor", "reviewer"):
        admin.get("/edit/people")
        admin.post("/edit/people", email="new@example.org", role=role, group="city-watch")
        links.append(shown_link(admin))
    new = Person(app.test_client())
    assert [new.get(link).status_code for link in links] == [404, 200]


def test_somebody_with_an_account_joins_with_its_password(
    app: Flask, admin: Person, database: Database
) -> None:
    with database.writing() as session:
        add_user(session, NOW, "known@example.org", UserRole.EDITOR, "other-watch", password=WORDS)
    admin.get("/edit/people")
    admin.post("/edit/people", email="known@example.org", role="contributor", group="city-watch")
    link = shown_link(admin)
    known = Person(app.test_client())
    known.get(link)
    assert known.post(link, password="another calm heron").status_code == 422
    assert known.post(link, password=WORDS).status_code == 303
    with database.reading() as session:
        user = user_by_email(session, "known@example.org")
        assert user is not None
        assert {(one.group_key, one.role) for one in members(session, user.id)} == {
            ("city-watch", UserRole.CONTRIBUTOR),
            ("other-watch", UserRole.EDITOR),
        }


def test_asking_for_a_password_reads_the_same_for_everybody(mailing: Flask, database: Database) -> None:
    asking = Person(mailing.test_client())
    pages = []
    for email in ("editor@example.org", "nobody@example.org"):
        asking.get("/login/forgot")
        assert asking.post("/login/forgot", email=email).status_code == 200
        pages.append(asking.page)
    assert pages[0] == pages[1] and "@" not in pages[0].partition("<main")[2]
    assert [letter.address for letter in letters(database)] == ["editor@example.org"]


def test_a_reset_link_works_once_within_the_hour_and_ends_every_session(
    mailing: Flask, database: Database, clock: Clock
) -> None:
    inside = person(mailing, "editor")
    asking = Person(mailing.test_client())
    asking.get("/login/forgot")
    asking.post("/login/forgot", email="editor@example.org")
    [letter] = letters(database)
    asking.get(letter.subject)
    assert asking.post(letter.subject, new="short", again="short").status_code == 422
    assert inside.get("/edit/").status_code == 200
    assert asking.post(letter.subject, new="four calm herons", again="four calm herons").status_code == 303
    assert inside.get("/edit/").status_code == 303
    assert asking.get(letter.subject).status_code == 404
    assert asking.log_in("editor@example.org", "four calm herons").status_code == 303


def test_a_reset_link_is_over_after_an_hour(mailing: Flask, database: Database, clock: Clock) -> None:
    asking = Person(mailing.test_client())
    asking.get("/login/forgot")
    asking.post("/login/forgot", email="editor@example.org")
    clock.later(hours=1, seconds=1)
    assert asking.get(letters(database)[0].subject).status_code == 404


def test_an_address_gets_one_letter_in_five_minutes(mailing: Flask, database: Database, clock: Clock) -> None:
    asking = Person(mailing.test_client())
    asking.get("/login/forgot")
    for _ in range(3):
        asking.post("/login/forgot", email="editor@example.org")
    clock.later(minutes=6)
    asking.post("/login/forgot", email="editor@example.org")
    assert len(letters(database)) == 2


def test_an_invitation_is_no_reset_and_a_reset_no_invitation(mailing: Flask, database: Database) -> None:
    asking = Person(mailing.test_client())
    asking.get("/login/forgot")
    asking.post("/login/forgot", email="editor@example.org")
    secret = letters(database)[0].subject.rpartition("/")[2]
    assert asking.get(f"/invite/{secret}").status_code == 404


def test_without_a_relay_an_administrator_hands_a_reset_link_over(app: Flask, admin: Person) -> None:
    admin.get("/edit/people")
    assert admin.post("/edit/people/2/password").status_code == 200
    link = shown_link(admin)
    new = Person(app.test_client())
    new.get(link)
    assert new.post(link, new="four calm herons", again="four calm herons").status_code == 303
    assert new.log_in("editor@example.org", "four calm herons").status_code == 303
