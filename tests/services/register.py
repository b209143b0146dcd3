"""A register of initiatives on this machine: the recorded pages, served over real HTTP, and what else a test wants."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from scrapers.cage import Cage
from scrapers.walk import Gate
from tests.shared import shared
from tracker.config import SourceConfig
from tracker.services.collect import collect_one
from tracker.services.keep_sources import keep_sources
from tracker.storage.engine import Database

HOSTS = (b"https://citizens-initiative.europa.eu", b"https://europa.eu")
LISTING = "/find-initiative_en"
VOICE = "/initiatives/details/2024/000004_en"
VOICE_ANSWER = "/my-voice-my-choice-safe-and-accessible-abortion_en"
WATER = "/initiatives/details/2012/000003_en"
WATER_ANSWER = "/citizens-initiative/water-and-sanitation-are-human-right-water-public-good-not-commodity_en"
PROCESS = "european-citizens-initiative"

NO_ANSWER_YET = """<html><body><h1>My Voice, My Choice: For Safe And Accessible Abortion</h1>
<h2>Submission and examination</h2><p>The initiative was submitted to the Commission on 1 September 2025.</p>
<h2>Answer of the European Commission</h2></body></html>"""
ANSWERED = NO_ANSWER_YET.replace(
    "</body>",
    "<p>The Commission adopted its Communication on 26 February 2026. It will not propose new law, because the "
    "Treaties leave health care to the Member States.</p></body>",
)


@dataclass
class Clock:
    """A clock that tests move."""

    at: datetime = datetime(2026, 1, 12, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at


@dataclass
class Served:
    """One answer of the server."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Register:
    """The pages by path; `hits` are the requests in their order, with whether they were conditional."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.pages: dict[str, Served] = {}
        self.hits: list[tuple[str, bool]] = []

    @property
    def host(self) -> str:
        return self.base.removeprefix("http://")

    def put(self, path: str, text: str | bytes, status: int = 200, **headers: str) -> None:
        body = text.encode() if isinstance(text, str) else text
        for host in HOSTS:
            body = body.replace(host, self.base.encode())
        tag = {"ETag": f'"{sha256(body).hexdigest()[:12]}"', "Content-Type": "text/html; charset=utf-8"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Served(body, status, tag | named)

    def recorded(self, path: str, *where: str) -> None:
        self.put(path, shared("data", "samples", "eci", *where).read_bytes())

    def read(self, path: str) -> int:
        return sum(hit == path for hit, _ in self.hits)


def _handler(register: list[Register]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tag = self.headers.get("If-None-Match", "")
            register[0].hits.append((self.path, bool(tag)))
            page = register[0].pages.get(self.path, Served(b"gone", 404))
            unchanged = page.status == 200 and tag == page.headers.get("ETag")
            self.send_response(304 if unchanged else page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            body = b"" if unchanged else page.body
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            return

    return Handler


@contextmanager
def running_register() -> Iterator[Register]:
    """A server on a free port, stopped afterwards."""
    held: list[Register] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(held))
    register = Register(f"http://127.0.0.1:{server.server_address[1]}")
    held.append(register)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield register
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def with_recordings(register: Register) -> Register:
    """The listing and what is recorded below it; the other initiatives are missing."""
    register.recorded(LISTING, "listings", "first_page.html")
    register.recorded(VOICE, "initiatives", "2024_000004_en.html")
    register.recorded("/initiatives/details/2025/000002_en", "initiatives", "2025_000002_en.html")
    register.put(VOICE_ANSWER, NO_ANSWER_YET)
    return register


@dataclass
class Collecting:
    """Everything a test collects with."""

    database: Database
    register: Register
    cage: Cage
    clock: Clock

    def gate(self) -> Gate:
        return Gate(
            user_agent="Answerby-Test/1", clock=self.clock, allow_hosts=[self.register.host], pause_seconds=0
        )

    def source(self, key: str = "eci", reader: str = "eci", path: str = LISTING, **changes: object) -> None:
        wanted: dict[str, object] = {
            "key": key,
            "reader": reader,
            "address": self.register.base + path,
            "process": PROCESS if reader == "eci" else "",
        }
        with self.database.writing() as session:
            keep_sources(session, [SourceConfig(**wanted | changes)])  # type: ignore[arg-type]

    def collect(self, only: str | None = None) -> bool:
        return collect_one(self.database, self.gate(), self.cage, self.clock, only=only)
