"""The desk says how much waits, and shows all of it page by page."""

import pytest

from tests.services.entered import item
from tests.web.editing.conftest import Person
from tracker.storage import desk
from tracker.storage.engine import Database


def test_all_that_waits_is_counted_and_paged(
    editor: Person, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "SHOWN", 1)
    with database.writing() as session:
        item(session, "ministry-of-water", "ministry-of-rivers", title="The river data")
    editor.get("/edit/")
    assert "1 of 2" in editor.page and "Page 1 of 2" in editor.page
    assert "Ministry of Water" in editor.page and "Ministry of Rivers" not in editor.page
    assert editor.get("/edit/?page=2").status_code == 200
    assert "Ministry of Rivers" in editor.page and "Previous page" in editor.page
    for wrong in ("3", "0", "-1", "x", "9" * 30):
        assert editor.get(f"/edit/?page={wrong}").status_code == 404
