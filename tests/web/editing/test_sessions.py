"""Sessions end where they should, and nowhere else; the code of a telephone works once."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from tests.web.editing.conftest import WORDS, Clock, Person, person
from tracker.config import Config
from tracker.domain.one_time_codes import code_at, step_of
from tracker.storage import second_factors
from tracker.storage.engine import Database
from tracker.storage.people import user_by_email
from tracker.storage.tables import User
from tracker.web.app import create_app
from tracker.web.site import Site


def cookie(found: Person) -> str:
    kept = found.client.get_cookie("answerby")
    assert kept is not None
    return kept.value


def replayed(app: Flask, value: str) -> int:
    thief = app.test_client()
    thief.set_cookie("answerby", value)
    return thief.get("/edit/").status_code


def test_a_logout_ends_this_session_and_no_other(app: Flask, editor: Person) -> None:
    other = person(app, "editor")
    stolen = cookie(editor)
    editor.post("/logout")
    assert replayed(app, stolen) == 303
    assert other.get("/edit/").status_code == 200


def test_all_other_sessions_are_ended_at_once(app: Flask, editor: Person) -> None:
    other = person(app, "editor")
    editor.get("/edit/account")
    assert editor.page.count(">Since ") == 2 and editor.page.count("this one") == 1
    assert editor.post("/edit/account/sessions/end").status_code == 303
    assert other.get("/edit/").status_code == 303
    assert editor.get("/edit/").status_code == 200


def test_a_login_over_a_login_leaves_the_old_cookie_worthless(app: Flask, editor: Person) -> None:
    stolen = cookie(editor)
    with editor.client.session_transaction() as session:
        token = session.get("csrf_token")
    assert token
    editor.post("/login", email="reviewer@example.org", password=WORDS)
    assert replayed(app, stolen) == 303


def test_no_cookie_stays_behind_that_remembers_somebody(editor: Person) -> None:
    assert editor.client.get_cookie("remember_token") is None


def test_options_and_head_of_a_guarded_page_tell_a_stranger_nothing(stranger: Person) -> None:
    for method in ("OPTIONS", "HEAD"):
        answer = stranger.client.open("/edit/people", method=method)
        assert "@example.org" not in answer.get_data(as_text=True)
        assert answer.status_code in (200, 303)


def test_on_an_https_site_the_cookie_is_bound_to_the_host(database: Database, clock: Clock) -> None:
    config = Config()
    config = replace(
        config,
        web=replace(config.web, secret_key="only for these tests, long enough"),
        site=replace(config.site, base_url="https://answers.example.org"),
    )
    client = create_app(Site(config, database, clock), testing=True).test_client()
    sent = client.get("/login", base_url="https://answers.example.org").headers["Set-Cookie"]
    assert sent.startswith("__Host-answerby=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(sent.split("; "))


def secret_of(database: Database, email: str = "editor@example.org") -> str:
    with database.reading() as session:
        user = user_by_email(session, email)
        assert user is not None and user.id is not None
        found = second_factors.of(session, user.id)
        assert found is not None
        return found.secret


@pytest.fixture
def codes(editor: Person, database: Database, clock: Clock) -> list[str]:
    """The editor has set a telephone up; the recovery codes."""
    editor.get("/edit/account/second-factor")
    editor.post("/edit/account/second-factor/begin")
    editor.get("/edit/account/second-factor")
    secret = secret_of(database)
    assert "otpauth://totp/" in editor.page and secret in editor.page
    assert editor.post("/edit/account/second-factor", code="000 000").status_code == 422
    answer = editor.post("/edit/account/second-factor", code=code_at(secret, step_of(clock.now)))
    assert answer.status_code == 200
    return re.findall(r'class="secret">([a-z0-9-]+)<', editor.page)


def half_in(app: Flask) -> Person:
    found = Person(app.test_client())
    found.get("/login")
    answer = found.post("/login", email="editor@example.org", password=WORDS)
    assert answer.headers["Location"] == "/login/code"
    found.get("/login/code")
    return found


def test_the_password_alone_opens_nothing(app: Flask, codes: list[str]) -> None:
    assert half_in(app).get("/edit/").status_code == 303


def test_a_code_lets_in_once_with_a_clock_half_a_minute_off(
    app: Flask, codes: list[str], database: Database, clock: Clock
) -> None:
    clock.later(minutes=5)
    secret, step = secret_of(database), step_of(clock.now)
    for wrong in (code_at(secret, step - 2), code_at(secret, step + 2)):
        assert half_in(app).post("/login/code", code=wrong).status_code == 422
    assert half_in(app).post("/login/code", code=code_at(secret, step - 1)).status_code == 303
    assert half_in(app).post("/login/code", code=code_at(secret, step - 1)).status_code == 422
    ahead = half_in(app)
    assert ahead.post("/login/code", code=code_at(secret, step + 1)).status_code == 303
    assert ahead.get("/edit/").status_code == 200
    assert half_in(app).post("/login/code", code=code_at(secret, step)).status_code == 422


def test_each_of_ten_recovery_codes_lets_in_once(app: Flask, codes: list[str]) -> None:
    assert len(set(codes)) == 10
    assert half_in(app).post("/login/code", code=codes[0].upper()).status_code == 303
    assert half_in(app).post("/login/code", code=codes[0]).status_code == 422
    assert half_in(app).post("/login/code", code=codes[1]).status_code == 303


def test_ten_wrong_codes_are_all(app: Flask, codes: list[str]) -> None:
    found = half_in(app)
    answers = [found.post("/login/code", code="000000").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_half_a_login_is_over_after_five_minutes(app: Flask, codes: list[str], clock: Clock) -> None:
    found = half_in(app)
    clock.later(minutes=6)
    assert found.post("/login/code", code=codes[0]).headers["Location"] == "/login"


def test_an_administrator_turns_the_code_off_for_who_lost_everything(
    app: Flask, codes: list[str], admin: Person
) -> None:
    admin.get("/edit/people")
    assert admin.post("/edit/people/2/factor").status_code == 303
    assert person(app, "editor").get("/edit/").status_code == 200


def test_where_it_is_required_whoever_can_publish_sets_it_up_first(database: Database, clock: Clock) -> None:
    config = Config()
    config = replace(
        config,
        web=replace(config.web, secret_key="only for these tests, long enough"),
        site=replace(config.site, second_factor="required"),
    )
    app = create_app(Site(config, database, clock), testing=True)
    assert person(app, "contributor").get("/edit/").status_code == 200
    editor = person(app, "editor")
    assert editor.get("/edit/items/new").headers["Location"].startswith("/edit/account/second-factor")
    assert editor.get("/edit/account/second-factor").status_code == 200
    assert editor.post("/logout").status_code == 303


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, SHA-1, last six of the eight digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    times = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
    assert {second: code_at(secret, second // 30) for second in times} == times


def test_no_hash_of_a_password_or_secret_is_on_a_page(
    editor: Person, codes: list[str], database: Database
) -> None:
    editor.get("/edit/account")
    with database.reading() as session:
        user = session.get_one(User, 2)
    assert secret_of(database) not in editor.page and user.password_hash not in editor.page
