"""Whatever an address is asked for, it answers in a status of its own choosing, the same on both databases."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from tests.postgres import Server
from tests.web.editing.conftest import Person
from tests.web.open_site import Opened, told
from tests.whole.bad_arguments import ALLOWED, MANY, asked, readable, searches, status, well_formed
from tracker.config import Config
from tracker.domain.words import UserRole
from tracker.services import people
from tracker.services.people import add_user
from tracker.storage.engine import Database
from tracker.storage.migrate import migrate
from tracker.storage.tables import Body, Document, Item, Process
from tracker.web.app import create_app
from tracker.web.editing.throttle import limiter
from tracker.web.headers import HEADERS
from tracker.web.site import Site

EVERY_NTH = 23
FIXED = {
    "key": "city-watch",
    "topics": "health",
    "jurisdictions": "GB",
    "kinds": "coroner",
    "id": "1",
    "number": "1",
    "obligation": "1",
    "code": "GB-EAW",
    "sha256": "a" * 64,
    "token": "abc",
    "filename": "answerby.css",
    "kind": "item",
}
ADMIN, PASSWORD = "admin@example.org", "three calm herons"


@dataclass
class Side:
    """One database's site, for a stranger and for an administrator."""

    app: Flask
    stranger: FlaskClient
    admin: FlaskClient
    opened: Opened


def _side(url: str) -> Side:
    migrate(url)
    opened = told(Database(url))
    with opened.write() as session:
        add_user(session, opened.now, ADMIN, UserRole.ADMIN, "city-watch", password=PASSWORD)
    config = Config()
    config = replace(config, web=replace(config.web, secret_key="only for these tests, long enough"))
    app = create_app(Site(config, opened.database, lambda: opened.now), testing=True)
    admin = Person(app.test_client())
    assert admin.log_in(ADMIN, PASSWORD).status_code == 303
    return Side(app, app.test_client(use_cookies=False), admin.client, opened)


@pytest.fixture(scope="module")
def sides(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Side]]:
    file: Path = tmp_path_factory.mktemp("asked") / "a.db"
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "_HASHER", quick)
        found = [_side(f"sqlite:///{file}"), _side(postgres.create("bad_arguments", "template0"))]
        patch.setattr(limiter, "enabled", False)
        yield found
    for side in found:
        side.opened.database.close()
    postgres.drop("bad_arguments")


def known(side: Side) -> dict[str, str]:
    keys = {"items": Item.key, "bodies": Body.key, "processes": Process.key, "documents": Document.key}
    with side.opened.database.reading() as session:
        return FIXED | {name: str(session.exec(select(key)).first()) for name, key in keys.items()}


def wrong(pairs: list[tuple[FlaskClient, FlaskClient]], addresses: list[str]) -> list[tuple[str, object]]:
    """The addresses at which the two differ, or either fails or answers what is not of its form."""
    found: list[tuple[str, object]] = []
    for address in addresses:
        for one, other in pairs:
            (here, answer), (there, _) = status(one, address), status(other, address)
            if here != there or here not in ALLOWED:
                found.append((address[:150], (here, there)))
            elif answer is not None and well_formed(answer):
                found.append((address[:150], well_formed(answer)))
    return found


@pytest.mark.parametrize("within", [False, True])
def test_no_argument_or_segment_makes_an_error_of_ours(sides: list[Side], within: bool) -> None:
    one, other = sides
    addresses = list(asked(readable(one.app, within=within), known(one), every=False))[::EVERY_NTH]
    assert len(addresses) > 80
    clients = (one.admin, other.admin) if within else (one.stranger, other.stranger)
    assert wrong([clients], addresses) == []


def test_no_search_makes_an_error_of_ours(sides: list[Side]) -> None:
    one, other = sides
    places = ("search", "obligations.json", "bodies", "api/v1/items")
    addresses = [f"/{places[n % len(places)]}?q={typed}" for n, typed in enumerate(searches())]
    assert wrong([(one.stranger, other.stranger)], addresses) == []


@pytest.mark.parametrize("path", ["/edit/account?item=%00", "/edit/bodies/changes/1/undo?sitting=%00"])
def test_a_zero_byte_is_refused_before_anything_is_looked_up(sides: list[Side], path: str) -> None:
    for side in sides:
        answer = side.admin.get(path)
        assert answer.status_code == 400 and "holds a zero byte" in answer.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/overdue?topics=1", "text/html"),
        ("/overdue.json?topics=1", "application/json"),
        ("/overdue.atom?topics=1", "text/plain"),
        ("/overdue.csv?topics=1", "text/plain"),
        ("/api/v1/items?nope=1", "application/problem+json"),
        (f"/api/v1/items?{MANY}", "application/problem+json"),
    ],
)
def test_what_is_wrong_is_said_in_the_form_asked_for(sides: list[Side], path: str, kind: str) -> None:
    answer = sides[0].stranger.get(path)
    assert (answer.status_code, answer.mimetype) == (400, kind) and answer.get_data()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/overdue", 200),
        ("/static/answerby.css", 200),
        ("/healthz", 200),
        ("/edit/", 303),
        ("/login", 200),
        ("/overdue?topics=1", 400),
        ("/overdue.json?topics=1", 400),
        ("/nope", 404),
        ("/evidence/" + "a" * 64 + "/bytes", 404),
        ("/unsubscribe/x", 404),
    ],
)
def test_every_class_of_answer_carries_the_same_protection(sides: list[Side], path: str, code: int) -> None:
    answer = sides[0].stranger.get(path)
    assert answer.status_code == code
    answer.close()
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_who_is_named_as_host_is_repeated_nowhere(sides: list[Side]) -> None:
    named = {
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil.example",
    }
    for path in ("/", "/overdue.atom", "/overdue.json", "/calendar.ics", "/api/v1/items", "/edit/", "/nope"):
        answer = sides[0].stranger.get(path, headers=named)
        assert "evil.example" not in answer.text + str(answer.headers), path
