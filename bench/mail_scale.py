"""A daily digest for very many: how many questions planning and claiming put to PostgreSQL, in what time and memory.

Run: make bench, or: python bench/mail_scale.py --events 1000000 --subscribers 100000 --new 300
"""

import argparse
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, select
from sqlmodel import col

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.mailing.site import NOW, SEAL, fill
from tests.postgres import running_server
from tracker.services.deliver import AT_ONCE, Post, claim
from tracker.services.queue_news import queue_news
from tracker.storage import log
from tracker.storage.engine import Database
from tracker.storage.migrate import migrate
from tracker.storage.tables import Delivery, Subscription


class NoRelay:
    """Never asked to send anything."""

    name, sender_domain = "email", "example.org"

    def send(self, message: Any) -> Any:
        """Claiming sends nothing."""
        raise NotImplementedError


@dataclass
class Counted:
    """What a part of the work cost."""

    questions: int = 0
    seconds: float = 0.0
    slow: Counter[str] = field(default_factory=Counter)


@contextmanager
def counted(database: Database) -> Iterator[Counted]:
    """Every statement that reaches the database, and the time."""
    found, began = Counted(), {}

    def before(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        began["at"] = time.perf_counter()

    def after(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.questions += 1
        found.slow[" ".join(statement.split())[:90]] += int(1e6 * (time.perf_counter() - began["at"]))

    event.listen(database.engine, "before_cursor_execute", before)
    event.listen(database.engine, "after_cursor_execute", after)
    start = time.perf_counter()
    yield found
    found.seconds = time.perf_counter() - start
    event.remove(database.engine, "before_cursor_execute", before)
    event.remove(database.engine, "after_cursor_execute", after)


def memory() -> float:
    """The most memory this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tell(what: str, cost: Counted, done: int, before: float) -> None:
    """One line, and what took longest."""
    print(
        f"{what:28} {done:9,} in {cost.seconds:7.2f} s  {cost.questions:6} questions  +{memory() - before:5.1f} MB"
    )
    for statement, took in cost.slow.most_common(4):
        print(f"    {took / 1e6:7.2f} s  {statement}")


def measure(database: Database, rounds: int) -> None:
    """Planning for all, planning with nothing to do, then some claims."""
    post, start = Post({"email": NoRelay()}, {}, SEAL), memory()
    for what in ("ledger rows planned", "planned, nothing to do"):
        with counted(database) as cost:
            rows = queue_news(database, lambda: NOW)
        tell(what, cost, rows, start)
    with counted(database) as cost:
        parcels = 0
        for _ in range(rounds):
            with database.writing() as session:
                parcels += len(claim(session, post, NOW).parcels)
    tell(f"messages claimed, {AT_ONCE} at once", cost, parcels, start)
    with counted(database) as cost, database.reading() as session:
        left = len(log.without_place(session, 100))
    tell("events without a place", cost, left, start)


def main() -> None:
    """Fill, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--events", type=int, default=100_000)
    asked.add_argument("--subscribers", type=int, default=10_000)
    asked.add_argument("--new", type=int, default=300)
    asked.add_argument("--claims", type=int, default=20)
    sizes = asked.parse_args()
    with running_server() as server:
        url = server.create("mail")
        migrate(url)
        database = Database(url)
        began = time.perf_counter()
        fill(database, sizes.events, sizes.subscribers, sizes.new)
        with database.reading() as session:
            subscriptions = session.execute(select(func.count(col(Subscription.id)))).scalar_one()
            assert session.execute(select(func.count(col(Delivery.id)))).scalar_one() == 0
        print(f"{sizes.events:,} events, {sizes.subscribers:,} addresses with {subscriptions:,} subscriptions, "
              f"{sizes.new:,} events new to them; filled in {time.perf_counter() - began:.0f} s")  # fmt: skip
        measure(database, sizes.claims)
        database.close()


if __name__ == "__main__":
    main()
