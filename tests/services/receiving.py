"""A receiver of webhooks on loopback, and a site that posts to it, for the tests of webhooks."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_server
from threading import Lock, Thread
from typing import Any

from tests.services.told import ADA, SECRET, Clock, Inbox, Telling, link, relay, site
from tracker.compose import Composed, compose
from tracker.config import Webhooks
from tracker.domain.link_tokens import Seal
from tracker.jobs import run_once
from tracker.services.webhook_ask import ask, confirm, hook_wish_from
from tracker.services.webhook_own import owned_one
from tracker.storage import webhooks
from tracker.storage.tables import Webhook, WebhookAttempt
from tracker.storage.webhooks import Owned


@dataclass
class Post:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers 200 to every post, or as it is told for a path."""

    url: str = ""
    posts: list[Post] = field(default_factory=list)
    answers: dict[str, tuple[int, Mapping[str, str], bytes]] = field(default_factory=dict)
    before: dict[str, Callable[[], Any]] = field(default_factory=dict)
    """What happens, by path, before a post is answered."""
    most_at_once: int = 0
    _now: int = 0
    _book: Any = field(default_factory=Lock)

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def says(self, status: int, body: bytes = b"", path: str = "/hook", **headers: str) -> None:
        self.answers[path] = (status, headers, body)

    def take(self, post: Post) -> tuple[int, Mapping[str, str], bytes]:
        with self._book:
            self.posts.append(post)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        self.before.get(post.path, bool)()
        with self._book:
            self._now -= 1
        return self.answers.get(post.path, (200, {}, b"taken"))


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that listens on loopback."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            names = {name.lower(): value for name, value in self.headers.items()}
            came = self.rfile.read(length)
            if len(came) < length:
                return  # whoever was posting died meanwhile: nothing was received
            status, headers, body = receiver.take(Post(self.path, names, came))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Hooking:
    """A site, its receiver and clock, in the steps owners and workers take."""

    telling: Telling
    receiver: Receiver

    @property
    def composed(self) -> Composed:
        return self.telling.composed

    @property
    def clock(self) -> Clock:
        return self.telling.clock

    def work(self) -> int:
        """One round of the webhooks job."""
        return run_once("webhooks", self.composed)

    def ask(self, path: str = "/hook", url: str = "", **fields: str) -> None:
        given = {"email": ADA, "url": url or self.receiver.url + path, "template": "json", **fields}
        post = self.composed.webhook_post
        assert post is not None
        wish = hook_wish_from(given, "en", self.composed.webhook_gate.vet, post.templates)
        with self.composed.database.writing() as session:
            ask(session, wish, Seal(SECRET), self.clock())

    def confirm(self) -> tuple[int, str, str]:
        """Press the button of the newest letter: the webhook's number, the owner's link, the secret."""
        self.telling.work()
        token = link(self.telling.inbox.to(ADA)[-1], "webhooks/confirm")
        with self.composed.database.writing() as session:
            found = confirm(session, token, Seal(SECRET), self.clock())
            assert found is not None
            return found[0][0].subscription_id, found[1], found[2]

    def hook(self, path: str = "/hook", **fields: str) -> tuple[int, str, str]:
        """Ask, get the letter, confirm; an hour later."""
        self.ask(path, **fields)
        made = self.confirm()
        self.clock.forward(timedelta(hours=1))
        return made

    def act(self, number: int, manage: str, step: Callable[..., Any], **more: Any) -> Any:
        """What the owner does on their page."""
        with self.composed.database.writing() as session:
            found = owned_one(session, manage, number, self.clock())
            assert found is not None
            return step(session, found, now=self.clock(), **more)

    def allow(self, other: Receiver) -> None:
        """Let the site post to another receiver too: the same site, put together anew."""
        config = self.composed.config
        hosts = (*config.webhooks.allow_hosts, other.host)
        self.telling.composed.close()
        self.telling.composed = compose(replace(config, webhooks=Webhooks(allow_hosts=hosts)), self.clock)

    def row(self, number: int) -> Webhook:
        with self.composed.database.reading() as session:
            found: Owned | None = webhooks.find(session, number)
            assert found is not None
            session.expunge_all()
            return found[0]

    def log(self, number: int) -> list[WebhookAttempt]:
        """How its posts went, the newest first."""
        with self.composed.database.reading() as session:
            rows = webhooks.attempts(session, number, 50)
            session.expunge_all()
            return rows


@contextmanager
def hooking_site(url: str, folder: Path) -> Iterator[Hooking]:
    """A site that may post to a receiver on loopback."""
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    clock, inbox = Clock(), Inbox()
    with relay(inbox, port), receiving() as receiver:
        base = site(url, clock, port, folder).config
        config = replace(
            base,
            webhooks=Webhooks(allow_hosts=(receiver.host,)),
            fetch=replace(base.fetch, host_pause_seconds=0.0),
        )
        telling = Telling(compose(config, clock), clock, inbox)
        telling.enter(3)
        yield Hooking(telling, receiver)
        telling.composed.close()
