"""Mail over real SMTP: what is handed over, and what each misbehaviour of a relay means for the message."""

import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.services.told import Inbox, relay
from tracker.channels.email import EmailChannel, Relay
from tracker.domain.post import Fate, Message

QUICK = {"each_seconds": 0.3, "whole_seconds": 1.0}


def channel(port: int, **changes: Any) -> EmailChannel:
    settings = {"host": "127.0.0.1", "sender": "alerts@example.org", "starttls": False, **changes}
    return EmailChannel(Relay(port=port, **settings))


def test_a_message_arrives_with_all_that_mailing_lists_need(free_port: int, message: Message) -> None:
    inbox = Inbox()
    with relay(inbox, free_port):
        assert channel(free_port, list_domain="answers.example.org").send(message).accepted
    (got,) = inbox.messages
    assert got["Message-ID"] == "<batch-1@example.org>"
    assert got["List-Id"] == "<overdue.answers.example.org>"
    assert got["List-Unsubscribe"] == "<https://answers.example.org/unsubscribe/abc>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Date"] == "Tue, 12 May 2026 09:00:00 +0000"
    assert inbox.recipients == ["ada@example.org"]


def test_text_and_html_arrive_whole_with_their_lone_dots(free_port: int, message: Message) -> None:
    inbox = Inbox()
    with relay(inbox, free_port):
        channel(free_port).send(message)
    plain, rich = inbox.messages[0].iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == message.text
    assert rich.get_content().replace("\r\n", "\n") == message.html
    assert (plain.get_content_type(), rich.get_content_type()) == ("text/plain", "text/html")


def test_a_letter_belongs_to_no_list(free_port: int, message: Message) -> None:
    read = message_from_bytes(channel(free_port).wire(replace(message, list_name="", unsubscribe_url="")))
    assert not {"List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"} & set(read.keys())


@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        ("450 4.7.1 greylisted", Fate.LATER),
        ("452 4.2.2 full", Fate.LATER),
        ("552 5.2.2 full", Fate.LATER),
        ("550 5.1.1 no such user", Fate.BOUNCED),
        ("553 5.1.3 bad address", Fate.BOUNCED),
        ("550 5.7.1 relaying denied", Fate.REFUSED),
        ("554 5.7.1 blocked", Fate.REFUSED),
    ],
)
def test_what_the_relay_says_of_an_address(free_port: int, message: Message, answer: str, fate: Fate) -> None:
    inbox = Inbox()
    inbox.refusals[message.to] = answer
    with relay(inbox, free_port):
        outcome = channel(free_port).send(message)
    assert outcome.fate is fate
    assert answer[:3] in outcome.error
    assert inbox.messages == []


@pytest.mark.parametrize(
    ("mode", "fate", "arrived"),
    [
        ("ok", Fate.ACCEPTED, 1),
        ("slow", Fate.CLOSED, 0),
        ("bad_multiline", Fate.ACCEPTED, 1),
        ("greet_421", Fate.CLOSED, 0),
        ("hang_greet", Fate.CLOSED, 0),
        ("long_reply", Fate.CLOSED, 0),
        ("drop_mail", Fate.CLOSED, 0),
        ("drop_rcpt", Fate.LATER, 0),
        ("450_once", Fate.LATER, 0),
        ("450_always", Fate.LATER, 0),
        ("554_data", Fate.REFUSED, 0),
        ("hang_data", Fate.UNCLEAR, 0),
        ("drop_data", Fate.UNCLEAR, 0),
        ("drop_after_data", Fate.UNCLEAR, 1),
    ],
)
def test_every_misbehaviour_has_its_meaning(
    hostile: Callable[..., Any], message: Message, mode: str, fate: Fate, arrived: int
) -> None:
    server = hostile(mode)
    assert channel(server.port, **QUICK).send(message).fate is fate
    assert len(server.accepted) == arrived


def test_nobody_listening_is_no_fault_of_the_message(free_port: int, message: Message) -> None:
    outcome = channel(free_port).send(message)
    assert outcome.fate is Fate.CLOSED
    assert "127.0.0.1" in outcome.error


def test_without_encryption_nothing_is_said(hostile: Callable[..., Any], message: Message) -> None:
    server = hostile("no_starttls")
    outcome = channel(server.port, starttls=True).send(message)
    assert outcome.fate is Fate.CLOSED
    assert server.accepted == []


def test_a_password_that_is_not_taken_is_no_fault_of_the_message(
    hostile: Callable[..., Any], message: Message
) -> None:
    server = hostile("auth_fail")
    outcome = channel(server.port, username="us", password="wrong").send(message)
    assert outcome.fate is Fate.CLOSED
    assert "wrong" not in outcome.error


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate and its key for localhost, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "localhost.pem"
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


def _server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_encryption_and_password_are_spoken_to_a_relay_that_asks_for_both(
    free_port: int, message: Message, certificate: Path
) -> None:
    inbox, seen = Inbox(), []

    def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        seen.append((data.login, data.password))
        return AuthResult(success=True)

    settings = {"require_starttls": True, "auth_required": True, "authenticator": authenticate}
    with relay(inbox, free_port, tls_context=_server_side(certificate), **settings):
        outcome = channel(
            free_port,
            host="localhost",
            starttls=True,
            trust=ssl.create_default_context(cafile=str(certificate)),
            username="us",
            password="secret",
        ).send(message)
    assert outcome.accepted, outcome
    assert seen == [(b"us", b"secret")]
    assert len(inbox.messages) == 1


def test_a_certificate_nobody_vouches_for_is_refused(
    free_port: int, message: Message, certificate: Path
) -> None:
    inbox = Inbox()
    with relay(inbox, free_port, tls_context=_server_side(certificate), require_starttls=True):
        outcome = channel(free_port, host="localhost", starttls=True).send(message)
    assert outcome.fate is Fate.CLOSED
    assert inbox.messages == []


def test_the_wire_is_read_by_another_parser_without_defects(free_port: int, message: Message) -> None:
    read = message_from_bytes(channel(free_port).wire(message), policy=policy.strict)
    assert read.defects == []
