"""The real commands as real processes, with the clock of the wall: several at once, one of them killed."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from tests.jobs.end_state import end_state
from tests.jobs.interrupted import ENDS_IN, KILLED, READERS, letters, seed
from tests.services.register import Register, running_register, with_recordings
from tests.services.told import SECRET, Inbox, relay
from tests.shared import ROOT
from tracker.domain.list_events import UNLISTED
from tracker.domain.words import DeliveryState, EventKind
from tracker.services.signing_key import signing_key
from tracker.storage import log, segments
from tracker.storage.engine import Database
from tracker.storage.tables import Check, CheckObligation, Delivery, Event, Run, Source, Subscription

CONFIG = """
[site]
name = "Answer Watch"
base_url = "https://answers.example.org"
publisher = "City Watch"
[database]
url = "{url}"
[web]
secret_key = "{secret}"
[mail]
host = "127.0.0.1"
port = {port}
starttls = false
sender = "alerts@example.org"
[worker]
sweep_seconds = 1
collect_seconds = 1
deliver_seconds = 1
sequence_seconds = 1
reread_seconds = 86400
[fetch]
allow_hosts = ["{host}"]
host_pause_seconds = 0.0
[logs]
signing_key_file = "signing.key"
[[sources]]
key = "eci"
reader = "eci"
address = "{base}/find-initiative_en"
[[sources]]
key = "news"
reader = "feed"
address = "{base}/news"
"""
MOST_LOOKS = 600


@pytest.fixture
def register() -> Iterator[Register]:
    with running_register() as served:
        yield with_recordings(served)


@pytest.fixture
def relayed() -> Iterator[tuple[Inbox, int]]:
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    inbox = Inbox()
    with relay(inbox, port):
        yield inbox, port


def start(folder: Path, command: str) -> "subprocess.Popen[str]":
    line = [sys.executable, "-m", "tracker.cli", "--config", str(folder / "config.toml"), command]
    return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@contextmanager
def worker(folder: Path) -> "Iterator[subprocess.Popen[str]]":
    """One that has begun; ended at the latest with the block."""
    process = start(folder, "worker")
    assert process.stdout is not None
    try:
        assert "Worker" in process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.communicate()


def stopped(process: "subprocess.Popen[str]", how: signal.Signals) -> int:
    """Told to end; what it complained of is shown."""
    process.send_signal(how)
    said, _ = process.communicate(timeout=ENDS_IN)
    assert "Traceback" not in said, said
    return process.returncode


def is_quiet(session: Session, now: datetime) -> bool:
    """Whether nothing is left to do for any job."""
    size = log.size(session)
    head = log.last_head(session)
    looked = {row.queued_to_seq for row in session.exec(select(Subscription)).all()}
    open_rows = select(Delivery).where(col(Delivery.state).in_([DeliveryState.QUEUED, DeliveryState.SENDING]))
    return (
        segments.unannounced(session, now) is None
        and all(
            row.last_success_at and not row.claimed_until_at for row in session.exec(select(Source)).all()
        )
        and not log.without_place(session, 1)
        and head is not None
        and (head.size, looked) == (size, {size})
        and session.exec(open_rows).first() is None
    )


def until_quiet(database: Database) -> None:
    for _ in range(MOST_LOOKS):
        with database.reading() as session:
            if is_quiet(session, datetime.now(UTC)):
                return
        time.sleep(0.1)
    raise AssertionError("there is still work to do")


def runs_of_whole_sources(session: Session) -> int:
    """Without those of single pages looked at again: at which hour that is due is chance."""
    return len(session.exec(select(Run.id).where(col(Run.rereads).is_not(True))).all())


def looks(session: Session) -> list[tuple[int | None, int]]:
    """Which obligation was looked after by which run."""
    pairs = select(Check.run_id, CheckObligation.obligation_id)
    return list(session.exec(pairs.join(CheckObligation, col(CheckObligation.check_id) == Check.id)).all())


def leases_run_out(database: Database) -> None:
    """As if the time of what the killed had claimed had passed."""
    passed = datetime.now(UTC) - timedelta(seconds=1)
    with database.writing() as session:
        reading = update(Source).where(col(Source.claimed_until_at).is_not(None))
        session.execute(reading.values(claimed_until_at=passed))
        sending = update(Delivery).where(col(Delivery.lease_until_at).is_not(None))
        session.execute(sending.values(lease_until_at=passed))


def test_workers_at_once_and_one_of_them_killed_do_everything_once(
    database_url: str, tmp_path: Path, register: Register, relayed: tuple[Inbox, int]
) -> None:
    inbox, port = relayed
    database = Database(database_url)
    seed(database, register, datetime.now(UTC))
    signing_key(tmp_path / "signing.key")
    given = {"url": database_url, "port": port, "host": register.host, "base": register.base}
    (tmp_path / "config.toml").write_text(CONFIG.format(secret=SECRET, **given))
    with worker(tmp_path) as first, worker(tmp_path) as second:
        time.sleep(random.uniform(0, 1.5))
        assert stopped(first, signal.SIGKILL) == KILLED
        leases_run_out(database)
        with worker(tmp_path) as third:
            until_quiet(database)
            assert [stopped(one, signal.SIGTERM) for one in (second, third)] == [0, 0]
    state = end_state(database_url, tmp_path)
    with database.reading() as session:
        told = Counter(
            (event.kind, event.obligation_id)
            for event in session.exec(select(Event).where(col(Event.actor) != "group:city-watch"))
            if event.detail.get("what") not in UNLISTED
        )
        read, looked = runs_of_whole_sources(session), looks(session)
    database.close()
    soon = {(EventKind.DUE_SOON, owed): 1 for owed in range(1, 8)}
    assert told == soon | {(EventKind.BECAME_OVERDUE, owed): 1 for owed in (1, 2)}
    counted = {name: sum(state[name].values()) for name in ("Finding", "Page")}
    # The sixth page is what the site says in place of those that are gone.
    assert counted == {"Finding": 4, "Page": 6}
    assert (read, len(looked)) == (2, len(set(looked)))
    assert looked
    lines = Counter[str]()
    for (who, told_there), messages in letters(inbox).items():
        lines[who] += told_there * messages
    # Seven entered, four overdue and three due soon, in however many messages.
    assert lines == dict.fromkeys(READERS, 14)


def test_commands_that_start_at_once_make_the_tables_once(empty_database_url: str, tmp_path: Path) -> None:
    given = {"url": empty_database_url, "port": 25, "host": "127.0.0.1", "base": "http://127.0.0.1"}
    (tmp_path / "config.toml").write_text(CONFIG.format(secret=SECRET, **given))
    both = [start(tmp_path, "migrate") for _ in range(3)]
    said = [process.communicate(timeout=ENDS_IN)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0, 0], said
