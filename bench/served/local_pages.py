"""Two hundred feeds on this machine for the comparisons: seeded, 20 to 60 KB each, served by a process of its own."""

import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

PAGES = 200
_WORDS = """the minister department report recommendation council assembly shall publish response evidence
    funding review housing climate water safety inquiry panel citizens progress update consultation regulation
    agreed noted accepted partly rejected delay timetable spring legislation parliament committee owner""".split()


@cache
def feed(number: int) -> bytes:
    """Feed `number`: RSS and Atom in turn, always the same bytes."""
    chance = random.Random(number)
    size = chance.randrange(20_000, 60_000)
    entries: list[str] = []
    while sum(map(len, entries)) < size:
        entries.append(_SHAPES[number % 2][1](number, len(entries), chance))
    return _SHAPES[number % 2][0].format(number=number, entries="".join(entries)).encode()


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize() + "."


def _markup(chance: random.Random) -> str:
    return escape("".join(f"<p>{_text(chance, chance.randrange(30, 90))}</p>" for _ in range(2)))


def _rss(number: int, entry: int, chance: random.Random) -> str:
    address = f"https://gov{number}.example.org/news/{entry}"
    return (
        f"<item><title>{_text(chance, 9)}</title><link>{address}</link><guid>{address}</guid>"
        f"<pubDate>{_DAYS[entry % 7]}, 0{1 + entry % 7} Jun 2026 09:{entry % 60:02}:00 GMT</pubDate>"
        f"<category>{chance.choice(_WORDS)}</category><description>{_markup(chance)}</description></item>\n"
    )


def _atom(number: int, entry: int, chance: random.Random) -> str:
    address = f"https://gov{number}.example.org/statements/{entry}"
    return (
        f'<entry><title>{_text(chance, 9)}</title><link href="{address}"/><id>{address}</id>'
        f"<updated>2026-06-0{1 + entry % 9}T09:{entry % 60:02}:00Z</updated>"
        f'<summary type="html">{_markup(chance)}</summary></entry>\n'
    )


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""The first of June 2026 was a Monday."""
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SHAPES = (
    (
        _HEAD + '<rss version="2.0"><channel><title>News {number}</title>{entries}</channel></rss>',
        _rss,
    ),
    (
        _HEAD + '<feed xmlns="http://www.w3.org/2005/Atom"><title>Statements {number}</title>'
        "<id>tag:example.org,2026:{number}</id><updated>2026-06-01T00:00:00Z</updated>{entries}</feed>",
        _atom,
    ),
)


@cache
def listing(number: int) -> bytes:
    """Page `number` of a long listing: thirty rows, and where the next page is."""
    chance = random.Random(-number)
    rows = "".join(
        f'<li><a href="https://gov.example.org/{number}/{row}">{_text(chance, 12)}</a></li>'
        for row in range(30)
    )
    further = f'<a class="next" href="{number + 1}">Next</a>' if number + 1 < PAGES else ""
    return f"<html><title>Reports</title><body><ul>{rows}</ul>{further}</body></html>".encode()


_CONTENTS = {"": (feed, "application/xml"), "list-": (listing, "text/html")}


class _Pages(BaseHTTPRequestHandler):
    """/tagged/N answers conditional requests; /plain/N always sends everything; /list-tagged/N, /list-plain/N too."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        parts = self.path.strip("/").split("/")
        if len(parts) != 2 or not parts[1].isdigit():
            return self._send(404, b"", "")
        made, kind = _CONTENTS["list-" if parts[0].startswith("list-") else ""]
        body = made(int(parts[1]) % PAGES)
        tag = f'"{sha256(body).hexdigest()[:16]}"' if parts[0].endswith("tagged") else ""
        if tag and self.headers.get("If-None-Match") == tag:
            return self._send(304, b"", tag, kind)
        return self._send(200, body, tag, kind)

    def _send(self, status: int, body: bytes, tag: str, kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        if tag:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        """A reader that hangs up is no news."""


@contextmanager
def pages_served() -> Iterator[str]:
    """The pages' address, served until the block ends by a process whose time nobody counts."""
    command = [sys.executable, __file__]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.kill()


def _serve() -> None:
    for number in range(PAGES):
        feed(number)
        listing(number)
    with _Server(("127.0.0.1", 0), _Pages) as server:
        sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__" and len(sys.argv) == 1:
    _serve()
