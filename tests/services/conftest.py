"""What the services' tests may ask for: a database of either kind, a site that mails, a register that is read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scrapers.cage import Cage
from tests.services.register import Clock as CollectingClock
from tests.services.register import Collecting, running_register, with_recordings
from tests.services.told import Telling, telling_site
from tracker.storage.engine import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database of either kind."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    """Where pages are read; the same for all tests of a file."""
    with Cage() as opened:
        yield opened


@pytest.fixture
def collecting(database: Database, cage: Cage) -> Iterator[Collecting]:
    """A register whose recorded pages were read once."""
    with running_register() as register:
        made = Collecting(database, with_recordings(register), cage, CollectingClock())
        made.source()
        made.collect()
        yield made


@pytest.fixture
def telling(database_url: str, tmp_path: Path) -> Iterator[Telling]:
    """A site on a fresh database of either kind, with a clock that stands still and a real relay."""
    with telling_site(database_url, tmp_path) as made:
        yield made


@pytest.fixture
def telling_on_postgres(postgres_url: str, tmp_path: Path) -> Iterator[Telling]:
    """The same on PostgreSQL, where several write at once."""
    with telling_site(postgres_url, tmp_path) as made:
        yield made


@pytest.fixture
def subscribed(telling: Telling) -> Telling:
    """Three obligations, and somebody who wants all that is overdue at once."""
    telling.enter(3)
    telling.subscribe()
    return telling
