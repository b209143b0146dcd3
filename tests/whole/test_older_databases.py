"""What a database held before an upgrade means the same after it."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import delete, select, update
from sqlmodel import col

from tests.services.entered import NOW, item, owing
from tests.services.queued import finding, looked, source
from tracker.storage.engine import Database
from tracker.storage.tables import Check, Document, Finding, FindingObligation, Response

VERSIONS = "tracker.storage.migrations.versions"
SITE = "https://www.judiciary.uk"
SLUG = f"{SITE}/prevention-of-future-death-reports/zaphira-quill/"
FILE = f"{SITE}/wp-content/uploads/2024/01/Zaphira-Quill-2024-0093.pdf"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def _version(name: str) -> Any:
    return import_module(f"{VERSIONS}.{name}")


def test_an_older_finding_holds_all_it_was_suggested_for(database: Database) -> None:
    with database.writing() as session:
        owed = owing(session, item(session, "ministry-of-water", "ministry-of-rivers"))
        waits = finding(session, source(session), "an answer", owed=owed[0])
        said = {"obligations": owed, "matches": [{"obligation": 999, "confidence": 0.9}], "possible": [998]}
        session.get_one(Finding, waits).suggestion = said
        session.flush()
        session.execute(delete(FindingObligation))
        _version("0006_finding_obligations")._fill(session.connection())
        held = session.execute(select(col(FindingObligation.obligation_id))).scalars()
        assert sorted(held) == sorted(owed)


def test_addresses_that_name_a_person_are_no_longer_kept(database: Database) -> None:
    with database.writing() as session:
        owed = owing(session, item(session))
        looked(session, owed[0], source(session)[1], NOW.date())
        session.execute(update(Document).values(url=SLUG, facts_source=f"{FILE} and {SITE}/guidance"))
        session.execute(
            update(Check).values(
                places=[SLUG, "The “archive”", f"{SITE}/prevention-of-future-death-reports/"]
            )
        )
        connection = session.connection()
        with Operations.context(MigrationContext.configure(connection)):
            _version("0011_named_pages").upgrade()
        document = session.execute(select(Document)).scalar_one()
        session.refresh(document)
        by_number = f"{SITE}/?post_type=pfd&s=2024-0093"
        assert (document.url, document.facts_source) == (f"{SITE}/", f"{by_number} and {SITE}/guidance")
        [check] = session.execute(select(Check)).scalars()
        session.refresh(check)
        assert check.places == [f"{SITE}/", "The “archive”", f"{SITE}/prevention-of-future-death-reports/"]
        assert session.execute(select(Response)).first() is None
