"""What the channels' tests may ask for: a message, a free port, the misbehaving relay."""

import importlib.util
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.shared import shared
from tracker.domain.post import Message


@pytest.fixture
def free_port() -> int:
    """A port of loopback that nobody listens on at this moment."""
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def message() -> Message:
    """A finished message to one address."""
    return Message(
        message_id="<batch-1@example.org>",
        to="ada@example.org",
        subject="2 newly overdue",
        text="Ministry of Water\n.\n..\nMinistry of Rivers\n",
        html="<p>Ministry of Water</p>\n",
        language="en",
        dated_at=datetime(2026, 5, 12, 9, tzinfo=UTC),
        list_name="overdue",
        unsubscribe_url="https://answers.example.org/unsubscribe/abc",
    )


@pytest.fixture
def hostile() -> Iterator[Callable[..., Any]]:
    """Starts the misbehaving relay in a mode; all are stopped afterwards."""
    path = shared("tools", "hostile_smtp.py")
    spec = importlib.util.spec_from_file_location("hostile_smtp", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    started: list[Any] = []

    def start(mode: str, seed: int = 1) -> Any:
        started.append(module.Server(mode=mode, seed=seed).start())
        return started[-1]

    yield start
    for server in started:
        server.stop()
