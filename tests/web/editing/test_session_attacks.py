"""Sessions, tokens and links of somebody who is not, or no longer, to be let in."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.services.entered import NOW
from tests.web.editing.conftest import WORDS, Clock, Person, person
from tests.web.editing.test_sessions import cookie, replayed
from tracker.domain.token_scopes import Scope
from tracker.domain.words import UserRole
from tracker.services import invite, reset
from tracker.services.grant import grant, tokens_of
from tracker.services.people import add_user, disable, enable, join_group, leave_group
from tracker.storage.engine import Database
from tracker.storage.people import group_by_key, user_by_email
from tracker.storage.tables import Group, User


def who(database: Database, email: str) -> tuple[User, Group]:
    with database.reading() as session:
        user, group = user_by_email(session, email), group_by_key(session, "city-watch")
    assert user is not None and group is not None
    return user, group


def written(app: Flask, secret: str) -> int:
    """A look sent by a program: 400 where everything but its object was in order."""
    head = {"Authorization": f"Bearer {secret}"}
    return app.test_client().post("/api/v1/checks", json={}, headers=head).status_code


@pytest.fixture
def token(database: Database) -> str:
    with database.writing() as session:
        return grant(session, NOW, "reviewer@example.org", scopes=(Scope.CHECKS,)).secret


def test_a_token_ends_with_the_membership_and_does_not_come_back(
    app: Flask, database: Database, token: str
) -> None:
    assert written(app, token) == 400
    user, group = who(database, "reviewer@example.org")
    with database.writing() as session:
        leave_group(session, NOW, session.get_one(User, user.id), group)
    assert written(app, token) == 401
    with database.writing() as session:
        join_group(session, NOW, session.get_one(User, user.id), UserRole.REVIEWER, "city-watch")
    assert written(app, token) == 401


def test_a_token_ends_when_its_owner_is_shut_out_and_does_not_come_back(
    app: Flask, database: Database, token: str
) -> None:
    user, _ = who(database, "reviewer@example.org")
    with database.writing() as session:
        disable(session, NOW, session.get_one(User, user.id))
    assert written(app, token) == 401
    with database.writing() as session:
        enable(session, session.get_one(User, user.id))
    assert written(app, token) == 401


def test_a_lost_password_ends_tokens_and_only_those_of_that_person(
    app: Flask, database: Database, token: str
) -> None:
    with database.writing() as session:
        for n in range(10):
            add_user(session, NOW, f"n{n}@example.org", UserRole.EDITOR, "city-watch", password=WORDS)
        first, tenth = (reset.write(session, NOW, f"user:{id_}") for id_ in (1, 10))
        others = grant(session, NOW, "contributor@example.org").secret
        reset.finish(session, NOW, first, "four calm herons", "four calm herons")
        assert reset.opened(session, NOW, tenth) is not None
    assert written(app, others) == 401
    assert written(app, token) == 400


def test_a_token_counts_in_the_head_only_for_its_scope_and_until_its_end(
    app: Flask, database: Database, token: str, clock: Clock
) -> None:
    for name in ("token", "access_token", "authorization"):
        answer = app.test_client().post("/api/v1/checks", json={}, query_string={name: token})
        assert answer.status_code in (400, 401) and token not in answer.get_data(as_text=True)
    with database.reading() as session:
        assert [one.used_at for one in tokens_of(session, NOW)] == [None]
    head = {"Authorization": f"Bearer {token}"}
    assert app.test_client().post("/api/v1/items", json={}, headers=head).status_code == 403
    assert app.test_client().get("/edit/", headers=head).status_code == 303
    user, _ = who(database, "reviewer@example.org")
    with database.writing() as session:
        join_group(session, NOW, session.get_one(User, user.id), UserRole.CONTRIBUTOR, "city-watch")
    assert written(app, token) == 403
    clock.now += timedelta(days=400)
    assert written(app, token) == 401


def test_a_link_or_token_of_one_purpose_opens_nothing_of_another(
    app: Flask, database: Database, token: str
) -> None:
    _, group = who(database, "editor@example.org")
    with database.writing() as session:
        links = {
            "invite": invite.invite(session, NOW, "new@example.org", UserRole.EDITOR, group).secret,
            "login/reset": reset.write(session, NOW, "user:2"),
            "api": token,
        }
    places = ("invite", "login/reset", "subscriptions", "unsubscribe", "object")
    client = app.test_client()
    for purpose, secret in links.items():
        for place in places:
            if place != purpose:
                assert client.get(f"/{place}/{secret}").status_code in (404, 410), (purpose, place)
        if purpose != "api":
            assert written(app, secret) == 401


STRANGE = [
    "",
    ".",
    "..",
    "%00",
    "a" * 5000,
    "%F0%9F%92%A9",
    "x%0A",
    "null",
    "0",
    "%27%20OR%201=1",
    "%2e%2e%2f",
]


@pytest.mark.parametrize("place", ["invite", "login/reset"])
def test_what_is_no_link_leads_nowhere(app: Flask, database: Database, place: str) -> None:
    _, group = who(database, "editor@example.org")
    with database.writing() as session:
        made = {
            "invite": invite.invite(session, NOW, "new@example.org", UserRole.EDITOR, group).secret,
            "login/reset": reset.write(session, NOW, "user:2"),
        }[place]
    near = [made[:-1], made + "A", made.swapcase(), made[::-1], f"%20{made}", f"{made}%20", f"{made}%00"]
    for secret in [*STRANGE, *near]:
        assert app.test_client().get(f"/{place}/{secret}").status_code in (404, 405, 308), secret
    assert app.test_client().get(f"/{place}/{made}").status_code == 200


def test_invitations_to_one_account_share_its_tries(app: Flask, database: Database) -> None:
    """An administrator of another group hands out link after link, to try passwords of somebody known."""
    with database.writing() as session:
        add_user(session, NOW, "boss@example.org", UserRole.ADMIN, "other-watch", password=WORDS)
        group = group_by_key(session, "other-watch")
    assert group is not None
    answers = []
    for n in range(3):
        with database.writing() as session:
            made = invite.invite(session, NOW, "editor@example.org", UserRole.EDITOR, group).secret
        stranger = Person(app.test_client())
        stranger.get(f"/invite/{made}")
        answers += [stranger.post(f"/invite/{made}", password=f"guess {n} {m}").status_code for m in range(4)]
    assert answers == [422] * 10 + [429] * 2


def test_the_page_of_a_new_password_and_of_the_old_once_more_have_ten_tries(editor: Person) -> None:
    for address, field in (("/edit/password", "old"), ("/edit/account/again", "password")):
        editor.get(address)
        sent = {field: "guess", "new": "four calm herons", "again": "four calm herons"}
        answers = [editor.post(address, **sent).status_code for _ in range(11)]
        assert set(answers[:-1]) <= {422, 429} and answers[-1] == 429, address


def test_choosing_another_group_makes_no_session_longer(app: Flask, database: Database, clock: Clock) -> None:
    user, _ = who(database, "editor@example.org")
    with database.writing() as session:
        join_group(session, NOW, session.get_one(User, user.id), UserRole.EDITOR, "other-watch")
    both = person(app, "editor")
    for n in range(33):
        clock.later(hours=10)
        both.get("/edit/account")
        key = ("city-watch", "other-watch")[n % 2]
        both.post("/edit/account/group", group=key)
    clock.later(hours=10)
    assert both.get("/edit/").status_code == 303


def test_a_cookie_from_before_another_group_was_chosen_opens_nothing(app: Flask, editor: Person) -> None:
    editor.get("/edit/account")
    stolen = cookie(editor)
    assert editor.post("/edit/account/group", group="city-watch").status_code == 303
    assert replayed(app, stolen) == 303


def test_nobody_makes_more_of_themselves(app: Flask, database: Database, editor: Person) -> None:
    editor.get("/edit/account")
    mine, _ = who(database, "editor@example.org")
    for address in (f"/edit/people/{mine.id}/role", "/edit/people"):
        sent = {"role": "admin", "group": "city-watch", "email": "more@example.org"}
        assert editor.post(address, **sent).status_code == 403
    assert (
        editor.post("/edit/account/group", group="city-watch", role="admin", site_admin="1").status_code
        == 303
    )
    editor.get("/edit/tokens")
    extra = {"role": "admin", "email": "admin@example.org", "group": "other-watch", "user_id": "4"}
    editor.post("/edit/tokens", scopes="checks", days="9", name="mine", **extra)
    with database.reading() as session:
        user = user_by_email(session, "editor@example.org")
    assert user is not None and user.site_admin_at is None
    assert urlsplit(str(editor.get("/edit/people").request.path)).path == "/edit/people"
    assert editor.get("/edit/people").status_code == 403
