"""Who may do what; every change carries its token; nothing is cached."""

from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from tests.services.entered import item
from tests.web.editing.conftest import WORDS, Person, person
from tracker.storage.engine import Database
from tracker.web.access import Access, declared

OPEN = {Access.PUBLIC, Access.TOKEN, Access.OPERATOR, Access.DOOR}
ALLOWED = {
    "contributor": {Access.CONTRIBUTOR},
    "editor": {Access.CONTRIBUTOR, Access.EDITOR},
    "reviewer": {Access.CONTRIBUTOR, Access.EDITOR, Access.REVIEWER},
    "admin": {Access.CONTRIBUTOR, Access.EDITOR, Access.REVIEWER, Access.ADMIN},
}


def _value(rule: Rule, name: str) -> Any:
    """A number where the address wants one, one of its words where it has a choice, else a key of nothing."""
    wanted = rule._converters[name]
    if isinstance(wanted, AnyConverter):
        return min(wanted.items)
    return 1 if isinstance(wanted, IntegerConverter) else "nothing-of-that-key"


def guarded(app: Flask) -> list[tuple[str, str, Access]]:
    """(method, address, access) of every guarded view."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            kind = declared(app, rule.endpoint)
            if kind is None or kind in OPEN:
                continue
            address = app.url_for(rule.endpoint, **{name: _value(rule, name) for name in rule.arguments})
            found += [(method, address, kind) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


def test_every_page_of_the_room_says_who_may_open_it(app: Flask) -> None:
    room = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/edit")]
    assert room
    assert all(declared(app, rule.endpoint) in ALLOWED["admin"] for rule in room)


def test_a_stranger_is_sent_to_the_login_from_everywhere(app: Flask) -> None:
    client = app.test_client()
    for method, address, _ in guarded(app):
        answer = client.open(address, method=method)
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/login"), address


@pytest.mark.parametrize("name", ALLOWED)
def test_a_role_opens_what_it_may_and_nothing_more(app: Flask, database: Database, name: str) -> None:
    somebody = person(app, name)
    for method, address, kind in guarded(app):
        if method == "GET":
            code = somebody.get(address).status_code
            expected = {200, 404} if kind in ALLOWED[name] else {403}
            assert code in expected, (address, code)
        elif kind not in ALLOWED[name]:
            assert somebody.post(address).status_code == 403, address


def test_a_change_without_its_token_or_from_another_site_is_refused(app: Flask, admin: Person) -> None:
    for method, address, _ in guarded(app):
        if method != "POST":
            continue
        assert admin.client.post(address, data={}).status_code == 400, address
        assert admin.client.post(address, data={"csrf_token": "made-up"}).status_code == 400, address
        crossing = {"Sec-Fetch-Site": "cross-site"}
        answer = admin.client.post(address, data={"csrf_token": admin.token}, headers=crossing)
        assert answer.status_code == 403, address


def test_the_login_needs_its_token_too(stranger: Person) -> None:
    assert stranger.client.post("/login", data={"email": "a@b.org", "password": "x"}).status_code == 400


def test_nothing_of_the_room_is_cached(stranger: Person, editor: Person) -> None:
    for answer in (stranger.get("/login"), editor.get("/edit/"), editor.get("/edit/items/new")):
        assert answer.headers["Cache-Control"] == "no-store"


def test_every_page_is_valid_html_with_one_heading_and_a_title(
    app: Flask, database: Database, admin: Person
) -> None:
    with database.writing() as session:
        key = item(session).key
    pages = [
        "/edit/",
        "/edit/items/new",
        "/edit/documents/new",
        "/edit/looks/new",
        "/edit/responses/new",
        "/edit/people",
        "/edit/password",
    ]
    pages += [
        "/edit/obligations/1/clock",
        "/edit/obligations/1/correct",
        "/edit/obligations/1/assess",
        f"/edit/items/{key}",
    ]
    for path in [*pages, *(f"/es{path}" for path in pages)]:
        assert admin.get(path).status_code == 200, path
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(admin.page)
        assert len(list(tree.iter("h1"))) == 1, path
        assert (tree.findtext(".//title") or "").strip(), path
        names = [found.get("id") for found in tree.iter() if found.get("id")]
        assert len(names) == len(set(names)), path
        labelled = {found.get("for") for found in tree.iter("label")}
        inputs = [
            f
            for kind in ("input", "select", "textarea")
            for f in tree.iter(kind)
            if f.get("type") != "hidden"
        ]
        assert [
            f.get("name") for f in inputs if f.get("id") not in labelled and not f.get("aria-label")
        ] == [], path


def test_what_people_typed_is_inert(editor: Person, database: Database) -> None:
    with database.writing() as session:
        key = item(session, title="<script>alert(1)</script>", text="<img src=x onerror=alert(1)>").key
    editor.get(f"/edit/items/{key}")
    assert "<script>alert" not in editor.page and "<img src=x" not in editor.page


def test_an_administrator_invites_shuts_out_and_lets_in(app: Flask, admin: Person) -> None:
    admin.get("/edit/people")
    assert admin.post("/edit/people", email="no", role="editor", group="city-watch").status_code == 422
    assert 'id="email-error"' in admin.page
    admin.post("/edit/people", email="new@example.org", role="editor", group="city-watch")
    link = urlsplit(admin.page.partition('class="secret">')[2].partition("<")[0]).path
    new = Person(app.test_client())
    assert new.get(link).status_code == 200 and "new@example.org" in new.page
    assert new.post(link, password=WORDS, again="others").status_code == 422
    assert new.post(link, password=WORDS, again=WORDS).status_code == 303
    assert new.get(link).status_code == 404
    assert new.log_in("new@example.org").status_code == 303
    assert admin.post("/edit/people/4/disable").status_code == 422
    assert "That is yourself" in admin.page
    admin.get("/edit/people")
    assert link not in admin.page
    assert admin.post("/edit/people/6/disable").status_code == 303
    assert new.get("/edit/").status_code == 303
