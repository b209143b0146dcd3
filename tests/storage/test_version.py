"""One word for all that is kept: equal words, equal rows."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from tracker.storage.engine import Database

CHANGE = text("INSERT INTO visits VALUES (1)")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    found = Database(database_url)
    with found.writing() as session:
        session.execute(text("CREATE TABLE visits (number INTEGER)"))
    yield found
    found.close()


def test_reading_and_waiting_leave_the_word_as_it_is(database: Database) -> None:
    before = database.version.now()
    with database.reading() as session:
        session.execute(text("SELECT count(*) FROM visits")).scalar_one()
    with database.writing() as session:
        session.execute(text("SELECT count(*) FROM visits")).scalar_one()
    assert before is not None
    assert database.version.now() == before


def test_whatever_is_written_changes_the_word(database: Database) -> None:
    words = [database.version.now()]
    for _ in range(3):
        with database.writing() as session:
            session.execute(CHANGE)
        words.append(database.version.now())
    assert len(set(words)) == 4


def test_what_another_process_writes_changes_the_word(database: Database) -> None:
    before = database.version.now()
    another = Database(database.url)
    with another.writing() as session:
        session.execute(CHANGE)
    another.close()
    assert database.version.now() != before


def test_a_word_taken_while_somebody_writes_is_not_that_of_afterwards(database: Database) -> None:
    with database.writing() as session:
        session.execute(CHANGE)
        meanwhile = database.version.now()
    assert database.version.now() != meanwhile


def test_what_is_taken_back_was_never_there(database: Database) -> None:
    before = database.version.now()
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        session.execute(CHANGE)
        _ = 1 / 0
    if database.engine.dialect.name == "sqlite":
        assert database.version.now() == before


def test_a_connection_that_broke_is_made_anew_under_other_words(database: Database) -> None:
    before = database.version.now()
    database.version._asking.close()
    assert database.version.now() is None
    after = database.version.now()
    assert after is not None
    assert after != before


def test_a_database_in_memory_has_no_word() -> None:
    database = Database("sqlite://")
    assert database.version.now() is None
    database.close()
