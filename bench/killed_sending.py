"""Workers killed with SIGKILL while they send: how many messages were lost, how many came twice and why.

Run: make bench, or: python bench/killed_sending.py 5000 200
"""

import argparse
import logging
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import col

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.mailing.sink import running
from bench.mailing.site import NOW, fill
from tests.postgres import running_server
from tests.services.told import Clock, site
from tracker.channels import email as email  # forked workers find everything read already
from tracker.domain.post import LEASE
from tracker.domain.words import DeliveryState
from tracker.rendering import mail as mail
from tracker.services.queue_news import queue_news
from tracker.services.send_news import send_news
from tracker.storage.engine import Database
from tracker.storage.migrate import migrate
from tracker.storage.tables import Delivery

NEW = 300
LONGEST = 900.0
"""Seconds after which a worker is taken for stuck."""


def plan(url: str) -> None:
    """The ledger of one digest."""
    database = Database(url)
    queue_news(database, lambda: NOW)
    database.close()


def worker(url: str, port: int, folder: Path, after: timedelta) -> int:
    """A forked worker that sends what is due, at an instant at which every older claim has run out; its number."""
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        logging.disable(logging.CRITICAL)
        composed = site(url, Clock(NOW + after), port, folder)
        send_news(composed.database, composed.post.only("email"), composed.now)
        code = 0
    finally:
        os._exit(code)


def taken(journal: Path) -> int:
    """Messages the relay has taken."""
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def kill_some(url: str, port: int, folder: Path, journal: Path, kills: int, messages: int) -> int:
    """Kill workers in the middle of sending until all is sent or the number is reached; how many were killed."""
    chance, each = random.Random(), max(2, 2 * messages // max(1, kills))
    for killed in range(kills):
        number = worker(url, port, folder, killed * (LEASE + timedelta(minutes=1)))
        wanted, until = taken(journal) + chance.randrange(1, each), time.monotonic() + LONGEST
        while taken(journal) < wanted and time.monotonic() < until:
            if os.waitpid(number, os.WNOHANG)[0]:
                return killed
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.01))
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
    return kills


def judge(url: str, journal: Path, kills: int) -> bool:
    """What the ledger says beside what the relay has written down."""
    arrived = Counter(journal.read_text().split())
    database = Database(url)
    with database.reading() as session:
        counts = select(col(Delivery.state), func.count()).group_by(col(Delivery.state))
        states = {state.value: n for state, n in session.execute(counts).all()}
        sent = select(col(Delivery.message_id)).where(col(Delivery.state) == DeliveryState.SENT).distinct()
        ids = set(session.execute(sent).scalars())
    database.close()
    doubles = sum(times - 1 for times in arrived.values())
    open_rows = sum(n for state, n in states.items() if state not in ("sent", "dropped"))
    lost, unknown = len(ids - set(arrived)) + open_rows, len(set(arrived) - ids)
    print(f"ledger rows: {states}")
    print(f"{len(ids):,} messages sent, {arrived.total():,} taken by the relay, {kills} workers killed:")
    print(f"{lost} lost, {doubles} twice under the same Message-ID, {unknown} that the ledger does not know")
    return lost == 0 and unknown == 0 and doubles <= kills


def main() -> None:
    """Fill, plan, kill, send the rest, judge."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("messages", type=int, nargs="?", default=300)
    asked.add_argument("kills", type=int, nargs="?", default=15)
    wish = asked.parse_args()
    with tempfile.TemporaryDirectory() as name, running_server() as server:
        folder, journal, url = Path(name), Path(name) / "journal", server.create("mail")
        migrate(url)
        database = Database(url)
        fill(database, 2 * NEW, wish.messages, NEW)
        database.close()
        plan(url)
        with running(journal) as port:
            killed = kill_some(url, port, folder, journal, wish.kills, wish.messages)
            last = worker(url, port, folder, timedelta(days=30))
            os.waitpid(last, 0)
        if not judge(url, journal, killed):
            sys.exit(1)


if __name__ == "__main__":
    main()
