"""Two editors who enter at the same moment: each gets a key, or a sentence where they mean the same."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from sqlmodel import Session, col, select

from tests.jobs.test_workers_beside_others import somebody_waits
from tests.services.entered import GROUP, NOW, item, owing, report
from tests.services.reminded import answer
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import ProcessKind
from tracker.services.enter_process import (
    EnterBody,
    EnterDocument,
    EnterProcess,
    enter_body,
    enter_document,
    enter_process,
)
from tracker.storage.engine import Database
from tracker.storage.tables import Body, Document, Item, Process, Response


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


Act = Callable[[Session], object]


def at_once(database: Database, first: Act, second: Act) -> list[NotAccepted]:
    """The second begins before the first is kept; what the second was refused."""
    refused: list[NotAccepted] = []

    def enters() -> None:
        try:
            with database.writing() as other:
                second(other)
        except NotAccepted as why:
            refused.append(why)

    thread = Thread(target=enters)
    with database.writing() as session:
        first(session)
        thread.start()
        if database.engine.dialect.name == "postgresql":
            somebody_waits(database)
    thread.join(30)
    return refused


def keys(database: Database, table: type[Process | Document | Body]) -> list[str]:
    with database.reading() as session:
        return list(session.exec(select(table.key).order_by(col(table.id))).all())


def a_process(key: str = "") -> Act:
    said = EnterProcess(name="A panel", kind=ProcessKind.CITIZENS_ASSEMBLY, jurisdiction="GB", key=key)
    return lambda session: enter_process(session, NOW, said, actor=GROUP)


def a_body(name: str, key: str = "") -> Act:
    said = EnterBody(name=name, jurisdiction="GB", key=key)
    return lambda session: enter_body(session, NOW, said, actor=GROUP)


def test_two_processes_of_one_name_get_a_key_each(database: Database) -> None:
    assert at_once(database, a_process(), a_process()) == []
    assert keys(database, Process) == ["a-panel", "a-panel-2"]


def test_two_documents_of_one_title_get_a_key_each(database: Database) -> None:
    with database.writing() as session:
        a_process()(session)
    said = EnterDocument(process="a-panel", title="Report")

    def enter(session: Session) -> object:
        return enter_document(session, NOW, said, actor=GROUP)

    assert at_once(database, enter, enter) == []
    assert keys(database, Document) == ["a-panel-report", "a-panel-report-2"]


def test_two_bodies_whose_names_make_one_key_get_a_key_each(database: Database) -> None:
    assert at_once(database, a_body("Água"), a_body("Agua!")) == []
    assert keys(database, Body) == ["agua", "agua-2"]


def test_a_name_that_means_the_number_of_another_key_gets_its_own(database: Database) -> None:
    with database.writing() as session:
        a_body("Agua")(session)
    assert at_once(database, a_body("Água."), a_body("Agua 2")) == []
    assert keys(database, Body) == ["agua", "agua-2", "agua-2-2"]


def test_the_second_to_enter_the_same_body_is_told_that_it_is_there(database: Database) -> None:
    (refused,) = at_once(database, a_body("Agua"), a_body("Agua"))
    assert refused.refusals[0].field == "name"
    assert keys(database, Body) == ["agua"]


def test_the_second_to_choose_the_same_key_is_told_that_it_is_taken(database: Database) -> None:
    for kind in (a_process, lambda key: a_body(f"Body {len(keys(database, Body))}", key)):
        (refused,) = at_once(database, kind("chosen"), kind("chosen"))
        assert {one.field for one in refused.refusals} >= {"key"}


def test_two_who_enter_at_once_get_a_number_each(database: Database) -> None:
    with database.writing() as session:
        document = report(session)

    at_once(
        database,
        lambda session: item(session, document=document, title="The first"),
        lambda session: item(session, document=document, title="The second"),
    )
    with database.reading() as session:
        found = session.exec(select(Item.number, Item.title).order_by(col(Item.number))).all()
    assert found == [(1, "The first"), (2, "The second")]


def test_two_responses_of_a_body_logged_at_once_get_a_key_each(database: Database) -> None:
    with database.writing() as session:
        document = report(session)
        first, second = (
            owing(session, item(session, document=document, title=title))[0] for title in ("One", "Two")
        )

    at_once(
        database, lambda session: answer(session, first, NOW), lambda session: answer(session, second, NOW)
    )
    with database.reading() as session:
        assert len(set(session.exec(select(Response.key)).all())) == 2
