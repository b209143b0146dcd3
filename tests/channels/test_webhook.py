"""The channel of webhooks through the real gate, against a server that does every wrong thing."""

import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from socket import create_server
from threading import Thread
from typing import Any

import pytest

from scrapers.walk import Gate
from scrapers.walk.posting import posted
from tests.scrapers.walk.served import certificate
from tests.shared import shared
from tracker.channels.webhook import WebhookChannel
from tracker.domain.post import Fate
from tracker.domain.webhook import Body, Posted

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
BODY = Body("application/json", b'{"type":"webhook.test"}')


def channel(through: Gate, seconds: float = 1.0) -> WebhookChannel:
    return WebhookChannel(
        lambda url, body, headers: posted(through, url, body, headers, NOW, deadline_seconds=seconds)
    )


def gate(**more: Any) -> Gate:
    return Gate(user_agent="Answerby/1", clock=lambda: NOW, pause_seconds=0, **more)


@pytest.fixture(scope="module")
def hostile_url() -> Iterator[str]:
    """The hostile HTTP server."""
    command = [sys.executable, str(shared("tools", "hostile_http.py")), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.kill()


@pytest.fixture
def post(hostile_url: str) -> Callable[[str], Posted]:
    """Posts to a path of the hostile server."""
    there = channel(gate(allow_hosts=[hostile_url.removeprefix("http://")]))
    return lambda path: there.send(f"{hostile_url}/{path}", BODY, {"webhook-id": "msg_1"})


@pytest.mark.parametrize(
    "fault", ["ok", "drip", "endless", "big?mb=200", "short", "chunk-cut", "status?c=204"]
)
def test_whoever_answers_200_has_taken_it_whatever_follows(post: Callable[[str], Posted], fault: str) -> None:
    began = time.monotonic()
    done = post(fault)
    assert done.accepted
    assert len(done.answer) <= 200
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("hang", "after 1 seconds"),
        ("slow-headers", "after 1 seconds"),
        ("continue-forever", "after 1 seconds"),
        ("close", "broke"),
        ("rst", ""),
        ("garbage", ""),
        ("headers-huge", ""),
        ("redirect?to=/ok", "follow no redirect"),
        ("redirect?to=http://169.254.169.254/", "follow no redirect"),
        ("status?c=404", "knows no such address (status 404)"),
        ("status?c=500", "failed (status 500)"),
        ("auth", "asks for a login"),
    ],
)
def test_whatever_else_comes_is_a_failure_with_a_sentence(
    post: Callable[[str], Posted], fault: str, said: str
) -> None:
    done = post(fault)
    assert done.fate is Fate.UNCLEAR
    assert said in done.error
    assert done.error


def test_gone_is_told_apart(post: Callable[[str], Posted]) -> None:
    assert post("status?c=410").gone
    assert not post("status?c=404").gone


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://metadata/", "http://10.0.0.1/", "https://a@b.org/"]
)
def test_a_denied_address_is_refused_when_it_is_dialled_too(url: str) -> None:
    done = channel(gate()).send(url, BODY, {})
    assert (done.status, done.accepted) == (None, False)
    assert "is not fetched" in done.error


def test_a_name_that_leads_inside_is_not_dialled() -> None:
    inside = gate(resolver=lambda _host, _port: ["127.0.0.1"])
    done = channel(inside).send("https://hooks.example.org/", BODY, {})
    assert not done.accepted
    assert "private or reserved" in done.error


def whole_post(caller: Any) -> bytes:
    read = b""
    while not read.endswith(BODY.text) and (more := caller.recv(65_536)):
        read += more
    return read


@contextmanager
def listening(
    answer: Callable[[Any], None], tls: ssl.SSLContext | None = None
) -> Iterator[tuple[int, list[bytes]]]:
    """Answers every caller in its own way; its port, and what callers said to it."""
    heard: list[bytes] = []

    def talk(server: Any) -> None:
        while True:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            with (
                suppress(OSError),
                caller,
                tls.wrap_socket(caller, server_side=True) if tls else caller as one,
            ):
                heard.append(whole_post(one))
                answer(one)

    with closing(create_server(("127.0.0.1", 0))) as server:
        Thread(target=talk, args=(server,), daemon=True).start()
        yield server.getsockname()[1], heard


def taken(caller: Any) -> None:
    caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.7"],
        ["169.254.169.254"],
        ["::1"],
        ["fd00::7"],
        ["::ffff:127.0.0.1"],
        ["100.64.0.1", "192.168.1.1"],
        ["0.0.0.0"],
    ],
)
def test_a_name_is_looked_up_anew_for_each_post_and_never_dialled_where_it_leads_inside(
    addresses: list[str],
) -> None:
    asked: list[str] = []

    def resolver(host: str, _port: int) -> list[str]:
        asked.append(host)
        return addresses

    inside = channel(gate(resolver=resolver))
    for _ in range(2):
        done = inside.send("https://hooks.example.org/", BODY, {})
        assert (done.fate, done.status) == (Fate.UNCLEAR, None)
        assert "private or reserved" in done.error
    assert asked == ["hooks.example.org"] * 2


@pytest.mark.parametrize(
    ("name", "days", "trusted", "said"),
    [
        ("hooks.example.org", (-1, 1), True, ""),
        ("evil.example.org", (-1, 1), True, "ostname mismatch"),
        ("hooks.example.org", (-2, -1), True, "expired"),
        ("hooks.example.org", (-1, 1), False, "self-signed"),
    ],
)
def test_a_receiver_that_cannot_prove_its_name_gets_no_byte_of_the_post(
    name: str, days: tuple[int, int], trusted: bool, said: str, tmp_path: Path
) -> None:
    path, tls = certificate(tmp_path, name, days)
    ours = ssl.create_default_context(cafile=path) if trusted else ssl.create_default_context()
    with listening(taken, tls) as (port, heard):
        there = gate(
            resolver=lambda _host, _port: ["127.0.0.1"],
            allow_hosts=[f"hooks.example.org:{port}"],
            ssl_context=ours,
        )
        done = channel(there, 5.0).send(f"https://hooks.example.org:{port}/", BODY, {})
    assert done.accepted is (said == ""), done
    assert said in done.error
    assert any(heard) is (said == "")


@pytest.mark.parametrize("pause", [0.0, 0.02])
def test_a_receiver_that_answers_headers_for_ever_is_left_in_time(pause: float) -> None:
    def headers_for_ever(caller: Any) -> None:
        caller.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(10_000_000):
            caller.sendall(b"X-More-%d: and more\r\n" % number)
            time.sleep(pause)

    began = time.monotonic()
    with listening(headers_for_ever) as (port, _heard):
        done = channel(gate(allow_hosts=[f"127.0.0.1:{port}"])).send(f"http://127.0.0.1:{port}/", BODY, {})
    assert (done.fate, done.status) == (Fate.UNCLEAR, None)
    assert done.error
    assert time.monotonic() - began < 10
