"""Planning for many: all who follow one list are looked through together, in questions that do not grow with them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import event

from tests.services.told import NOW, Telling
from tracker.domain.words import Frequency
from tracker.jobs import run_once
from tracker.services.deliver import claim
from tracker.services.queue_news import queue_news
from tracker.storage import log
from tracker.storage.tables import Subscription


def follow(telling: Telling, first: int, number: int, seen: int) -> None:
    with telling.composed.database.writing() as session:
        session.add_all(
            Subscription(
                channel="email",
                address=f"reader{n}@example.org",
                address_hash=f"{n:064d}",
                list_name="overdue",
                frequency=Frequency.INSTANT,
                created_at=NOW,
                confirmed_at=NOW,
                queued_to_seq=seen,
            )
            for n in range(first, first + number)
        )


def size(telling: Telling) -> int:
    run_once("sequence", telling.composed)
    with telling.composed.database.reading() as session:
        return log.size(session)


def questions(telling: Telling) -> tuple[int, int, int]:
    """Rows planned, messages claimed, and the questions it took the database."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    database, post = telling.composed.database, telling.composed.post
    event.listen(database.engine, "before_cursor_execute", note)
    rows = queue_news(database, telling.clock)
    with database.writing() as session:
        claimed = len(claim(session, post, telling.clock()).parcels)
    event.remove(database.engine, "before_cursor_execute", note)
    return rows, claimed, len(asked)


def test_many_followers_of_a_list_take_no_more_questions_than_few(telling: Telling) -> None:
    telling.enter(2)
    before = size(telling)
    follow(telling, 0, 3, before)
    telling.happen()
    run_once("sequence", telling.composed)
    few = questions(telling)
    follow(telling, 3, 30, size(telling))
    telling.happen(which=1)
    run_once("sequence", telling.composed)
    many = questions(telling)
    assert (few[:2], many[:2]) == ((3, 3), (33, 33))
    assert many[2] <= few[2]


def test_a_digest_waits_while_another_list_of_the_same_address_is_still_being_planned(
    telling: Telling,
) -> None:
    telling.enter(2)
    telling.subscribe(frequency="daily")
    telling.subscribe(frequency="daily", list="obligations")
    telling.clock.forward(timedelta(days=1))
    telling.happen()
    run_once("sequence", telling.composed)
    database, post = telling.composed.database, telling.composed.post
    stops = iter([False, False, False, True, True, True])
    assert queue_news(database, telling.clock, lambda: next(stops, True)) == 1
    with database.writing() as session:
        assert claim(session, post, telling.clock()).parcels == []
    queue_news(database, telling.clock)
    with database.writing() as session:
        (parcel,) = claim(session, post, telling.clock()).parcels
    assert len(parcel.wanted) == 2
