"""A site with work for every job, copied for each trial, and workers to kill over it."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlmodel import Session

from tests.postgres import Server
from tests.services.entered import GROUP, STATED, item, owing, report
from tests.services.register import VOICE, Register
from tests.services.told import SECRET, Inbox, happen
from tests.shared import ROOT
from tracker.config import SourceConfig
from tracker.domain.link_tokens import Seal
from tracker.domain.partial import day
from tracker.domain.telling import next_digest_at
from tracker.domain.words import EventKind, Frequency
from tracker.services.keep_sources import keep_sources
from tracker.storage import sources, watches
from tracker.storage.engine import Database
from tracker.storage.entries import id_of
from tracker.storage.tables import Subscription

AT = datetime(2026, 5, 12, 9, tzinfo=UTC)
"""Four answers have been due for eight days, three are due in as many."""
BEFORE, AWAY = timedelta(days=60), timedelta(days=8)
AGAIN = AT + timedelta(minutes=20)
"""When a killed worker is started anew: every claim has run out, and it is the same day."""
CYCLE = ("sweep", "collect", "sequence", "deliver")
READERS = ("ada@example.org", "bob@example.org")
FEED = '<rss version="2.0"><channel><title>News</title>{}</channel></rss>'
ENTRY = (
    "<item><guid>{0}</guid><title>Entry {0}</title><pubDate>Mon, 05 Jan 2026 09:00:00 GMT</pubDate></item>"
)
KILLED = -9
ENDS_IN = 120
"""Seconds after which a worker that does not end is taken for stuck."""


def seed(database: Database, register: Register, at: datetime = AT) -> None:
    """Items, sources with a watched page, subscriptions, and news that nobody has been told."""
    register.put("/news", FEED.format("".join(ENTRY.format(number) for number in range(3))))
    configured = [
        SourceConfig(key="eci", reader="eci", address=f"{register.base}/find-initiative_en"),
        SourceConfig(key="news", reader="feed", address=f"{register.base}/news"),
    ]
    with database.writing() as session:
        keep_sources(session, configured)
        owed = _owed(session, at)
        source = sources.by_key(session, "eci")
        assert source is not None
        watches.keep(session, owed[:2], id_of(source), register.base + VOICE, at - BEFORE, GROUP)
        for address in READERS:
            session.add_all(_subscription(address, name, at - BEFORE) for name in ("obligations", "overdue"))
        for id_ in owed[2:4]:
            happen(session, id_, EventKind.BECAME_OVERDUE, at - timedelta(days=1))


def _owed(session: Session, at: datetime) -> list[int]:
    document = report(session)
    began = at - BEFORE
    due = [at - AWAY] * 4 + [at + AWAY] * 3
    found = []
    for number, deadline in enumerate(due, 1):
        dated = replace(STATED, stated=day(deadline.date()), trigger_on=day(began.date()))
        entered = item(session, document=document, title=f"Item {number}", deadline=dated, now=began)
        found += owing(session, entered)
    return found


def _subscription(address: str, list_name: str, at: datetime) -> Subscription:
    return Subscription(
        channel="email",
        address=address,
        address_hash=Seal(SECRET).address_hash(address),
        list_name=list_name,
        frequency=Frequency.INSTANT,
        created_at=at,
        confirmed_at=at,
        next_due_at=next_digest_at(Frequency.INSTANT, 0, "UTC", at),
    )


def letters(inbox: Inbox) -> Counter[tuple[str, int]]:
    """Who was told how much, each message once however often it came."""
    once = {
        (who, message["Message-ID"]): str(message.get_body(("plain",)).get_content()).count("/items/")  # type: ignore[union-attr]
        for who, message in zip(inbox.recipients, inbox.messages, strict=True)
    }
    return Counter((who, told) for (who, _), told in once.items())


@dataclass
class Ended:
    """How a worker ended, and how much had reached the database, and receivers of posts."""

    ended: int
    statements: int = 0
    commits: int = 0
    posts: int = 0


@dataclass
class Workers:
    """A process that forks workers on order."""

    process: "subprocess.Popen[str]"

    def work(self, **order: Any) -> Ended:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return Ended(**json.loads(self.process.stdout.readline()))


@contextmanager
def workers() -> Iterator[Workers]:
    """Ended with the block: nobody asks any more."""
    command = [sys.executable, "-m", "tests.jobs.killable_workers"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Workers(process)
    finally:
        process.communicate(timeout=ENDS_IN)


@dataclass
class Site:
    """What every trial begins with, and what it takes to work on a copy of it."""

    url: str
    folder: Path
    server: Server | None
    workers: Workers
    register: Register
    inbox: Inbox
    port: int
    numbers: Iterator[int] = field(default_factory=count)

    @contextmanager
    def copy(self) -> Iterator[str]:
        """The address of a copy nobody has worked on, removed afterwards."""
        original, name = str(make_url(self.url).database), f"copy_{next(self.numbers)}"
        if self.server is not None:
            yield self.server.create(f"{original}_{name}", original)
            self.server.drop(f"{original}_{name}")
            return
        shutil.copyfile(original, self.folder / f"{name}.db")
        yield f"sqlite:///{self.folder / name}.db"
        for file in self.folder.glob(f"{name}.db*"):
            file.unlink()

    def work(self, url: str, at: datetime, jobs: Sequence[str], **until: float) -> Ended:
        """A worker's rounds over a copy; `statements`, `commits` or `seconds` say when it is killed."""
        return self.workers.work(
            url=url,
            at=at.isoformat(),
            jobs=list(jobs),
            port=self.port,
            host=self.register.host,
            folder=str(self.folder),
            **until,
        )
