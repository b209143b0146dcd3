"""What somebody does who has the password, or found a browser open, and not the telephone."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from tests.web.editing.conftest import WORDS, Clock, Person, person
from tests.web.editing.test_sessions import cookie, half_in, replayed, secret_of
from tracker.domain.one_time_codes import code_at, step_of
from tracker.services import second_factor
from tracker.storage.engine import Database

ROOM = ("/edit/", "/edit/account", "/edit/items/new", "/edit/account/second-factor", "/edit/password")


@pytest.fixture
def codes(editor: Person, database: Database, clock: Clock) -> list[str]:
    """The editor has set a telephone up; the recovery codes."""
    editor.get("/edit/account")
    editor.post("/edit/account/second-factor/begin")
    secret = secret_of(database)
    editor.get("/edit/account/second-factor")
    editor.post("/edit/account/second-factor", code=code_at(secret, step_of(clock.now)))
    return re.findall(r'class="secret">([a-z0-9-]+)<', editor.page)


def test_who_skips_the_page_of_the_code_is_at_the_login_everywhere(app: Flask, codes: list[str]) -> None:
    found = half_in(app)
    for address in ROOM:
        assert found.get(address).headers["Location"].startswith("/login?"), address
    assert found.post("/edit/account/second-factor/off").headers["Location"].startswith("/login?")
    assert found.post("/edit/account/group", group="city-watch").headers["Location"].startswith("/login?")


def test_an_open_browser_and_the_password_turn_nothing_off_without_a_code(
    editor: Person, codes: list[str], clock: Clock, database: Database
) -> None:
    editor.get("/edit/account")
    for address in ("/edit/account/second-factor/off", "/edit/account/second-factor/codes"):
        for wrong in ("", "000000", "abcde-fghjk"):
            assert editor.post(address, code=wrong).status_code == 422, address
            assert "a code works once" in editor.page and "Traceback" not in editor.page
    with database.reading() as session:
        assert second_factor.has_one(session, 2)
    answer = editor.post("/edit/account/second-factor/codes", code=codes[0])
    assert answer.status_code == 200
    new = re.findall(r'class="secret">([a-z0-9-]+)<', editor.page)
    editor.get("/edit/account")
    assert editor.post("/edit/account/second-factor/off", code=codes[1]).status_code == 422
    assert editor.post("/edit/account/second-factor/off", code=new[0]).status_code == 303
    with database.reading() as session:
        assert not second_factor.has_one(session, 2)


def test_a_secret_seen_in_another_browser_is_void_when_it_is_set_up_anew(
    app: Flask, editor: Person, database: Database
) -> None:
    thief = person(app, "editor")
    thief.get("/edit/account")
    thief.post("/edit/account/second-factor/begin")
    seen = secret_of(database)
    editor.get("/edit/account")
    editor.post("/edit/account/second-factor/begin")
    assert secret_of(database) != seen
    kept = secret_of(database)
    editor.get("/edit/account/second-factor")
    editor.post("/edit/account/second-factor/begin")
    assert secret_of(database) == kept


def test_ten_wrong_codes_of_a_stranger_do_not_keep_the_owner_out(
    app: Flask, editor: Person, codes: list[str]
) -> None:
    editor.post("/logout")
    stranger = half_in(app)
    assert [stranger.post("/login/code", code="0").status_code for _ in range(11)][-1] == 429
    editor.get("/login")
    editor.post("/login", email="editor@example.org", password=WORDS)
    editor.get("/login/code")
    assert editor.post("/login/code", code=codes[2]).status_code == 303


def test_a_login_up_to_the_code_ends_the_session_that_was_there(
    app: Flask, editor: Person, codes: list[str]
) -> None:
    stolen = cookie(editor)
    editor.post("/login", email="editor@example.org", password=WORDS)
    assert replayed(app, stolen) == 303


def test_of_two_requests_with_one_code_one_is_let_in(
    app: Flask, codes: list[str], database: Database, clock: Clock
) -> None:
    clock.later(minutes=5)
    code = code_at(secret_of(database), step_of(clock.now))

    def tried(found: Person, typed: str) -> int:
        return found.post("/login/code", code=typed).status_code

    for typed in (code, codes[5]):
        found = [half_in(app) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            answers = sorted(pool.map(tried, found, [typed] * 4))
        assert answers == [303, 422, 422, 422]


def test_half_a_login_is_nobodys_after_a_new_password(
    app: Flask, editor: Person, codes: list[str], clock: Clock
) -> None:
    waiting = half_in(app)
    editor.get("/edit/password")
    editor.post("/edit/password", old=WORDS, new="four calm herons", again="four calm herons")
    assert waiting.post("/login/code", code=codes[3]).status_code == 422
