"""An item's own page says which pages are watched for its answer, and lets an editor add and take away."""

import re

import pytest
from sqlmodel import select

from tests.services.queued import ADDRESS, source
from tests.web.editing.conftest import Person
from tests.web.editing.test_entering import document, entered, ids
from tracker.storage.engine import Database
from tracker.storage.tables import Source, Watch

__all__ = ["document"]


@pytest.fixture
def address(editor: Person, database: Database, document: str) -> str:
    with database.writing() as session:
        source(session)
    made = entered(editor, document)
    editor.get(made)
    return made


def kept(database: Database) -> list[tuple[int, str, bool]]:
    with database.reading() as session:
        return [
            (one.obligation_id, one.address, one.superseded_at is None) for one in session.exec(select(Watch))
        ]


def test_a_page_is_watched_and_watched_no_longer(editor: Person, database: Database, address: str) -> None:
    [first, _] = ids(database)
    assert "No page is watched for its answer" in editor.page
    typed = {f"source-{first}": "answers", f"address-{first}": f"{ADDRESS}/7"}
    assert editor.post(f"{address}/watch/{first}", **typed).status_code == 303
    editor.get(address)
    assert "One page is watched for its answer" in editor.page and f"{ADDRESS}/7" in editor.page
    [stop] = re.findall(rf'action="([^"]+/watch/{first}/\d+/stop)"', editor.page)
    assert editor.post(stop, unwatch_reason="").status_code == 422
    assert f'id="unwatch-{first}-error"' in editor.page and 'value="Publish the river data"' in editor.page
    assert editor.post(stop, unwatch_reason="It was the wrong page.").status_code == 303
    assert kept(database) == [(first, f"{ADDRESS}/7", False)]
    editor.get(address.removeprefix("/edit"))
    assert editor.client.get("/corrections").get_data(as_text=True).count("It was the wrong page.") == 1


def test_what_is_refused_stands_beside_its_field_with_what_was_typed(
    editor: Person, database: Database, address: str
) -> None:
    [first, second] = ids(database)
    typed = {f"source-{second}": "answers", f"address-{second}": "https://elsewhere.example/7"}
    assert editor.post(f"{address}/watch/{second}", **typed).status_code == 422
    assert f'id="address-{second}-error"' in editor.page and "https://elsewhere.example/7" in editor.page
    assert f'id="address-{first}-error"' not in editor.page
    assert editor.post(f"{address}/watch/{first}").status_code == 422
    assert f'id="source-{first}-error"' in editor.page
    assert kept(database) == []


def test_nothing_is_watched_for_another_items_obligation_or_at_a_source_no_longer_read(
    editor: Person, database: Database, address: str
) -> None:
    [first, _] = ids(database)
    assert editor.post(f"{address}/watch/{first + 100}", source="answers").status_code == 404
    with database.writing() as session:
        session.exec(select(Source)).one().enabled = False
    editor.get(address)
    assert f"address-{first}" not in editor.page
    assert editor.post(f"{address}/watch/{first}", **{f"source-{first}": "answers"}).status_code == 422


def test_who_is_not_signed_in_watches_nothing(stranger: Person, database: Database, address: str) -> None:
    [first, _] = ids(database)
    answer = stranger.post(f"{address}/watch/{first}", **{f"source-{first}": "answers"})
    assert answer.status_code in (302, 303, 400, 401, 403) and kept(database) == []
