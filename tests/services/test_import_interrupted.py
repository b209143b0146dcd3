"""Imports that are stopped anywhere, and the same file by two editors at once: all or nothing, and nothing twice."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, func, select

from tests.services.entered import NOW
from tracker.domain.importing.mapping import read_mapping
from tracker.services.import_ordered import import_ordered, order_import
from tracker.services.import_table import Imported, import_table
from tracker.services.read_file import File
from tracker.services.read_table import TableRead, planned, read_table, table_cage
from tracker.storage import uploads
from tracker.storage.engine import Database
from tracker.storage.tables import (
    Addressee,
    Body,
    Claim,
    Event,
    ImportAct,
    ImportBatch,
    ImportKey,
    ImportUpload,
    Item,
    Obligation,
    Process,
    Response,
    Segment,
    Terms,
)

MADE = (Process, Body, Item, Addressee, Obligation, Terms, Response, Claim, Segment, Event, ImportKey)
SAID = read_mapping("""
[process]
name = "Plan"
[item]
key = "{No}"
title = "{What}"
[[addressee]]
body = "{Who}"
[deadline]
due = "{Due}"
basis = "promise"
[[response]]
text = "{Reply}"
[[claim]]
state = "{Done}"
[claim.states]
"yes" = "complete"
""")
ROWS = b"No,What,Who,Due,Reply,Done\n" + b"".join(
    b"%d,Thing %d,Ministry %d,2026-0%d-11,We will.,yes\n" % (n, n, n % 4, 1 + n % 9) for n in range(12)
)
FILE = File("plan.csv", ROWS)
POINTS = 50


class Stopped(BaseException):
    """As if the process had ended here."""


@pytest.fixture(scope="module")
def read() -> Iterator[TableRead]:
    with table_cage() as cage:
        yield read_table(cage, FILE, SAID, NOW)


def bring(database: Database, read: TableRead) -> Imported:
    with database.writing() as session:
        return import_table(session, NOW, planned(read, SAID), SAID, read, FILE, preset="table", actor="test")


def counts(database: Database) -> list[int]:
    with database.reading() as session:
        return [session.execute(select(func.count()).select_from(kind)).scalar_one() for kind in MADE]


def statements(database: Database, read: TableRead) -> int:
    """How many statements an import takes; the last is undone again."""
    seen = 0

    def note(*_: Any) -> None:
        nonlocal seen
        seen += 1

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        with pytest.raises(Stopped), database.writing() as session:
            import_table(session, NOW, planned(read, SAID), SAID, read, FILE, preset="table", actor="test")
            raise Stopped
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return seen


def stopped_at(database: Database, read: TableRead, point: int) -> None:
    left = point

    def stop(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stopped

    event.listen(database.engine, "before_cursor_execute", stop)
    try:
        with pytest.raises(Stopped):
            bring(database, read)
    finally:
        event.remove(database.engine, "before_cursor_execute", stop)


def test_an_import_that_is_stopped_at_any_of_fifty_points_leaves_nothing(
    database: Database, read: TableRead
) -> None:
    before, all_ = counts(database), statements(database, read)
    for point in {all_ * number // POINTS for number in range(POINTS)}:
        stopped_at(database, read, point)
        assert counts(database) == before
    assert bring(database, read).counts["new"] == 12
    after = counts(database)
    assert bring(database, read).act is None
    assert counts(database) == after


def test_the_same_file_by_two_editors_at_once_comes_once_and_the_second_is_told(
    database: Database, read: TableRead
) -> None:
    together, done = Barrier(2), list[Imported]()

    def go() -> None:
        together.wait()
        done.append(bring(database, read))

    editors = [Thread(target=go) for _ in range(2)]
    for one in editors:
        one.start()
    for one in editors:
        one.join()
    assert sorted(one.act is None for one in done) == [False, True]
    [told] = [one for one in done if one.act is None]
    assert told.before is not None
    with database.reading() as session:
        assert session.execute(select(func.count(col(Item.id)))).scalar_one() == 12
        assert session.execute(select(func.count(col(ImportAct.id)))).scalar_one() == 1
        assert session.execute(select(func.count(col(ImportBatch.id)))).scalar_one() == 1


def test_an_order_whose_worker_is_gone_is_begun_again_after_fifteen_minutes(database: Database) -> None:
    minute = timedelta(minutes=1)
    with database.writing() as session:
        upload = ImportUpload(
            file_name="plan.csv",
            file_sha256=sha256(ROWS).hexdigest(),
            body=ROWS,
            mapping=SAID.text,
            uploaded_at=NOW,
        )
        session.add(upload)
        session.flush()
        order_import(session, NOW, upload.id or 0, actor="test", user_id=None, owner=None)
        assert uploads.begin(session, upload.id or 0, NOW)
    assert import_ordered(database, lambda: NOW + 15 * minute, lambda: False) == 0
    assert counts(database)[0] == 0
    assert import_ordered(database, lambda: NOW + 16 * minute, lambda: False) == 1
    after = counts(database)
    assert after[2] == 12
    assert import_ordered(database, lambda: NOW + 60 * minute, lambda: False) == 0
    assert counts(database) == after
