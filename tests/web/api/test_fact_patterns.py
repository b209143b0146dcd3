"""The law of standings, tried from outside: facts in by the API, where it stands out by the API."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.api.patterns import answers, clocks, dates, looks
from tests.web.api.story import FOUNDED_ON, Pattern, Teller, moment, opened
from tests.web.open_site import Opened
from tracker.storage.engine import Database

PATTERNS = (*dates.PATTERNS, *looks.PATTERNS, *answers.PATTERNS, *clocks.PATTERNS)


@pytest.fixture(scope="module")
def teller(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teller]:
    """One site for all patterns: each has a body and an item of its own, and its own time."""
    path = tmp_path_factory.mktemp("patterns") / "answerby.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    yield opened(Opened(database, now=moment(FOUNDED_ON)))
    database.close()


@pytest.mark.parametrize("pattern", PATTERNS, ids=[pattern.name for pattern in PATTERNS])
def test_it_stands_where_the_law_says(teller: Teller, pattern: Pattern) -> None:
    told = pattern.told(teller)
    expected = {when: dict(said) for when, said in pattern.then.items()}
    shown = {when: told.seen(when) for when in expected}
    found = {when: {name: shown[when].get(name) for name in said} for when, said in expected.items()}
    assert found == expected
