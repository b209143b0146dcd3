"""Workers forked from one warm process, each killed where it is told: `python -m tests.jobs.killable_workers`.

Reads one order a line on standard input and answers each, when its worker has ended, with one line.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from scrapers.model import Page, Result
from scrapers.model import Source as Place
from scrapers.sources import reader_for
from tests.services.told import Clock, site
from tracker.channels import email as email
from tracker.channels.webhook import WebhookChannel
from tracker.compose import Composed, compose
from tracker.config import Calendars, Fetch, Holiday, Webhooks, Worker
from tracker.jobs import run_once
from tracker.rendering import mail as mail
from tracker.services import import_write, recompute, sequence
from tracker.storage.engine import Database

Order = dict[str, Any]


class OpenCage:
    """Reads in this process: what is killed here is what writes to the database."""

    def read(self, reader_key: str, page: Page, source: Place) -> list[Result]:
        return list(reader_for(reader_key).read(page, source))


class Fault:
    """Counts what reaches the database, and receivers of posts, and ends the process, by SIGKILL, after so much of it."""

    def __init__(self, order: Order) -> None:
        self.ends_at = {name: order.get(name) for name in ("statements", "commits", "posts")}
        self.seen = dict.fromkeys(self.ends_at, 0)

    def watch(self, database: Database) -> None:
        event.listen(database.engine, "after_cursor_execute", lambda *_: self._one_more("statements"))
        event.listen(Session, "after_commit", lambda *_: self._one_more("commits"))
        WebhookChannel.send = self._counted(WebhookChannel.send)  # type: ignore[method-assign]

    def _counted(self, send: Callable[..., Any]) -> Callable[..., Any]:
        def sent(*given: Any) -> Any:
            answer = send(*given)
            self._one_more("posts")
            return answer

        return sent

    def _one_more(self, what: str) -> None:
        self.seen[what] += 1
        if self.seen[what] == self.ends_at[what]:
            os.kill(os.getpid(), signal.SIGKILL)


def work(order: Order) -> dict[str, int]:
    """The jobs of an order, one round each, at an instant that does not pass; what reached the database."""
    composed = _site(order)
    fault = Fault(order)
    fault.watch(composed.database)
    # Several transactions for a short log and for a few dates, several parts of a short table.
    sequence.AT_ONCE = recompute.AT_ONCE = import_write.AT_ONCE = 3
    for name in order["jobs"]:
        run_once(name, composed)
    composed.database.close()
    return fault.seen


def _site(order: Order) -> Composed:
    clock = Clock(datetime.fromisoformat(order["at"]))
    mailing = site(order["url"], clock, order["port"], Path(order["folder"]))
    fetch = Fetch(allow_hosts=(order["host"],), host_pause_seconds=0)
    off = tuple(Holiday(code, date.fromisoformat(day), name) for code, day, name in order.get("days_off", ()))
    # One reader, so that the same statement is always the same one.
    own = replace(mailing.config, fetch=fetch, calendars=Calendars(extra=off), worker=Worker(readers=1))
    if "hooks" in order:
        own = replace(own, webhooks=Webhooks(allow_hosts=tuple(order["hooks"])))
    composed = compose(own, clock)
    mailing.database.close()
    composed.__dict__["cage"] = OpenCage()
    return composed


def forked(order: Order) -> dict[str, int]:
    """A worker of its own; how it ended, and what it did where it ended of itself."""
    reads, writes = os.pipe()
    worker = os.fork()
    if worker == 0:
        _as_worker(order, writes)
    os.close(writes)
    if "seconds" in order:
        time.sleep(order["seconds"])
        os.kill(worker, signal.SIGKILL)  # not waited for yet, so that the number is still its own
    with os.fdopen(reads) as told:
        said = told.read()
    ended = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    return {"ended": ended, **json.loads(said or "{}")}


def _as_worker(order: Order, writes: int) -> None:
    code = 1
    try:
        os.write(writes, json.dumps(work(order)).encode())
        code = 0
    except BaseException as error:  # told by the exit code and on standard error
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        raise
    finally:
        os._exit(code)


def main() -> None:
    """Answer orders until nobody asks any more."""
    for reader in ("eci", "feed"):
        reader_for(reader)  # read from disk once, not by every worker
    for line in sys.stdin:
        sys.stdout.write(json.dumps(forked(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
