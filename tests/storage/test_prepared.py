"""Statements made once read like those made anew; what one reading asked is asked anew by the next."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.services import entered
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.storage import prepared
from tracker.storage.engine import Database
from tracker.storage.lines import Moment, lines
from tracker.storage.prepared import by_indexes, made, once

NOW = entered.NOW


def test_one_reading_asks_once_and_the_next_asks_anew(sqlite_url: str) -> None:
    database, answers = Database(sqlite_url), iter((1, 2))
    with database.reading() as session:
        assert [once(session, "n", lambda: next(answers)) for _ in range(3)] == [1, 1, 1]
    with database.reading() as session:
        assert once(session, "n", lambda: next(answers)) == 2
    database.close()


def test_who_writes_is_answered_anew_each_time(sqlite_url: str) -> None:
    database, answers = Database(sqlite_url), iter((1, 2))
    with database.writing() as session:
        assert [once(session, "n", lambda: next(answers)) for _ in range(2)] == [1, 2]
    database.close()


def test_what_is_written_is_seen_by_a_prepared_statement_in_the_same_transaction(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    query = ListQuery(ListName.ALL, Filters(body="ministry-of-water"))
    with database.writing() as session:
        item = entered.item(session)
        assert [line.item_key for line in lines(session, query, Moment(NOW))] == [item.key]
        item.title = "Another title"
        assert [line.item_title for line in lines(session, query, Moment(NOW))] == ["Another title"]
    database.close()


@pytest.mark.parametrize("filters", [Filters(), Filters(body="ministry-of-water"), Filters(topic="health")])
def test_the_same_statement_serves_other_instants_and_places(database_url: str, filters: Filters) -> None:
    database = Database(database_url)
    with database.writing() as session:
        document = entered.report(session)
        for _ in range(3):
            entered.item(session, document=document, topics=("health",) if filters.topic else ())
    query = ListQuery(ListName.ALL, filters)
    with database.reading() as session:
        found = lines(session, query, Moment(NOW), order="id")
        assert len(found) == 3
        assert lines(session, query, Moment(NOW), order="id", limit=1, offset=2) == found[2:]
        assert lines(session, query, Moment(NOW), order="id", after_id=found[0].id) == found[1:]
        assert lines(session, query, Moment(NOW), order="id", ids=[found[1].id]) == [found[1]]
        before = lines(session, query, Moment(NOW - timedelta(days=3650)), order="id")
        assert [line.standing for line in before] != [line.standing for line in found]
    with database.writing() as session:
        session.execute(text("UPDATE item SET visibility = 'withheld'"))
    with database.reading() as session:
        assert lines(session, query, Moment(NOW), order="id") == []
    database.close()


def test_no_more_statements_are_kept_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST_MADE", 3)
    for number in range(10):
        assert made(("a test", number), lambda number=number: [number]) == [number]  # type: ignore[misc]
    assert len(prepared._MADE) <= 3


def test_whole_tables_are_read_again_after_what_was_found_by_indexes_alone(postgres_url: str) -> None:
    database, asked = Database(postgres_url), text("SHOW enable_seqscan")
    with database.reading() as session:
        with by_indexes(session):
            assert session.execute(asked).scalar_one() == "off"
        assert session.execute(asked).scalar_one() == "on"
    database.close()
