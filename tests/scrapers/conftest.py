"""What the tests of the scrapers share: a server that misbehaves, a gate that may reach it, and a cage."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from scrapers.cage import Cage
from scrapers.model import Page, page_of
from scrapers.walk import Gate
from tests.shared import shared

NOW = datetime(2026, 4, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def hostile_url() -> Iterator[str]:
    """The address of a server on loopback that does every wrong thing on request."""
    surroundings = {**os.environ, "BADINPUTS": str(shared("data", "badinputs").resolve())}
    command = [sys.executable, str(shared("tools", "hostile_http.py")), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.kill()


@pytest.fixture
def gate_for() -> Callable[[str], Gate]:
    """Makes a gate that may reach one loopback address, without pauses and with a short deadline."""

    def make(url: str, deadline_seconds: float = 1.0) -> Gate:
        return Gate(
            user_agent="Answerby/0.1 (tests)",
            clock=lambda: NOW,
            allow_hosts=[url.removeprefix("http://")],
            pause_seconds=0,
            deadline_seconds=deadline_seconds,
        )

    return make


@pytest.fixture
def gate(hostile_url: str, gate_for: Callable[[str], Gate]) -> Gate:
    """A gate that may reach the misbehaving server."""
    return gate_for(hostile_url)


@pytest.fixture(scope="session")
def cage() -> Iterator[Cage]:
    """One cage for all tests, so that few children are started."""
    with Cage() as one:
        yield one


@pytest.fixture
def page() -> Callable[..., Page]:
    """Makes a page from bytes or text, as if fetched on 2 April 2026."""

    def make(
        body: bytes | str, address: str = "https://gov.example.org/feed", content_type: str = ""
    ) -> Page:
        data = body.encode() if isinstance(body, str) else body
        return page_of(data, address=address, fetched_at=NOW, content_type=content_type)

    return make
