"""The names in an address, a form or an object handed in, swapped for another group's: each is refused."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlmodel import Session, col

from tests.services import queued
from tests.services.entered import NOW
from tests.web.editing.conftest import WORDS, Person, person
from tests.web.editing.test_groups import Things, _made
from tracker.domain.importing.plan import Plan
from tracker.domain.token_scopes import Scope
from tracker.domain.words import FindingState, ProcessKind, UserRole
from tracker.services.enter_process import EnterDocument, EnterProcess, enter_document, enter_process
from tracker.services.grant import grant
from tracker.services.group_settings import give_process
from tracker.services.import_compare import Comparison
from tracker.services.import_table import insist_on_owner
from tracker.services.people import add_user
from tracker.storage.engine import Database
from tracker.storage.entries import id_of, process_by_key
from tracker.storage.imports import on_record
from tracker.storage.people import group_by_key
from tracker.storage.tables import Finding, ImportAct, ImportBatch, Item

OTHER = "group:other-watch"


@pytest.fixture
def things(database: Database) -> Things:
    """What City watch owns; the other group has people and a process and document of its own."""
    with database.writing() as session:
        made = _made(session)
        for role in UserRole:
            add_user(session, NOW, f"other-{role}@example.org", role, "other-watch", password=WORDS)
        said = EnterProcess(name="Other plan", kind=ProcessKind.ACTION_PLAN, key="other-plan")
        process = enter_process(session, NOW, said, actor=OTHER)
        enter_document(
            session,
            NOW,
            EnterDocument(process=process.key, title="Other report", key="other-report"),
            actor=OTHER,
        )
    return made


@pytest.fixture
def theirs(app: Flask, things: Things) -> Person:
    somebody = person(app, "other-admin")
    somebody.get("/edit/")
    return somebody


def spelled(name: object) -> list[str]:
    """Ways of writing a name that a view may understand."""
    return [f"{name}", f" {name}", f"{name}\n", f"\t{name} "]


def test_a_name_with_blanks_around_it_is_the_same_name(theirs: Person, things: Things) -> None:
    for document in spelled(things.public["document"]):
        sent = {"document": document, "title": "Ours?", "body__1": "ministry-of-rivers", "nodate": "1"}
        assert theirs.post("/edit/items/new", **sent).status_code == 403, repr(document)
    for process in spelled(things.public["process"]):
        answer = theirs.post("/edit/documents/new", process=process, title="Ours?")
        assert answer.status_code == 403, repr(process)


@pytest.mark.parametrize("form", ["{}", " {} ", "/items/{}", "https://answers.example.org/items/{}/"])
def test_a_correction_names_an_item_of_ones_own_group(theirs: Person, things: Things, form: str) -> None:
    named = form.format(things.public["item"])
    answer = theirs.post("/edit/corrections", item=named, text="They were wrong.")
    assert answer.status_code == 403, named


def shown_by_everybodys_source(database: Database, **said: Any) -> int:
    with database.writing() as session:
        return queued.finding(session, queued.source(session), "an answer", **said)


def test_the_parts_of_a_finding_are_about_ones_own_obligations(
    theirs: Person, things: Things, database: Database
) -> None:
    waits = shown_by_everybodys_source(database)
    sent = {"rows": "2", "title__1": "one", "kind__1": "response", "title__2": "two", "kind__2": "update"}
    for owed, code in ((things.public["obligation"], 403), (things.draft["obligation"], 404)):
        answer = theirs.post(f"/edit/review/{waits}/split", **sent, obligation__1=str(owed))
        assert answer.status_code == code
    answer = theirs.post(f"/edit/review/{waits}/split", find="1", obligation__2=things.draft["obligation"])
    assert "Not yet public" not in theirs.page


def test_taking_a_finding_over_as_suggested_needs_the_right_to_all_it_would_change(
    theirs: Person, things: Things, database: Database
) -> None:
    waits = shown_by_everybodys_source(database, kind="update", item=things.public["item"])
    assert theirs.get(f"/edit/review/{waits}").status_code == 200
    assert theirs.post(f"/edit/review/{waits}/accept").status_code == 403
    with database.reading() as session:
        assert session.get_one(Finding, waits).state is FindingState.OPEN


def test_a_decision_is_undone_by_who_may_still_change_what_it_made(
    app: Flask, things: Things, database: Database
) -> None:
    waits = shown_by_everybodys_source(database, kind="update", item=things.public["item"])
    editor = person(app, "editor")
    editor.get(f"/edit/review/{waits}")
    assert editor.post(f"/edit/review/{waits}/accept").status_code == 303
    with database.writing() as session:
        give_process(session, NOW, things.public["process"], "other-watch", 4)
    editor.get("/edit/review/undo")
    assert editor.post("/edit/review/undo", reason="No.").status_code == 403


def test_an_import_is_known_by_its_own_number(theirs: Person, things: Things, database: Database) -> None:
    """The batch of another number belongs to the one who looks: that opens nothing."""
    with database.writing() as session:
        groups = {one: _group_id(session, one) for one in ("city-watch", "other-watch")}
        batches = [
            ImportBatch(preset="table", file_name=f"{at}.csv", group_id=groups[at], started_at=NOW)
            for at in ("other-watch", "city-watch")
        ]
        session.add_all(batches)
        session.flush()
        acts = [
            ImportAct(
                batch_id=id_of(batches[1]), mapping="secret = 1", actor="group:city-watch", made_at=NOW
            ),
            ImportAct(batch_id=id_of(batches[0]), mapping="own = 1", actor=OTHER, made_at=NOW),
        ]
        for act in acts:
            session.add(act)
            session.flush()
        city, own = (act.id for act in acts)
    for path in (f"/edit/imports/{city}", f"/edit/imports/{city}/mapping.toml"):
        assert theirs.get(path).status_code == 403, path
    assert theirs.get(f"/edit/imports/{own}").status_code == 200
    theirs.get("/edit/imports")
    assert "city-watch.csv" not in theirs.page


def _group_id(session: Session, key: str) -> int:
    found = group_by_key(session, key)
    assert found is not None and found.id is not None
    return found.id


def token_of(database: Database, email: str) -> dict[str, str]:
    with database.writing() as session:
        made = grant(session, NOW, email, scopes=tuple(Scope))
    return {"Authorization": f"Bearer {made.secret}"}


def test_the_api_puts_nothing_under_another_groups_item(
    app: Flask, things: Things, database: Database
) -> None:
    head, client = token_of(database, "other-admin@example.org"), app.test_client()
    said = {
        "document": "other-report",
        "title": "A child",
        "addressees": [{"body": "ministry-of-water"}],
        "basis": "request",
    }
    for field, key, code in (
        ("parent", things.public["item"], 403),
        ("parent", things.draft["item"], 404),
        ("repeats", things.draft["item"], 404),
        ("repeats", things.public["item"], 201),
    ):
        answer = client.post("/api/v1/items", json={**said, field: key}, headers=head)
        assert answer.status_code == code, (field, key, answer.get_data(as_text=True))
    with database.reading() as session:
        assert set(session.execute(select(col(Item.parent_id))).scalars()) == {None}


def test_a_sitting_over_another_groups_draft_is_none(theirs: Person, things: Things) -> None:
    page = f"/edit/obligations/{things.public['obligation']}/assess?sitting={things.public['response']}"
    assert theirs.get(page).status_code == 200


def test_a_process_of_nobody_is_imported_into_by_the_first_group(things: Things, database: Database) -> None:
    with database.writing() as session:
        process = process_by_key(session, things.public["process"])
        assert process is not None
        process.group_id = None
    with database.reading() as session:
        first, other = (_group_id(session, key) for key in ("city-watch", "other-watch"))
        known = on_record(session, [things.public["process"]])
        said = {owner: Comparison(Plan()) for owner in (first, other)}
        for owner, found in said.items():
            insist_on_owner(session, found, known, owner)
    assert (len(said[first].problems), len(said[other].problems)) == (0, 1)
