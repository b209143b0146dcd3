"""A verdict is read by two people: two accounts of one person are one reader, on the page and through the API."""

import pytest
from flask import Flask

from tests.services.entered import NOW
from tests.web.editing.conftest import WORDS, Person, person
from tests.web.editing.test_groups import _made
from tracker.domain.addresses import mailbox
from tracker.domain.words import UserRole
from tracker.services.grant import grant
from tracker.services.people import add_user
from tracker.storage.engine import Database
from tracker.storage.tables import Assessment


@pytest.fixture
def verdict(database: Database) -> int:
    """Given by reviewer@example.org, the third person."""
    with database.writing() as session:
        made: int = _made(session).public["assessment"]
        for name in ("reviewer+2", "Reviewer+other", "somebody"):
            add_user(session, NOW, f"{name}@example.org", UserRole.REVIEWER, "other-watch", password=WORDS)
    return made


def signed(database: Database, id_: int) -> bool:
    with database.reading() as session:
        return session.get_one(Assessment, id_).countersigned_at is not None


@pytest.mark.parametrize("name", ["reviewer", "reviewer+2", "reviewer+other"])
def test_nobody_countersigns_their_own_verdict_by_another_account(
    app: Flask, database: Database, verdict: int, name: str
) -> None:
    same: Person = person(app, name)
    address = f"/edit/assessments/{verdict}/countersign"
    same.get(address)
    assert same.post(address).status_code == 422
    with database.writing() as session:
        secret = grant(session, NOW, f"{name}@example.org").secret
    head = {"Authorization": f"Bearer {secret}"}
    answer = app.test_client().post(f"/api/v1/assessments/{verdict}/countersign", json={}, headers=head)
    assert answer.status_code == 422
    assert not signed(database, verdict)


def test_somebody_else_of_another_group_does(app: Flask, database: Database, verdict: int) -> None:
    second = person(app, "somebody")
    address = f"/edit/assessments/{verdict}/countersign"
    second.get(address)
    assert second.post(address).status_code == 303
    assert signed(database, verdict)


def test_a_mailbox_is_its_address_without_what_stands_after_a_plus_sign() -> None:
    assert mailbox("Ann+answers@Example.org") == mailbox("ann@example.org")
    assert mailbox("+odd@example.org") == "+odd@example.org"
    assert mailbox("ann@example.org") != mailbox("ann@example.com")
