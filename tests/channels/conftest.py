"""What the channels' tests may ask for: a message, a free port, the misbehaving relay."""

import socket
from contextlib import closing
from datetime import UTC, datetime

import pytest

from tests.hostile_relays import hostile as hostile
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
