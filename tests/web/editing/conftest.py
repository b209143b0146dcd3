"""A site with its people, and browsers that keep their cookies and send the token of the page they saw."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.services.entered import NOW
from tracker.config import Config
from tracker.domain.words import UserRole
from tracker.services import people
from tracker.services.people import add_user
from tracker.storage.engine import Database
from tracker.web.app import create_app
from tracker.web.site import Site

WORDS = "three calm herons"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Person:
    """A browser with somebody in front of it."""

    client: FlaskClient
    token: str = ""
    page: str = field(default="", repr=False)

    def get(self, path: str) -> TestResponse:
        answer = self.client.get(path)
        return self._seen(answer)

    def post(self, path: str, **typed: Any) -> TestResponse:
        data = {"csrf_token": self.token} | {name.replace("__", "-"): value for name, value in typed.items()}
        return self._seen(self.client.post(path, data=data))

    def _seen(self, answer: TestResponse) -> TestResponse:
        self.page = answer.get_data(as_text=True)
        found = TOKEN.search(self.page)
        self.token = found[1] if found else self.token
        return answer

    def log_in(self, email: str, password: str = WORDS, **more: Any) -> TestResponse:
        self.get("/login")
        answer = self.post("/login", email=email, password=password, **more)
        if answer.status_code == 303:
            self.get("/edit/")
        return answer


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is slow on purpose; the cost has its own place, and is not what these tests are about."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(people, "_HASHER", quick)
    monkeypatch.setattr(people, "_NOBODY", quick.hash("nobody"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    with opened.writing() as session:
        for role in UserRole:
            add_user(session, NOW, f"{role.value}@example.org", role, "city-watch", password=WORDS)
        add_user(session, NOW, "second@example.org", UserRole.REVIEWER, "city-watch", password=WORDS)
    yield opened
    opened.close()


@pytest.fixture
def app(database: Database, clock: Clock) -> Flask:
    config = Config()
    config = replace(config, web=replace(config.web, secret_key="only for these tests, long enough"))
    return create_app(Site(config, database, clock), testing=True)


@pytest.fixture
def stranger(app: Flask) -> Person:
    return Person(app.test_client())


def person(app: Flask, name: str) -> Person:
    """Somebody logged in."""
    found = Person(app.test_client())
    assert found.log_in(f"{name}@example.org").status_code == 303
    return found


@pytest.fixture
def editor(app: Flask) -> Person:
    return person(app, "editor")


@pytest.fixture
def reviewer(app: Flask) -> Person:
    return person(app, "reviewer")


@pytest.fixture
def admin(app: Flask) -> Person:
    return person(app, "admin")
