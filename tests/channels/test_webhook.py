"""The channel of webhooks through the real gate, against a server that does every wrong thing."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from scrapers.walk import Gate
from scrapers.walk.posting import posted
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
        ("close", "broken or cut short"),
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
