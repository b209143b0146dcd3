"""Two editors who enter into the same report at the same moment both get their item."""

from collections.abc import Iterator
from threading import Thread

import pytest
from sqlmodel import col, select

from tests.jobs.test_workers_beside_others import somebody_waits
from tests.services.entered import item, report
from tracker.storage.engine import Database
from tracker.storage.tables import Item


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
