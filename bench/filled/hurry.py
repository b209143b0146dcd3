"""Filling whole tables at once: without triggers, and with the indexes made afterwards. For a bench only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event, text

from tracker.storage.count_triggers import keep_counts, stop_counting
from tracker.storage.engine import Database

_CARELESS = ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-1000000")


@contextmanager
def hurried(database: Database) -> Iterator[Connection]:
    """One transaction that a broken machine would not survive, and that counts nothing."""
    sqlite = database.engine.dialect.name == "sqlite"
    database.engine.dispose()
    if sqlite:
        event.listen(database.engine, "connect", _carelessly)
    try:
        with database.engine.execution_options(answerby_writing=True).begin() as connection:
            stop_counting(connection)
            if not sqlite:
                for setting in ("session_replication_role = replica", "work_mem = '256MB'"):
                    connection.exec_driver_sql(f"SET {setting}")
            yield connection
            keep_counts(connection)
    finally:
        if sqlite:
            event.remove(database.engine, "connect", _carelessly)
        database.engine.dispose()


def _carelessly(connection: Any, _entry: object) -> None:
    for pragma in _CARELESS:
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def without_indexes(connection: Connection) -> Iterator[None]:
    """What is filled meanwhile is sorted into the indexes once, at the end."""
    made = connection.execute(text(_INDEXES[connection.dialect.name])).all()
    for name, _ in made:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    for _, statement in made:
        connection.exec_driver_sql(statement)


_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": """SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND NOT EXISTS (
        SELECT 1 FROM pg_constraint WHERE conname = indexname)""",
}
