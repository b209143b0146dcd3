"""What enters a header stays in it: read back from the bytes on the wire by a parser that is not ours."""

import json
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from typing import Any

import pytest

from tests.shared import shared
from tracker.channels.email import EmailChannel, Relay
from tracker.channels.headers import cleaned
from tracker.domain.post import Message

CASES = json.loads(shared("data", "badinputs", "emails", "header_values.json").read_text(encoding="utf-8"))
OURS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Language",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Content-Type",
]
MORE = [
    "A \U0001f4a9 subject=?UTF-8?Q?=0A?=Bcc: x",
    "==??utf-8?q?=0aBcc: x?=",
    "é" * 400,
    "a\u202eb",
    "x\x85Bcc: y",
]


def channel(name: str = "Answer Watch") -> EmailChannel:
    return EmailChannel(Relay("127.0.0.1", 25, "alerts@example.org", name, list_domain="answers.example.org"))


def check_wire(wire: bytes) -> None:
    """No header but ours, every line ended by CR LF and short enough, nothing that ends the message early."""
    assert message_from_bytes(wire, policy=policy.compat32).keys() == OURS
    assert message_from_bytes(wire, policy=policy.default).keys() == OURS
    lines = wire.split(b"\r\n")
    assert all(len(line) <= 998 for line in lines)
    assert not any(b"\r" in line or b"\n" in line or b"\x00" in line for line in lines)


@pytest.mark.parametrize("value", [case["value"] for case in CASES] + MORE)
@pytest.mark.parametrize("place", ["subject", "name", "text"])
def test_a_value_makes_no_new_header(message: Message, value: str, place: str) -> None:
    changes: dict[str, Any] = {"text": value, "html": value} if place == "text" else {place: value}
    said = channel(value) if place == "name" else channel()
    wire = said.wire(message if place == "name" else replace(message, **changes))
    check_wire(wire)


@pytest.mark.parametrize(
    "value", ["plain words", "Contestación pendiente", "🎉 dos", "  spaced   out ", '"quoted" <x@y.example>']
)
def test_a_subject_is_read_back_as_it_was_meant(message: Message, value: str) -> None:
    wire = channel().wire(replace(message, subject=value))
    read = str(make_header(decode_header(message_from_bytes(wire)["Subject"])))
    assert " ".join(read.split()) == " ".join(value.split())


@pytest.mark.parametrize(
    "name", ["Observatorio de la respuesta pública de la ciudad", 'A "quoted" \\ name', "🎉" * 60]
)
def test_the_name_of_the_sender_leaves_the_address_alone(message: Message, name: str) -> None:
    read = message_from_bytes(channel(name).wire(message), policy=policy.default)["From"]
    assert [address.addr_spec for address in read.addresses] == ["alerts@example.org"]
    # Python's own parser leaves a space between two encoded words, which others do not.
    shown = read.addresses[0].display_name
    assert shown.replace(" ", "")[:18] == name.replace(" ", "")[:18]


def test_encoded_words_stay_under_their_limit(message: Message) -> None:
    wire = channel("é" * 60).wire(replace(message, subject="ñ" * 170))
    words = [word for line in wire.split(b"\r\n\r\n")[0].split() for word in [line] if word.startswith(b"=?")]
    assert len(words) > 2
    assert all(len(word) <= 75 for word in words)


def test_links_and_ids_are_not_broken(message: Message) -> None:
    long = "https://answers.example.org/es/unsubscribe/" + "t" * 300
    wire = channel().wire(replace(message, unsubscribe_url=long))
    assert f"<{long}>\r\n".encode() in wire


def test_cleaning_keeps_words_and_drops_what_cannot_be_seen() -> None:
    assert cleaned("a\r\n b\x00c\u200bd") == "a b c d"
    assert cleaned("x" * 300).endswith("…")
    assert "=?" not in cleaned("==??=?")
