"""Threads of one process that write to the same SQLite database stand in line."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from tracker.storage.engine import Database
from tracker.storage.writers import StillWriting, Writers

MANY, OFTEN = 40, 5


def _count_up(database: Database) -> None:
    for _ in range(OFTEN):
        with database.writing() as session:
            found = session.execute(text("SELECT n FROM counted")).scalar_one()
            session.execute(text("UPDATE counted SET n = :n"), {"n": found + 1})


@pytest.fixture
def counted(sqlite_url: str) -> Database:
    database = Database(sqlite_url)
    with database.writing() as session:
        session.execute(text("CREATE TABLE counted (n INTEGER)"))
        session.execute(text("INSERT INTO counted VALUES (0)"))
    return database


def _found(database: Database) -> int:
    with database.reading() as session:
        return int(session.execute(text("SELECT n FROM counted")).scalar_one())


def test_many_threads_write_and_none_is_turned_away(counted: Database) -> None:
    with ThreadPoolExecutor(MANY) as threads:
        done = [threads.submit(_count_up, counted) for _ in range(MANY)]
    assert [one.exception() for one in done] == [None] * MANY
    assert _found(counted) == MANY * OFTEN


def test_readers_do_not_stand_in_line(counted: Database) -> None:
    with counted.writing() as session:
        session.execute(text("UPDATE counted SET n = 5"))
        assert _found(counted) == 0


def test_a_transaction_within_a_transaction_is_refused_at_once(counted: Database) -> None:
    with counted.writing() as outer:
        with pytest.raises(RuntimeError, match="within a transaction"), counted.writing():
            pass
        outer.execute(text("UPDATE counted SET n = 7"))
    assert _found(counted) == 7


def test_an_error_lets_the_next_one_write(counted: Database) -> None:
    with pytest.raises(ValueError, match="no"), counted.writing():
        raise ValueError("no")
    _count_up(counted)
    assert _found(counted) == OFTEN


def _lined_up(writers: Writers, act: Callable[[], None], number: int) -> threading.Thread:
    """A thread that wants to write, once it stands in line as the one of that number."""

    def write() -> None:
        with writers.turn():
            act()

    thread = threading.Thread(target=write)
    thread.start()
    while writers.waiting < number:
        threading.Event().wait(0.001)
    return thread


def test_who_came_first_writes_first() -> None:
    writers, order = Writers(), list[int]()
    with writers.turn():
        waiting = [_lined_up(writers, lambda n=n: order.append(n), n) for n in range(1, 9)]  # type: ignore[misc]
    for thread in waiting:
        thread.join()
    assert order == list(range(1, 9))


def test_whoever_waits_too_long_is_told_so_and_leaves_the_line() -> None:
    writers, told = Writers(seconds=0), list[str]()

    def write() -> None:
        try:
            with writers.turn():
                pass
        except StillWriting as error:
            told.append(str(error))

    with writers.turn():
        other = threading.Thread(target=write)
        other.start()
        other.join()
        assert writers.waiting == 0
    assert len(told) == 1
    assert "nothing of this one was kept" in told[0]
    with writers.turn():
        assert writers.waiting == 0
