"""An editor releases evidence, withholds it with a public reason, and links an archive's copy."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from scrapers.model import page_of
from tests.web.editing.conftest import WORDS, Clock, Person
from tracker.domain.words import RunState, Visibility
from tracker.services.keep_evidence import page_row, visit_of
from tracker.storage import pages
from tracker.storage.engine import Database
from tracker.storage.tables import Page, Run, Source

BODY = b"The reply of the ministry"
KEY = sha256(BODY).hexdigest()
ADDRESS = f"/edit/visibility/evidence/{KEY}"


@pytest.fixture(autouse=True)
def _read(database: Database) -> None:
    at = datetime(2026, 5, 6, 6, 30, tzinfo=UTC)
    with database.writing() as session:
        source = Source(key="gov", reader="page", address="https://gov.example/")
        session.add(source)
        session.flush()
        run = Run(source_id=source.id or 0, state=RunState.HEALTHY, started_at=at)
        session.add(run)
        session.flush()
        read = page_of(BODY, address="https://gov.example/r", fetched_at=at, content_type="text/plain")
        pages.keep_once(session, page_row(read, run, Visibility.LINK_ONLY))
        pages.keep_visits(session, [visit_of(read, run)])


def visibility(database: Database) -> Visibility:
    with database.reading() as session:
        return session.get_one(Page, KEY).visibility


def test_evidence_is_withheld_with_a_reason_and_released(admin: Person, database: Database) -> None:
    admin.get(ADDRESS)
    assert admin.post(ADDRESS, visibility="withheld", reason="").status_code == 422
    assert "Say why" in admin.page and visibility(database) is Visibility.LINK_ONLY
    assert admin.post(ADDRESS, visibility="withheld", reason="A telephone number.").status_code == 303
    assert visibility(database) is Visibility.WITHHELD
    assert "A telephone number." in admin.client.get(f"/evidence/{KEY}").get_data(as_text=True)
    assert admin.post(ADDRESS, visibility="public", reason="").status_code == 303
    assert visibility(database) is Visibility.PUBLIC
    events = admin.client.get("/events").get_data(as_text=True)
    assert "A telephone number." in events


def test_withholding_is_for_administrators_and_asks_for_the_password_after_a_while(
    editor: Person, admin: Person, clock: Clock, database: Database
) -> None:
    editor.get(ADDRESS)
    assert editor.post(ADDRESS, visibility="withheld", reason="A name.").status_code == 403
    admin.get(ADDRESS)
    clock.later(minutes=11)
    answer = admin.post(ADDRESS, visibility="withheld", reason="A name.")
    assert answer.headers["Location"].startswith("/edit/account/again")
    assert visibility(database) is Visibility.LINK_ONLY
    again = answer.headers["Location"]
    admin.get(again)
    assert admin.post(again, password="wrong").status_code == 422
    assert admin.post(again, password=WORDS, next=ADDRESS).headers["Location"] == ADDRESS
    assert admin.post(ADDRESS, visibility="withheld", reason="A name.").status_code == 303
    assert visibility(database) is Visibility.WITHHELD
    assert editor.post(ADDRESS, visibility="public", reason="").status_code == 403


def test_a_public_archives_copy_is_linked(editor: Person, database: Database) -> None:
    editor.get(ADDRESS)
    assert editor.post(f"{ADDRESS}/archive", archive_url="javascript:alert(1)").status_code == 422
    kept = editor.post(f"{ADDRESS}/archive", archive_url="https://web.archive.org/web/2026/x")
    assert kept.status_code == 303
    assert "https://web.archive.org/web/2026/x" in editor.client.get(f"/evidence/{KEY}").get_data(
        as_text=True
    )


def test_what_is_not_there_cannot_be_withheld(editor: Person) -> None:
    assert editor.get("/edit/visibility/evidence/none").status_code == 404
    assert editor.get("/edit/visibility/body/none").status_code == 404
