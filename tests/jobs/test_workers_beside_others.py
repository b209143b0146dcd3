"""Workers beside writers and beside each other, on PostgreSQL, where transactions overlap."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from threading import Thread

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from tests.services.entered import GROUP, item, owing
from tracker.config import SourceConfig
from tracker.domain.words import ClockEntryKind, EventKind, Standing
from tracker.services.keep_sources import keep_sources
from tracker.services.settle import settle
from tracker.services.sweep import next_to_sweep, sweep
from tracker.storage.engine import Database
from tracker.storage.tables import ClockEntry, Event, Obligation, Source

EARLY = datetime(2026, 3, 20, 9, tzinfo=UTC)
SOON = datetime(2026, 4, 22, 9, tzinfo=UTC)
MOST_LOOKS = 3000


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    opened = Database(postgres_url)
    yield opened
    opened.close()


def extend(session: Session, obligation_id: int, until: date) -> None:
    """A new date, given in time."""
    session.add(
        ClockEntry(
            recorded_at=SOON,
            obligation_id=obligation_id,
            kind=ClockEntryKind.EXTENSION,
            works_from_on=SOON.date(),
            given_on=SOON.date(),
            new_due_on=until,
            reason="The ministry asked for more time.",
        )
    )
    settle(session, [obligation_id], SOON, actor=GROUP)


def somebody_waits(database: Database) -> None:
    """Returns when a transaction waits for another."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(MOST_LOOKS):
        with database.reading() as session:
            if session.execute(waiting).scalar_one():
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def test_the_sweep_does_not_announce_what_a_writer_is_just_changing(database: Database) -> None:
    with database.writing() as session:
        (owed,) = owing(session, item(session, now=EARLY))

    def swept() -> None:
        with database.writing() as other:
            assert next_to_sweep(other, SOON) == owed
            sweep(other, owed, SOON)

    thread = Thread(target=swept)
    with database.writing() as session:
        extend(session, owed, date(2026, 7, 1))
        thread.start()
        somebody_waits(database)
    thread.join(30)
    with database.reading() as session:
        told = select(col(Event.kind)).where(col(Event.obligation_id) == owed, col(Event.backfill).is_(False))
        # That it was due soon for two days is on record; nobody is told of it.
        assert EventKind.DUE_SOON not in session.exec(told).all()
        owing_now = session.get(Obligation, owed)
        assert owing_now is not None and owing_now.announced_standing is Standing.RUNNING


def test_two_workers_that_start_at_once_know_each_source_once(database: Database) -> None:
    configured = [SourceConfig(key="news", reader="feed", address="https://news.example/feed")]
    added: list[tuple[str, ...]] = []

    def known() -> None:
        with database.writing() as other:
            added.append(keep_sources(other, configured).added)

    thread = Thread(target=known)
    with database.writing() as session:
        keep_sources(session, configured)
        thread.start()
        somebody_waits(database)
    thread.join(30)
    with database.reading() as session:
        assert [source.key for source in session.exec(select(Source)).all()] == ["news"]
    assert added == [()]
