"""A demonstration writes its mail into a folder: as it would travel, each message once, and nothing leaves."""

import email
from datetime import UTC, datetime
from email import policy
from pathlib import Path

import pytest

from tracker.channels.email import EmailChannel, Relay
from tracker.channels.folder import FolderChannel
from tracker.domain.post import Fate, Message

TOLD = Message(
    message_id="<6b86b273ff34fce1@demo.example>",
    to="ada@reader.example",
    subject="2 newly overdue – Ärzte",
    text="Since 3 May.\n",
    html="<p>Since 3 May.</p>",
    language="en",
    dated_at=datetime(2026, 5, 3, 7, tzinfo=UTC),
)


@pytest.fixture
def channel(tmp_path: Path) -> FolderChannel:
    return FolderChannel(EmailChannel(Relay("", 587, "demo@demo.example")), tmp_path / "outbox")


def test_a_message_lies_in_the_folder_as_it_would_travel(channel: FolderChannel) -> None:
    assert channel.send(TOLD).accepted
    [file] = channel.folder.iterdir()
    found = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (found["Subject"], found["To"]) == (TOLD.subject, "ada@reader.example")
    assert file.name == "2026-05-03T070000Z-6b86b273ff34fce1.eml"


def test_a_repeat_under_the_same_name_is_one_file(channel: FolderChannel) -> None:
    channel.send(TOLD)
    channel.send(TOLD)
    assert len(list(channel.folder.iterdir())) == 1


def test_a_disk_that_takes_nothing_is_no_error_of_the_message(tmp_path: Path, channel: FolderChannel) -> None:
    (tmp_path / "outbox").write_text("a file stands where the folder should be")
    assert channel.send(TOLD).fate is Fate.LATER
