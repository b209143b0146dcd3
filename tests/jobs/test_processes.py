"""Workers as real processes: several do each thing once, and one that is killed anywhere loses nothing."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server

import pytest
from sqlmodel import Session, col, select

from tests.services.told import Clock, Inbox, Telling, relay, site
from tests.shared import ROOT
from tracker.domain.post import LEASE
from tracker.domain.telling import next_digest_at
from tracker.domain.words import DeliveryState, EventKind, Frequency
from tracker.services.signing_key import signing_key
from tracker.services.verify import verify
from tracker.storage import log
from tracker.storage.tables import Event, LogEntry, Subscription

EARLY = datetime(2026, 3, 20, 9, tzinfo=UTC)
SOON = datetime(2026, 4, 22, 9, tzinfo=UTC)
ENDS_IN = 120
"""Seconds after which a worker that does not end is taken for stuck."""


def opened(url: str, folder: Path) -> Iterator[Telling]:
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    inbox, clock = Inbox(), Clock(EARLY)
    with relay(inbox, port):
        composed = site(url, clock, port, folder)
        yield Telling(composed, clock, inbox)
        composed.database.close()


@pytest.fixture
def on_postgres(postgres_url: str, tmp_path: Path) -> Iterator[Telling]:
    yield from opened(postgres_url, tmp_path)


@pytest.fixture
def on_either(database_url: str, tmp_path: Path) -> Iterator[Telling]:
    yield from opened(database_url, tmp_path)


def subscribe(telling: Telling, addresses: int) -> list[str]:
    """Confirmed subscriptions to what falls due."""
    seal = telling.composed.post.seal
    names = [f"reader-{number}@example.org" for number in range(addresses)]
    with telling.composed.database.writing() as session:
        for name in names:
            add(session, name, seal.address_hash(name), telling.clock())
    return names


def add(session: Session, address: str, address_hash: str, now: datetime) -> None:
    session.add(
        Subscription(
            channel="email",
            address=address,
            address_hash=address_hash,
            list_name="calendar",
            frequency=Frequency.INSTANT,
            created_at=now,
            confirmed_at=now,
            queued_to_seq=log.size(session),
            next_due_at=next_digest_at(Frequency.INSTANT, 0, "UTC", now),
        )
    )


def start(telling: Telling, at: datetime, rounds: int, *jobs: str) -> "subprocess.Popen[bytes]":
    config = telling.composed.config
    given = [
        config.database.url,
        str(config.mail.port),
        str(config.logs.signing_key_file.parent),
        at.isoformat(),
    ]
    command = [sys.executable, "-m", "tests.jobs.worker_process", *given, str(rounds), *jobs]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def ended(process: "subprocess.Popen[bytes]") -> int:
    """Waits for it; its output is shown where it failed of itself."""
    said, _ = process.communicate(timeout=ENDS_IN)
    assert process.returncode in (0, -9), said.decode()
    return process.returncode


def check_log(telling: Telling) -> None:
    """Every event has one place, and the chain with its heads is whole."""
    key = signing_key(telling.composed.config.logs.signing_key_file).public_key()
    with telling.composed.database.reading() as session:
        found = verify(session, [key])
        events = session.exec(select(col(Event.id))).all()
        placed = session.exec(select(col(LogEntry.event_id))).all()
    assert found.whole, found.sentence
    assert (len(placed), set(placed)) == (len(events), set(events))


def test_three_workers_on_postgresql_do_each_thing_once(on_postgres: Telling) -> None:
    telling = on_postgres
    telling.enter(8)
    names = subscribe(telling, 9)
    workers = [start(telling, SOON, 4, "sweep", "sequence", "deliver") for _ in range(3)]
    assert [ended(worker) for worker in workers] == [0, 0, 0]
    with telling.composed.database.reading() as session:
        soon = select(col(Event.obligation_id)).where(col(Event.kind) == EventKind.DUE_SOON)
        announced = session.exec(soon).all()
    assert (len(announced), set(announced)) == (len(telling.owed), set(telling.owed))
    check_log(telling)
    told = Counter((row.subscription_id, row.event_id) for row in telling.ledger())
    assert set(told.values()) == {1}
    assert len(told) == len(names) * len(telling.owed)
    assert set(telling.states()) <= {DeliveryState.SENT}
    # The announcements of one round may travel in more than one message, but each travels once.
    lines = [m.get_body(("plain",)).get_content().count("/items/") for m in telling.inbox.messages]  # type: ignore[union-attr]
    assert sum(lines) == len(told)
    assert len({m["Message-ID"] for m in telling.inbox.messages}) == len(telling.inbox.messages)


# Killed after the claim and before the message is taken; and between the relay's taking it and its answer.
KILLS = ("RCPT", "DATA") * 4


def test_a_worker_killed_while_sending_loses_nothing(on_either: Telling) -> None:
    telling, inbox = on_either, on_either.inbox
    telling.enter(1)
    names = subscribe(telling, len(KILLS) + 2)
    at = SOON
    for command in KILLS:
        worker: list[subprocess.Popen[bytes]] = []
        inbox.before = {command: lambda worker=worker: worker[0].kill()}  # type: ignore[misc]
        worker.append(start(telling, at, 1, "sweep", "deliver"))
        assert ended(worker[0]) == -9
        at += LEASE + timedelta(seconds=1)
    inbox.before = {}
    assert ended(start(telling, at, 1, "sweep", "deliver")) == 0
    telling.clock.at = at + LEASE + timedelta(seconds=1)
    assert telling.work() == 0
    assert set(telling.states()) == {DeliveryState.SENT}
    got = Counter(inbox.recipients)
    assert set(got) == set(names)
    assert sum(got.values()) - len(names) == KILLS.count("DATA")
    ids = {(who, m["Message-ID"]) for who, m in zip(inbox.recipients, inbox.messages, strict=True)}
    assert len(ids) == len(names)
    check_log(telling)
