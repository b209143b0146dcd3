"""The demo, loaded once for all tests that only look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.demo.showing import NOW
from tracker.demo import load_demo
from tracker.domain.habits import Habits
from tracker.storage.engine import Database


@pytest.fixture(scope="package")
def loaded(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Session]:
    """The demo in an embedded database, as `answerby demo` fills it."""
    path = tmp_path_factory.mktemp("demo") / "answerby.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    database = Database(f"sqlite:///{path}", Habits(recheck_days=3650))
    with database.writing() as session:
        load_demo(session, NOW)
    with database.reading() as session:
        yield session
    database.close()
