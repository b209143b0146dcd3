"""Login, logout, sessions: nothing of a session outlives its end."""

import csv

import pytest
from flask import Flask

from tests.shared import shared
from tests.web.editing.conftest import WORDS, Clock, Person, person
from tracker.domain.words import UserRole
from tracker.services.people import disable, join_group
from tracker.storage.engine import Database
from tracker.storage.people import user_by_email
from tracker.web.safe_next import next_address


def test_somebody_with_the_right_password_lands_on_the_desk(stranger: Person) -> None:
    answer = stranger.log_in("editor@example.org")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/edit/")
    assert "City watch" in stranger.page


def test_unknown_address_and_wrong_password_read_the_same(stranger: Person) -> None:
    pages = []
    for email in ("editor@example.org", "nobody@example.org"):
        answer = stranger.log_in(email, "wrong words here")
        assert answer.status_code == 422
        pages.append(stranger.page.replace(email, "").replace(stranger.token, ""))
    assert pages[0] == pages[1]
    assert "wrong words here" not in pages[0]


def test_the_eleventh_try_at_an_account_is_refused_but_not_to_its_owners_browser(app: Flask) -> None:
    owner = person(app, "editor")
    owner.post("/logout")
    attacker = Person(app.test_client())
    codes = [attacker.log_in("editor@example.org", "guess").status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]
    assert owner.log_in("editor@example.org").status_code == 303


def test_a_network_has_thirty_tries_over_all_accounts(app: Flask) -> None:
    attacker = Person(app.test_client())
    codes = [attacker.log_in(f"n{n}@example.org", "guess").status_code for n in range(31)]
    assert codes[-1] == 429 and set(codes[:-1]) == {422}


def test_the_session_of_before_the_login_is_gone_after_it(app: Flask) -> None:
    found = Person(app.test_client())
    found.get("/login")
    with found.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    found.log_in("editor@example.org")
    with found.client.session_transaction() as session:
        assert "planted" not in session


def _cookie(found: Person) -> str:
    cookie = found.client.get_cookie("answerby")
    assert cookie is not None
    return cookie.value


def _replayed(app: Flask, value: str) -> int:
    thief = app.test_client()
    thief.set_cookie("answerby", value)
    return thief.get("/edit/").status_code


def test_a_cookie_replayed_after_the_logout_opens_nothing(app: Flask, editor: Person) -> None:
    stolen = _cookie(editor)
    assert _replayed(app, stolen) == 200
    assert editor.post("/logout").status_code == 303
    assert _replayed(app, stolen) == 303


def test_a_new_password_ends_every_session(app: Flask, editor: Person) -> None:
    stolen = _cookie(editor)
    editor.get("/edit/password")
    assert (
        editor.post("/edit/password", old=WORDS, new="four calm herons", again="four calm").status_code == 422
    )
    answer = editor.post("/edit/password", old=WORDS, new="four calm herons", again="four calm herons")
    assert answer.status_code == 303
    assert _replayed(app, stolen) == 303
    assert editor.log_in("editor@example.org", "four calm herons").status_code == 303


def test_somebody_shut_out_or_given_another_role_is_out_at_once(
    app: Flask, database: Database, editor: Person, clock: Clock
) -> None:
    with database.writing() as session:
        user = user_by_email(session, "editor@example.org")
        assert user is not None
        join_group(session, clock.now, user, UserRole.REVIEWER, "city-watch")
    assert editor.get("/edit/").status_code == 303
    again = person(app, "editor")
    with database.writing() as session:
        user = user_by_email(session, "editor@example.org")
        assert user is not None
        disable(session, clock.now, user)
    assert again.get("/edit/").status_code == 303
    assert Person(app.test_client()).log_in("editor@example.org").status_code == 422


def test_a_session_ends_when_idle_and_ends_in_any_case(editor: Person, clock: Clock) -> None:
    clock.later(hours=11.9)
    assert editor.get("/edit/").status_code == 200
    clock.later(hours=12.1)
    assert editor.get("/edit/").status_code == 303


def test_a_session_in_use_ends_after_fourteen_days(editor: Person, clock: Clock) -> None:
    codes = []
    for _ in range(34):
        clock.later(hours=10)
        codes.append(editor.get("/edit/").status_code)
    assert codes == [200] * 33 + [303]


def test_logout_is_no_link(editor: Person) -> None:
    assert editor.get("/logout").status_code == 405
    assert editor.get("/edit/").status_code == 200


def test_options_runs_no_view(stranger: Person) -> None:
    answer = stranger.client.options("/edit/people")
    assert answer.status_code in (200, 303)
    assert "@example.org" not in answer.get_data(as_text=True)


def next_params() -> list[tuple[bool, str]]:
    with shared("data", "badinputs", "urls", "next_params.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [(row[0] == "1", row[1].encode().decode("unicode_escape")) for row in rows]


@pytest.mark.parametrize(("safe", "wanted"), next_params())
def test_next_leads_to_pages_of_this_site_only(safe: bool, wanted: str) -> None:
    assert next_address(wanted, "/edit/") == (wanted if safe else "/edit/")


@pytest.mark.parametrize("wanted", ["/edit/people", "/es/edit/items/new?document=a"])
def test_after_the_login_one_is_where_one_wanted_to_go(stranger: Person, wanted: str) -> None:
    answer = stranger.client.get(wanted)
    stranger.get(answer.headers["Location"])
    path = "/es/login" if wanted.startswith("/es") else "/login"
    answer = stranger.post(path, email="admin@example.org", password=WORDS, next=wanted)
    assert answer.headers["Location"] == wanted


@pytest.mark.parametrize(
    "wanted", ["//evil.invalid", "https:evil", "/\\evil.invalid", "/logout", "/es/login"]
)
def test_a_login_leads_nowhere_else(stranger: Person, wanted: str) -> None:
    assert stranger.log_in("editor@example.org", next=wanted).headers["Location"] == "/edit/"
