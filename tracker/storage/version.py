"""The state of the database as one word: the same word means that nothing at all was written in between."""

from threading import Lock
from typing import Any

from sqlalchemy import Engine, PoolProxiedConnection

_QUESTIONS = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_current_snapshot()::text"}
"""SQLite counts what others committed since this connection was opened; of PostgreSQL's snapshots, equal words
see equal rows."""


class Version:
    """Asked on one connection that is kept for it and never writes."""

    def __init__(self, engine: Engine) -> None:
        """Connects when first asked."""
        self._engine, self._lock = engine, Lock()
        self._question = _QUESTIONS.get(engine.dialect.name, "")
        self._kept: PoolProxiedConnection | None = None
        self._asking: Any = None
        self._times = 0

    def now(self) -> str | None:
        """The word; None where the database cannot tell. Words of two connections are never the same."""
        if not self._question or _in_memory(self._engine):
            return None
        with self._lock:
            try:
                return self._ask()
            except Exception:  # noqa: BLE001 - whatever a driver raises: the page says what is wrong with the database
                self._hang_up()
                return None

    def close(self) -> None:
        """Hang up."""
        with self._lock:
            self._hang_up()

    def _ask(self) -> str:
        if self._kept is None:
            self._connect()
        self._asking.execute(self._question)
        return f"{self._times}:{self._asking.fetchone()[0]}"

    def _connect(self) -> None:
        self._times += 1
        self._kept = self._engine.raw_connection()
        driver: Any = self._kept.driver_connection
        if self._engine.dialect.name == "postgresql":
            driver.autocommit = True
        self._asking = driver.cursor()

    def _hang_up(self) -> None:
        # Its habits differ from those of the pool's connections: it does not go back among them.
        kept, self._kept, self._asking = self._kept, None, None
        if kept is not None:
            kept.invalidate()


def _in_memory(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite" and engine.url.database in (None, "", ":memory:")
