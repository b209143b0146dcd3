"""What is withheld is in no reminder that waits, on no stop page, in no preview of the desk, and in no timeline."""

import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from tests.services.entered import GROUP
from tests.services.reminded import Reminding, body, reminding
from tests.services.told import SECRET
from tests.web.open_site import Opened
from tracker.domain.link_tokens import Purpose, Seal
from tracker.jobs import run_once
from tracker.services.due_reminders import foreseen, unreached
from tracker.services.reminder_letter import said_of
from tracker.services.stop_reminders import opened
from tracker.services.withhold import find_one, withhold
from tracker.services.write_links import Subject, write
from tracker.storage.engine import habits_of
from tracker.storage.tables import Document, Item, Process, ReminderRound

MARK = "Zwater"
KINDS = ("item", "document", "process", "body")


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path) -> Iterator[Reminding]:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    with reminding(sqlite_url, port, tmp_path) as made:
        made.enter(MARK)
        with made.composed.database.writing() as session:
            body(session).name = MARK
        made.reach()
        made.on(date(2026, 4, 27))
        yield made


def taken_away(site: Reminding, kind: str) -> None:
    with site.composed.database.writing() as session:
        rows: dict[str, Any] = {"item": Item, "document": Document, "process": Process}
        key = body(session).key if kind == "body" else session.exec(select(rows[kind])).one().key
        withhold(session, site.clock(), find_one(session, key, kind), "a court order", actor=GROUP)


def foretold(site: Reminding) -> str:
    """What the desk says goes out, and to whom nothing can."""
    with site.composed.database.reading() as session:
        plan = habits_of(session).reminders
        assert plan is not None
        ahead = foreseen(session, site.clock(), plan)
        letters = [said_of(session, one.body, [due.line for due in one.due], one.at) for one in ahead]
        return str((letters, unreached(session, site.clock(), plan)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_reminder_that_waits_for_what_is_withheld_goes_nowhere(site: Reminding, kind: str) -> None:
    assert MARK in foretold(site)
    run_once("remind", site.composed)
    taken_away(site, kind)
    assert MARK not in foretold(site)
    assert site.work() == []
    assert site.told() == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_reminder_that_went_is_on_no_page_of_what_is_withheld(site: Reminding, kind: str) -> None:
    assert len(site.work()) == 1
    with site.composed.database.writing() as session:
        reach = session.exec(select(ReminderRound)).one().reach_id
        subject = Subject("reach", str(reach))
        token = write(session, Seal(SECRET), Purpose.REMINDERS, subject, site.clock())
        key = session.exec(select(Item)).one().key
    pages = (f"/reminders/{token}", f"/items/{key}", f"/items/{key}/history", "/events", "/events.atom")
    client = Opened(site.composed.database, site.clock()).client
    before = {page: client.get(page).get_data(as_text=True) for page in pages}
    assert MARK in before[pages[0]] and "Reminded by mail" in before[pages[1]]
    taken_away(site, kind)
    client = Opened(site.composed.database, site.clock()).client
    after = {page: client.get(page).get_data(as_text=True) for page in pages}
    if kind == "body":
        with site.composed.database.reading() as session:
            found = opened(session, token, site.clock())
        assert found is not None and found[1] == []
        assert MARK not in after[pages[0]]
    else:
        assert "Reminded by mail" not in "".join(after.values())
