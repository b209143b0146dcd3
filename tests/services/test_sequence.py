"""The chain: every event gets one place, the head is signed, and whatever is altered is named."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from tests.services.told import NOW, Telling, happen
from tracker.domain.words import EventKind
from tracker.jobs import run_once
from tracker.services.sequence import BrokenChain, chain, keep_look, sequence
from tracker.services.signing_key import UnusableKey, key_id, signing_key
from tracker.services.verify import Chain, verify
from tracker.storage.engine import Database
from tracker.storage.tables import Event, LogCheck, LogEntry, LogHead


@pytest.fixture
def logged(telling: Telling) -> Telling:
    """A site whose log has seven entries, five of them signed."""
    telling.enter(3)
    telling.happen()
    telling.happen(EventKind.DUE_SOON, which=1)
    run_once("sequence", telling.composed)
    telling.happen(EventKind.ANSWERED_LATE)
    telling.happen(EventKind.BECAME_OVERDUE, which=1)
    with telling.composed.database.writing() as session:
        sequence(session, NOW)
    return telling


def found(telling: Telling) -> Chain:
    key = signing_key(telling.composed.config.logs.signing_key_file).public_key()
    with telling.composed.database.reading() as session:
        return verify(session, [key])


def tamper(database: Database, *statements: str) -> None:
    """What only somebody with the database in hands can do: the triggers taken away."""
    postgres = database.engine.dialect.name == "postgresql"
    with database.writing() as session:
        for table in ("event", "log_entry", "log_head"):
            for verb in ("update", "delete"):
                on = f" ON {table}" if postgres else ""
                session.execute(text(f"DROP TRIGGER {table}_no_{verb}{on}"))
        for statement in statements:
            session.execute(text(statement))


def test_every_event_gets_one_place_in_the_order_it_was_written(logged: Telling) -> None:
    with logged.composed.database.reading() as session:
        places = session.exec(select(LogEntry.seq, LogEntry.event_id).order_by(col(LogEntry.seq))).all()
        events = session.exec(select(col(Event.id)).order_by(col(Event.id))).all()
    assert list(places) == [(seq, event_id) for seq, event_id in enumerate(events, 1)]
    assert len(events) == 7
    assert found(logged) == Chain(7, found(logged).hash, heads=1)


def test_the_head_is_signed_once_for_each_size(logged: Telling) -> None:
    run_once("sequence", logged.composed)
    run_once("sequence", logged.composed)
    with logged.composed.database.reading() as session:
        sizes = [head.size for head in session.exec(select(LogHead).order_by(col(LogHead.size))).all()]
    assert sizes == [5, 7]
    assert found(logged).whole


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        (
            "UPDATE event SET happened_on = '2020-01-01' WHERE id = (SELECT event_id FROM log_entry WHERE seq = 3)",
            3,
        ),
        ("UPDATE event SET actor = 'nobody' WHERE id = (SELECT event_id FROM log_entry WHERE seq = 7)", 7),
        ("UPDATE event SET detail = '{}' WHERE id = (SELECT event_id FROM log_entry WHERE seq = 4)", 4),
        ("UPDATE log_entry SET entry = '{}' WHERE seq = 2", 2),
        ("UPDATE log_entry SET previous_hash = hash WHERE seq = 6", 6),
        ("UPDATE log_entry SET hash = previous_hash WHERE seq = 1", 1),
        ("DELETE FROM log_entry WHERE seq = 4", 4),
        ("DELETE FROM log_entry WHERE seq > 3", 4),
        ("UPDATE log_head SET hash = signature WHERE size = 5", 5),
        ("UPDATE log_head SET signed_at = '2020-01-01' WHERE size = 5", 5),
        ("UPDATE log_head SET signature = 'none' WHERE size = 5", 5),
        ("UPDATE log_head SET key_id = 'other' WHERE size = 5", 5),
        ("UPDATE log_entry SET seq = 100 WHERE seq = 7", 7),
    ],
)
def test_whatever_is_altered_is_named_by_its_place(logged: Telling, statement: str, place: int) -> None:
    shorter = statement.replace("hash = signature", "hash = substr(signature, 1, 64)")
    tamper(logged.composed.database, shorter)
    assert (found(logged).first_bad, found(logged).whole) == (place, False)
    assert f"entry {place}" in found(logged).sentence


def test_nothing_is_signed_over_a_broken_chain(logged: Telling) -> None:
    tamper(logged.composed.database, "UPDATE log_entry SET entry = '{}' WHERE seq = 2")
    with pytest.raises(BrokenChain, match="broken at entry 2"):
        run_once("sequence", logged.composed)
    with logged.composed.database.reading() as session:
        assert [head.size for head in session.exec(select(LogHead)).all()] == [5]


def test_a_chain_rewritten_from_one_place_on_contradicts_what_was_signed(logged: Telling) -> None:
    database = logged.composed.database
    tamper(database, "DELETE FROM log_entry WHERE seq >= 4", "UPDATE event SET actor = 'x' WHERE id = 4")
    with database.writing() as session:
        sequence(session, NOW)
    with database.reading() as session, pytest.raises(BrokenChain, match=r"entry 5.*signed"):
        chain(session)


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "signing.key"
    first, second = signing_key(path), signing_key(path)
    assert key_id(first.public_key()) == key_id(second.public_key())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["signing.key"]


def test_a_key_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "signing.key"
    path.write_text("not a key")
    with pytest.raises(UnusableKey, match="put it back from a backup"):
        signing_key(path)


def test_a_change_and_its_entry_are_never_lost_by_a_rollback(telling: Telling) -> None:
    telling.enter(1)
    run_once("sequence", telling.composed)

    def undone(session: Session) -> None:
        happen(session, telling.owed[0], EventKind.VOID, NOW + timedelta(hours=1))
        raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"), telling.composed.database.writing() as session:
        undone(session)
    assert run_once("sequence", telling.composed) == 0
    assert found(telling).whole


def test_workers_that_walk_the_log_at_once_keep_one_finding(logged: Telling) -> None:
    at_once, seen = Barrier(4), found(logged)
    with logged.composed.database.writing() as session:
        session.execute(text("DELETE FROM log_check"))

    def look() -> None:
        with logged.composed.database.writing() as session:
            session.execute(text("SELECT 1"))
            if session.connection().dialect.name == "postgresql":
                at_once.wait(timeout=30)  # each inside a transaction; SQLite lets one in at a time
            keep_look(session, seen, whole=True, now=NOW)

    with ThreadPoolExecutor(4) as workers:
        for one in [workers.submit(look) for _ in range(4)]:
            one.result()
    with logged.composed.database.reading() as session:
        assert [row.size for row in session.exec(select(LogCheck))] == [seen.size]
