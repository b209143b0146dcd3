"""Robots, pauses, one connection at a time, conditional requests and certificates, on a server that behaves."""

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scrapers.walk import Backoff, Gate, Refused, Unreachable
from scrapers.walk.pace import Pace
from scrapers.walk.robots import read_robots

NOW = datetime.now(UTC)


class Quiet(ThreadingHTTPServer):
    """Says nothing when a client hangs up in the middle of a handshake, which is what these tests are about."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


class Site:
    """A small server: pages by path as (status, headers, body); keeps the requests it saw."""

    def __init__(
        self, pages: dict[str, tuple[int, dict[str, str], bytes]], tls: ssl.SSLContext | None = None
    ) -> None:
        site = self
        self.seen: list[tuple[str, dict[str, str]]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.seen.append((self.path, dict(self.headers.items())))
                status, headers, body = pages.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = Quiet(("127.0.0.1", 0), Handler)
        if tls:
            self.server.socket = tls.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def site() -> Iterator[Callable[..., Site]]:
    """Starts sites, and stops them at the end."""
    running: list[Site] = []

    def start(pages: dict[str, tuple[int, dict[str, str], bytes]], tls: ssl.SSLContext | None = None) -> Site:
        running.append(Site(pages, tls))
        return running[-1]

    yield start
    for one in running:
        one.close()


def _gate(port: int, **more: object) -> Gate:
    options = {"pause_seconds": 0, "deadline_seconds": 5, **more}
    return Gate(
        user_agent="Answerby/0.1 (+https://watch.example.org/about)",
        clock=lambda: NOW,
        allow_hosts=[f"127.0.0.1:{port}", f"gov.example.org:{port}"],
        resolver=lambda host, port: ["127.0.0.1"],
        **options,  # type: ignore[arg-type]
    )


def test_what_robots_txt_forbids_is_not_read_and_the_file_is_asked_for_once(
    site: Callable[..., Site],
) -> None:
    robots = b"User-agent: *\nDisallow: /\n\nUser-agent: answerby\nDisallow: /private\nAllow: /private/report"
    one = site({"/robots.txt": (200, {}, robots), "/a": (200, {}, b"a"), "/private/report": (200, {}, b"b")})
    gate = _gate(one.port)
    assert gate.get(f"http://127.0.0.1:{one.port}/a").body == b"a"
    assert gate.get(f"http://127.0.0.1:{one.port}/private/report").body == b"b"
    with pytest.raises(Refused, match=r"robots\.txt"):
        gate.get(f"http://127.0.0.1:{one.port}/private/x")
    assert [path for path, _ in one.seen] == ["/robots.txt", "/a", "/private/report"]


def test_a_robots_txt_that_cannot_be_read_allows_nothing(site: Callable[..., Site]) -> None:
    broken = site({"/robots.txt": (500, {}, b""), "/a": (200, {}, b"a")})
    busy = site({"/robots.txt": (429, {}, b""), "/a": (200, {}, b"a")})
    with pytest.raises(Unreachable, match=r"robots\.txt"):
        _gate(broken.port).get(f"http://127.0.0.1:{broken.port}/a")
    with pytest.raises(Backoff):
        _gate(busy.port).get(f"http://127.0.0.1:{busy.port}/a")


def test_the_request_says_who_we_are_and_what_we_have(site: Callable[..., Site]) -> None:
    one = site({"/a": (304, {}, b"")})
    page = _gate(one.port).get(
        f"http://127.0.0.1:{one.port}/a", etag='"x"', last_modified="Wed, 01 Apr 2026 00:00:00 GMT"
    )
    sent = one.seen[-1][1]
    assert page.not_modified
    assert sent["User-Agent"].startswith("Answerby/")
    assert sent["If-None-Match"] == '"x"'
    assert sent["If-Modified-Since"] == "Wed, 01 Apr 2026 00:00:00 GMT"
    assert sent["Accept-Encoding"] == "gzip"


def test_a_host_gets_a_pause_between_two_requests() -> None:
    now = [100.0]
    waits: list[float] = []
    pace = Pace(2.0, monotonic=lambda: now[0], sleep=waits.append)
    with pace.turn("gov.example.org:443"):
        now[0] = 103.0
    with pace.turn("other.example.org:443"):
        pass
    with pace.turn("gov.example.org:443", asked_pause=7.0):
        pass
    with pace.turn("gov.example.org:443"):
        pass
    assert waits == [2.0, 7.0]


def test_a_host_serves_one_request_at_a_time() -> None:
    pace = Pace(0.0, longest_wait_seconds=0.05)
    with (
        pace.turn("gov.example.org:443"),
        pytest.raises(Backoff, match="took too long"),
        pace.turn("gov.example.org:443"),
    ):
        pass


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", False),
        ("User-agent: other\nUser-agent: answerby\nDisallow: /a\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("<html>not a robots file</html>", "/a", True),
        ("User-agent: *\nDisallow: /exact$", "/exact", False),
        ("User-agent: *\nDisallow: /exact$", "/exactly", True),
    ],
)
def test_rules_of_robots_txt_mean_what_the_standard_says(rules: str, path: str, allowed: bool) -> None:
    assert read_robots(rules, "Answerby").allows(path) is allowed


def test_the_pause_robots_txt_asks_for_is_known() -> None:
    assert read_robots("User-agent: *\nCrawl-delay: 10", "Answerby").pause_seconds == 10
    assert read_robots("User-agent: *\nCrawl-delay: soon", "Answerby").pause_seconds == 0


def _certificate(folder: Path, name: str, days: tuple[int, int]) -> tuple[Path, ssl.SSLContext]:
    """A certificate that vouches for itself, and a server's side that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=days[0]))
        .not_valid_after(NOW + timedelta(days=days[1]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return path, server


@pytest.mark.parametrize(
    ("name", "days", "trusted", "words"),
    [
        ("gov.example.org", (-2, -1), True, "expired"),
        ("evil.example.org", (-1, 1), True, "ostname mismatch"),
        ("gov.example.org", (-1, 1), False, "self-signed"),
    ],
)
def test_a_certificate_that_does_not_hold_is_refused(
    name: str, days: tuple[int, int], trusted: bool, words: str, tmp_path: Path, site: Callable[..., Site]
) -> None:
    path, tls = _certificate(tmp_path, name, days)
    one = site({}, tls)
    ours = ssl.create_default_context(cafile=path) if trusted else ssl.create_default_context()
    with pytest.raises(Refused, match=words):
        _gate(one.port, ssl_context=ours).get(f"https://gov.example.org:{one.port}/a")


def test_a_good_certificate_is_taken_and_a_step_down_to_http_is_not(
    tmp_path: Path, site: Callable[..., Site]
) -> None:
    path, tls = _certificate(tmp_path, "gov.example.org", (-1, 1))
    down = {"Location": "http://example.org/"}
    one = site({"/a": (200, {}, b"a"), "/down": (302, down, b"")}, tls)
    gate = _gate(one.port, ssl_context=ssl.create_default_context(cafile=path))
    assert gate.get(f"https://gov.example.org:{one.port}/a").body == b"a"
    assert one.seen[-1][1]["Host"] == f"gov.example.org:{one.port}"
    with pytest.raises(Refused, match="open connection"):
        gate.get(f"https://gov.example.org:{one.port}/down")
