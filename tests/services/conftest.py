"""What the services' tests may ask for: a database of either kind, opened."""

from collections.abc import Iterator

import pytest

from tracker.storage.engine import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database of either kind."""
    opened = Database(database_url)
    yield opened
    opened.close()
