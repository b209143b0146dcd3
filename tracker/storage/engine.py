"""Engines and transactions: SQLite pragmas, PostgreSQL, `reading()` and `writing()` (the only commits)."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, Executable, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from tracker.domain.habits import Habits
from tracker.storage.prepared import ANSWERS
from tracker.storage.search_index import follow, keep_noted
from tracker.storage.version import Version
from tracker.storage.writers import Writers

BUSY_SECONDS = 10
HABITS = "habits"
Prompt = Callable[[Executable, Mapping[str, Any]], int]
"""Makes one change with these values and keeps it; how many rows changed."""


def open_engine(url: str) -> Engine:
    """An engine for SQLite (the default) or PostgreSQL, with this project's transaction habits."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(parsed, pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True)
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: Any, _entry: ConnectionPoolEntry) -> None:
    # Pages ask for a few rows by indexes. A server that takes a step in an index for four of a disk's turns reads
    # whole tables for them, and one that first compiles what it is asked takes longer to compile than to answer.
    connection.autocommit = True
    for setting in ("random_page_cost = 1.1", "jit = off"):
        connection.execute(f"SET {setting}")
    connection.autocommit = False


def _sqlite(url: str) -> Engine:
    """WAL, foreign keys, a busy timeout; transactions are begun by us, not by the driver."""
    # What is written may hold a private person's name; the log of an error must not.
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=arguments, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "synchronous=FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A read that later writes fails at once under plain BEGIN when another writer came between.
    writing = connection.get_execution_options().get("answerby_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


class Database:
    """One database; hands out sessions that read or write."""

    def __init__(self, url: str, habits: Habits | None = None) -> None:
        """Open the engine; connects lazily. Sessions carry the site's habits for settling standings."""
        self.url = url
        self.habits = habits or Habits()
        self.engine = open_engine(url)
        self._info = {HABITS: self.habits}
        self._writer = self.engine.execution_options(answerby_writing=True)
        self._writers = Writers() if self.engine.dialect.name == "sqlite" else None
        self.version = Version(self.engine)
        """The state of all that is kept, as one word."""

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that never commits; what it was asked once it need not ask again."""
        info: dict[str, Any] = {**self._info, ANSWERS: {}}
        with Session(self.engine, expire_on_commit=False, autoflush=False, info=info) as session:
            try:
                yield session
            finally:
                # What was read stays readable after the end: a rollback would empty the rows it still holds.
                session.expunge_all()
                session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: all of it is kept, or on any error none of it. Raises StillWriting."""
        session = Session(self._writer, expire_on_commit=False, info=self._info)
        follow(session)
        with self._turn(), session, session.begin():
            yield session
            keep_noted(session)

    @contextmanager
    def promptly(self) -> Iterator[Prompt]:
        """A connection for a run of single changes, each kept as soon as it is made: one way there and back."""
        with self._writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:

            def change(statement: Executable, values: Mapping[str, Any]) -> int:
                with self._turn(), connection.begin():
                    return int(connection.execute(statement, values).rowcount)

            yield change

    def _turn(self) -> AbstractContextManager[None]:
        return self._writers.turn() if self._writers else nullcontext()

    def close(self) -> None:
        """Give all connections back."""
        self.version.close()
        self.engine.dispose()


def habits_of(session: Session) -> Habits:
    """The habits of the site whose database this is."""
    habits = session.info.get(HABITS)
    return habits if isinstance(habits, Habits) else Habits()
