"""An item's history says in plain words what was changed, what stood there before, by whom and why."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from tests.services.entered import GROUP
from tests.services.told import Clock, Inbox, Telling, site
from tracker.domain.words import Visibility
from tracker.services.revise import revise
from tracker.services.withhold import find_one, let_out, withhold
from tracker.storage.log import without_place
from tracker.storage.tables import Group, Item


@pytest.fixture
def telling(sqlite_url: str, tmp_path: Path) -> Iterator[Telling]:
    """A site with one item."""
    clock = Clock()
    composed = site(sqlite_url, clock, 9, tmp_path)
    found = Telling(composed, clock, Inbox())
    found.enter(1)
    yield found
    composed.cage.close()
    composed.database.close()


def the_item(session: Session) -> Item:
    return session.exec(select(Item)).one()


def change(telling: Telling, title: str, reason: str) -> None:
    telling.clock.forward(timedelta(days=1))
    with telling.composed.database.writing() as session:
        revise(session, telling.clock(), the_item(session), {"title": title}, reason, actor=GROUP)


def page(telling: Telling, status: int = 200) -> str:
    with telling.composed.database.reading() as session:
        address = f"/items/{the_item(session).key}/history"
    answer = telling.composed.app.test_client().get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_the_history_tells_what_stood_there_before_and_why(telling: Telling) -> None:
    change(telling, "Clean the lake", "the report says lake")
    change(telling, "Clean the lake by June", "the date was left out")
    said = page(telling)
    assert "<del>Clean the lake</del> → <ins>Clean the lake by June</ins>" in said
    assert "<ins>Clean the lake</ins>" in said
    assert "the report says lake" in said
    assert said.index("the date was left out") < said.index("the report says lake") < said.index("Entered")
    assert f"/groups/{GROUP.partition(':')[2]}" in said


def test_the_log_binds_what_stood_there_before_and_after(telling: Telling) -> None:
    change(telling, "Clean the lake", "the report says lake")
    with telling.composed.database.reading() as session:
        detail = without_place(session, 100)[-1].detail
    assert len(str(detail["before_sha256"])) == len(str(detail["after_sha256"])) == 64
    assert detail["before_sha256"] != detail["after_sha256"]


def test_words_from_before_a_thing_was_withheld_stay_out_of_its_history(telling: Telling) -> None:
    change(telling, "Zaphira was right", "a name slipped in")
    with telling.composed.database.writing() as session:
        thing = find_one(session, the_item(session).key, "item")
        withhold(session, telling.clock(), thing, "names a person", actor=GROUP)
    assert "Zaphira" not in page(telling, 410)
    change(telling, "Clean the lake", "the name is gone")
    with telling.composed.database.writing() as session:
        thing = find_one(session, the_item(session).key, "item")
        let_out(session, telling.clock(), thing, "the name is gone", actor=GROUP)
    change(telling, "Clean the lake by June", "the date was left out")
    said = page(telling)
    assert "Zaphira" not in said
    assert "names a person" in said
    assert "<del>Clean the lake</del>" in said


def test_a_draft_has_no_history(telling: Telling) -> None:
    with telling.composed.database.writing() as session:
        the_item(session).visibility = Visibility.DRAFT
    page(telling, 404)


def test_the_history_calls_a_group_by_its_public_name(telling: Telling) -> None:
    with telling.composed.database.writing() as session:
        key = GROUP.partition(":")[2]
        session.add(Group(key=key, name="The Watch of the City", created_at=telling.clock()))
    assert "The Watch of the City</a>" in page(telling)
