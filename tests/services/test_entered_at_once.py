"""Two editors who enter into the same report at the same moment both get their item."""

from collections.abc import Iterator
from threading import Thread

import pytest
from sqlmodel import col, select

from tests.jobs.test_workers_beside_others import somebody_waits
from tests.services.entered import NOW, item, owing, report
from tests.services.reminded import answer
from tracker.storage.engine import Database
from tracker.storage.tables import Item, Response


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    opened = Database(postgres_url)
    yield opened
    opened.close()


def test_two_who_enter_at_once_get_a_number_each(database: Database) -> None:
    with database.writing() as session:
        document = report(session)

    def entered() -> None:
        with database.writing() as other:
            item(other, document=document, title="The second")

    thread = Thread(target=entered)
    with database.writing() as session:
        item(session, document=document, title="The first")
        thread.start()
        somebody_waits(database)
    thread.join(30)
    with database.reading() as session:
        found = session.exec(select(Item.number, Item.title).order_by(col(Item.number))).all()
    assert found == [(1, "The first"), (2, "The second")]


def test_two_responses_of_a_body_logged_at_once_get_a_key_each(database: Database) -> None:
    with database.writing() as session:
        document = report(session)
        first, second = (
            owing(session, item(session, document=document, title=title))[0] for title in ("One", "Two")
        )

    def logged() -> None:
        with database.writing() as other:
            answer(other, second, NOW)

    thread = Thread(target=logged)
    with database.writing() as session:
        answer(session, first, NOW)
        thread.start()
        somebody_waits(database)
    thread.join(30)
    with database.reading() as session:
        assert len(set(session.exec(select(Response.key)).all())) == 2
