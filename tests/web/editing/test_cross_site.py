"""Changes sent from other sites, methods nobody uses, and addresses that are only read."""

import hashlib

import pytest
from flask import Flask
from sqlalchemy import text

from tests.services.entered import NOW
from tests.web.editing.conftest import WORDS, Person, person
from tests.web.editing.test_groups import Things, _made, addressed
from tests.web.editing.test_roles import _value as value_of
from tests.web.editing.test_roles import guarded
from tracker.domain.words import UserRole
from tracker.services.people import add_user, make_site_admin
from tracker.storage.engine import Database
from tracker.storage.people import user_by_email
from tracker.web.access import Access, declared


@pytest.fixture
def things(database: Database) -> Things:
    with database.writing() as session:
        made = _made(session)
        add_user(session, NOW, "other-editor@example.org", UserRole.EDITOR, "other-watch", password=WORDS)
        boss = user_by_email(session, "admin@example.org")
        assert boss is not None
        make_site_admin(session, NOW, boss, True)
    return made


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example", "http://", "x"])
def test_a_form_of_another_site_is_refused_even_with_a_token(app: Flask, admin: Person, origin: str) -> None:
    for method, address, _ in guarded(app):
        if method == "POST":
            data = {"csrf_token": admin.token}
            answer = admin.client.post(address, data=data, headers={"Origin": origin})
            assert answer.status_code == 403, address
    for address in ("/login", "/login/code", "/login/forgot", "/invite/x", "/login/reset/x"):
        sent = admin.client.post(address, data={"csrf_token": admin.token}, headers={"Origin": origin})
        assert sent.status_code == 403, address


@pytest.mark.parametrize("origin", ["http://localhost", "null", "http://127.0.0.1:8000"])
def test_a_form_of_this_site_passes(editor: Person, origin: str) -> None:
    editor.get("/edit/account")
    data = {"csrf_token": editor.token}
    address = "/edit/account/sessions/end"
    assert editor.client.post(address, data=data, headers={"Origin": origin}).status_code == 303


def test_a_token_of_another_browser_is_none(app: Flask, editor: Person, admin: Person) -> None:
    answer = editor.client.post("/edit/account/sessions/end", data={"csrf_token": admin.token})
    assert answer.status_code == 400
    assert "<h1>What was sent cannot be taken as it is</h1>" in answer.text


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get"])
def test_methods_nobody_uses_do_nothing(app: Flask, things: Things, admin: Person, method: str) -> None:
    for _, address, _ in guarded(app):
        answer = admin.client.open(address, method=method)
        assert answer.status_code in ((200, 303, 404, 405) if method == "get" else (404, 405)), address


def test_head_and_options_tell_who_may_not_see_as_little_as_get(app: Flask, things: Things) -> None:
    stranger, contributor = app.test_client(), person(app, "contributor").client
    for _, address, kind in guarded(app):
        for method in ("HEAD", "OPTIONS"):
            answer = stranger.open(address, method=method)
            assert answer.status_code in (303, 405), (method, address)
            if kind is not Access.CONTRIBUTOR:
                assert contributor.open(address, method=method).status_code in (403, 405), (method, address)


def kept(database: Database) -> dict[str, str]:
    """A hash of each table; where somebody is signed in changes by signing in."""
    with database.reading() as session:
        names = [row[0] for row in session.execute(text(_TABLES))]
        return {name: _hash(session, name) for name in names if name != "login_session"}


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


def _hash(session: object, name: str) -> str:
    rows = sorted(repr(tuple(row)) for row in session.execute(text(f'SELECT * FROM "{name}"')))  # type: ignore[attr-defined]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def addresses(app: Flask, things: Things) -> list[str]:
    """Every address that is read, with things that are there and things that are not."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or declared(app, rule.endpoint) is None:
                continue
            for objects in (things.public, things.draft):
                values = addressed(rule, objects)
                if values is None and rule.arguments:
                    values = {name: value_of(rule, name) for name in rule._converters} | dict(
                        rule.defaults or {}
                    )
                found.append(app.url_for(rule.endpoint, **values or {}))
    return sorted(set(found))


@pytest.mark.parametrize("name", [None, "contributor", "editor", "reviewer", "other-editor", "admin"])
def test_reading_changes_nothing(app: Flask, database: Database, things: Things, name: str | None) -> None:
    somebody = person(app, name).client if name else app.test_client()
    before, read = kept(database), addresses(app, things)
    assert len(read) > 100
    for address in read:
        for method in ("GET", "HEAD"):
            failed = somebody.open(address, method=method).status_code >= 500
            assert not failed or address == "/healthz/worker", address  # no worker runs here, and it says so
    after = kept(database)
    assert {table for table in before if before[table] != after[table]} == set()
