"""Four web processes and two workers on PostgreSQL while people subscribe and leave, and workers are killed.

Run: python bench/many_processes.py 600
"""

import argparse
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from socket import create_server
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlencode, urlsplit

from aiosmtpd.controller import Controller

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.mailing.judged import judge
from tests.postgres import running_server
from tests.services.entered import STATED, item, owing
from tests.services.receiving import Receiver, receiving
from tests.services.told import Clock, frame, happen
from tracker.compose import Composed, compose
from tracker.config import load
from tracker.domain.partial import day
from tracker.domain.words import EventKind, ResponseKind
from tracker.jobs import run_once
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.storage.engine import Database
from tracker.storage.migrate import migrate

SECRET = "a secret of the measurement, long enough for any check"
WEBS, WORKERS = 4, 2
LISTS = (
    {"list": "obligations"},
    {"list": "obligations", "body": "ministry-of-water"},
    {"list": "obligations", "process": "citizens-assembly-on-water"},
)
KINDS = (EventKind.BECAME_OVERDUE, EventKind.ANSWERED_LATE, EventKind.DUE_SOON, EventKind.REOPENED)
_LINK = re.compile(r"http://127\.0\.0\.1:\d+(/(?:subscriptions|webhooks/confirm)/[\w-]+)")
_CHOOSE = re.compile(r'name="choose" value="(\d+)"')


@dataclass
class Inboxes:
    """A relay that takes everything, and what it took: when, to whom, under which id, with what in it."""

    taken: list[tuple[datetime, str, str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    leaving: dict[str, str] = field(default_factory=dict)
    book: Any = field(default_factory=Lock)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Write it down, then say that it is taken."""
        message = message_from_bytes(envelope.original_content, policy=policy.default)
        plain = message.get_body(("plain",))
        text = plain.get_content() if plain is not None else ""
        found = _LINK.search(text)
        with self.book:
            self.taken.append((datetime.now(UTC), envelope.rcpt_tos[0], str(message["Message-ID"]), text))
            if found and message["List-Unsubscribe"] is None:
                self.links.append(found[1])
            elif message["List-Unsubscribe"]:
                self.leaving[envelope.rcpt_tos[0]] = urlsplit(
                    str(message["List-Unsubscribe"]).strip("<> ")
                ).path
        return "250 taken"


@dataclass
class Town:
    """The processes, the people and what they did."""

    folder: Path
    ports: list[int]
    inboxes: Inboxes
    receiver: Receiver
    over: Event = field(default_factory=Event)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    webs: list[subprocess.Popen[bytes]] = field(default_factory=list)
    kills: list[datetime] = field(default_factory=list)
    left: dict[str, datetime] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    asked: int = 0
    entering: Any = field(default_factory=Lock)

    def start(self, command: str, number: int, port: int = 0) -> subprocess.Popen[bytes]:
        """A process of the product, as an operator starts it."""
        said = (self.folder / f"{command}-{number}.log").open("ab")
        settings = {"ANSWERBY_CONFIG": str(self.folder / "config.toml"), "ANSWERBY_WEB_PORT": str(port)}
        asked = [sys.executable, "-m", "tracker.cli", command]
        return subprocess.Popen(asked, env={**os.environ, **settings}, stdout=said, stderr=said)

    def post(self, path: str, fields: dict[str, str], method: str = "POST") -> str:
        """One request to one of the webs, from a network of its own."""
        chance = random.Random()
        source = f"127.{chance.randrange(1, 250)}.{chance.randrange(1, 250)}.{chance.randrange(1, 250)}"
        line = http.client.HTTPConnection(
            "127.0.0.1", chance.choice(self.ports), timeout=60, source_address=(source, 0)
        )
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        line.request(method, path, urlencode(fields), kind)
        answer = line.getresponse()
        body = answer.read().decode("utf-8", "replace")
        line.close()
        name = f"{method} /{path.split('/')[1]} {answer.status}"
        self.answers[name] = self.answers.get(name, 0) + 1
        return body


def people(town: Town) -> None:
    """Ask, confirm what came by mail, leave now and then."""
    chance = random.Random(1)
    while not town.over.is_set():
        if town.asked < 380:
            town.asked += 1
            wish = {
                "email": f"reader{town.asked}@example.org",
                "frequency": "instant",
                **chance.choice(LISTS),
            }
            town.post("/subscribe", wish)
        if town.asked % 40 == 1:
            url = f"{town.receiver.url}/hook/{town.asked}"
            hook = {"email": "owner@example.org", "url": url, "template": "json", **LISTS[0]}
            town.post("/subscribe/webhook", {**hook, "frequency": "instant"})
        _confirm(town)
        if town.inboxes.leaving and chance.random() < 0.1:
            who = chance.choice(sorted(town.inboxes.leaving))
            if who not in town.left:
                town.post(town.inboxes.leaving[who], {"List-Unsubscribe": "One-Click"})
                town.left[who] = datetime.now(UTC)
        town.over.wait(0.2)


def _confirm(town: Town) -> None:
    with town.inboxes.book:
        links, town.inboxes.links = town.inboxes.links, []
    for path in links:
        page = town.post(path, {}, "GET")
        chosen = _CHOOSE.search(page)
        town.post(path, {"act": "confirm", **({"choose": chosen[1]} if chosen else {})})


def editors(town: Town, database: Database, document: str, number: int) -> None:
    """Enter items, log answers, make news."""
    chance, owed = random.Random(number), list[int]()
    while not town.over.is_set():
        now = datetime.now(UTC)
        if len(owed) < 40:
            with town.entering, database.writing() as session:
                wanted = {"document": document, "title": f"Item {number}-{len(owed)}", "deadline": STATED}
                owed += owing(session, item(session, now=now, **wanted))
        with database.writing() as session:
            if chance.random() < 0.2:
                _respond(session, chance.choice(owed), now)
            happen(session, chance.choice(owed), chance.choice(KINDS), now)
        town.over.wait(chance.uniform(0.5, 2.5))


def _respond(session: Any, obligation: int, now: datetime) -> None:
    line = SaidFor(obligation=obligation, kind=ResponseKind.REPLY)
    said = {"received": day(now.date()), "first_seen_on": now.date(), "text": "We accept this."}
    respond(session, now, LogResponse(body="ministry-of-water", lines=(line,), **said), actor="group:bench")


def killer(town: Town) -> None:
    """End a worker in the middle of whatever it does, and start it anew."""
    chance = random.Random(2)
    while not town.over.wait(chance.uniform(4, 9)):
        number = chance.randrange(WORKERS)
        worker = town.workers[number]
        if worker.poll() is None:
            os.kill(worker.pid, signal.SIGKILL)
            town.kills.append(datetime.now(UTC))
        else:
            town.failed.append(f"worker {number} ended by itself: {worker.returncode}")
        worker.wait()
        town.workers[number] = town.start("worker", number)


def noted(town: Town, act: Any, *given: Any) -> None:
    """What goes wrong in a thread is no silence."""
    try:
        act(town, *given)
    except Exception as error:  # noqa: BLE001 - told at the end
        town.failed.append(f"{act.__name__}: {type(error).__name__}: {error}")


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens at."""
    held = [create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [int(one.getsockname()[1]) for one in held]
    for one in held:
        one.close()
    return ports


def configure(folder: Path, url: str, smtp: int, ports: list[int], receiver: Receiver) -> None:
    """A site's file, as an operator writes it."""
    (folder / "config.toml").write_text(
        f'[site]\nname = "Answer Watch"\nbase_url = "http://127.0.0.1:{ports[0]}"\npublisher = "City Watch"\n'
        f'contact_email = "desk@example.org"\n[database]\nurl = "{url}"\n'
        f'[web]\nsecret_key = "{SECRET}"\n[mail]\nhost = "127.0.0.1"\nport = {smtp}\nstarttls = false\n'
        f'sender = "alerts@example.org"\n[webhooks]\nallow_hosts = ["{receiver.host}"]\n'
        f"[fetch]\nhost_pause_seconds = 0.0\n[worker]\ndeliver_seconds = 2\nsequence_seconds = 1\n"
    )


@contextmanager
def town(folder: Path, url: str) -> Iterator[Town]:
    """All processes, started; ended with the block."""
    inboxes, ports = Inboxes(), free_ports(WEBS + 1)
    controller = Controller(inboxes, hostname="127.0.0.1", port=ports[-1])
    controller.start()
    with receiving() as receiver:
        configure(folder, url, ports[-1], ports[:-1], receiver)
        made = Town(folder, ports[:-1], inboxes, receiver)
        made.webs = [made.start("web", number, port) for number, port in enumerate(ports[:-1])]
        made.workers = [made.start("worker", number) for number in range(WORKERS)]
        try:
            yield made
        finally:
            made.over.set()
            for process in (*made.webs, *made.workers):
                process.kill()
                process.wait()
            controller.stop()


def ready(made: Town) -> None:
    """Returns when every web answers."""
    for port in made.ports:
        while all(web.poll() is None for web in made.webs):
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=30).request("GET", "/healthz")
                break
            except OSError:
                time.sleep(0.5)


def rest(made: Town) -> Composed:
    """What is still open when all is quiet: one worker, by a clock that runs past every lease and wait."""
    clock = Clock(datetime.now(UTC) + timedelta(minutes=1))
    composed = compose(load(made.folder / "config.toml"), clock)
    for _ in range(14):
        for job in ("sequence", "deliver", "webhooks"):
            run_once(job, composed)
        clock.forward(timedelta(minutes=11))
    return composed


def main() -> None:
    """Start, load, kill, wait, judge."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("seconds", type=int, nargs="?", default=60)
    wish = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as name, running_server() as server:
        folder, url = Path(name), server.create("town")
        migrate(url)
        database = Database(url)
        with database.writing() as session:
            document = frame(session)
        with town(folder, url) as made:
            ready(made)
            acts = [(people,), *((editors, database, document, n) for n in range(3)), (killer,)]
            threads = [Thread(target=noted, args=(made, *act)) for act in acts]
            for thread in threads:
                thread.start()
            time.sleep(wish.seconds)
            made.over.set()
            for thread in threads:
                thread.join(90)
            for worker in made.workers:
                worker.kill()
                worker.wait()
            print(made.failed, made.answers, flush=True)
            composed = rest(made)
            good = judge(made, composed)
            composed.close()
        database.close()
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
