"""The demo as a site to read, loaded once."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.web.pages import Reader
from tracker.config import Config
from tracker.demo import load_demo
from tracker.domain.habits import Habits
from tracker.storage.engine import Database
from tracker.web.app import create_app
from tracker.web.site import Site

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
RECHECK_DAYS = 3650


@pytest.fixture(scope="session")
def demo_database(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The real demo data in an SQLite file."""
    file = tmp_path_factory.mktemp("demo") / "answerby.db"
    shutil.copyfile(migrated_sqlite, file)
    database = Database(f"sqlite:///{file}", Habits(14, RECHECK_DAYS, True))
    with database.writing() as session:
        load_demo(session, NOW)
    yield database
    database.close()


@pytest.fixture(scope="session")
def demo_site(demo_database: Database) -> Site:
    """The demo's site on a fixed day."""
    config = Config()
    names = replace(
        config.site,
        demo=True,
        recheck_days=RECHECK_DAYS,
        publisher="City Watch",
        contact_email="desk@example.org",
    )
    return Site(replace(config, site=names), demo_database, lambda: NOW)


@pytest.fixture(scope="session")
def demo(demo_site: Site) -> Reader:
    """A reader of the demo."""
    return Reader(create_app(demo_site, testing=True).test_client())
