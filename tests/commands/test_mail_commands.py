"""`answerby mail`: each step to the relay in plain words; messages that came back; numbers."""

import importlib.util
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.services.told import ADA, Inbox, relay
from tests.shared import shared
from tracker.channels.email import EmailChannel, Relay
from tracker.channels.relay_steps import Step, walk
from tracker.cli import main
from tracker.services.try_mail import trial

PASSWORD = "correct horse"


@pytest.fixture
def port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate and its key for localhost, in one file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    made = made.not_valid_after(now + timedelta(days=1))
    signed = made.add_extension(
        x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False
    ).sign(key, hashes.SHA256())
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "localhost.pem"
    path.write_bytes(pem + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def hostile() -> Iterator[Callable[[str], Any]]:
    """Starts the misbehaving relay in a mode; all are stopped afterwards."""
    spec = importlib.util.spec_from_file_location("hostile_smtp", shared("tools", "hostile_smtp.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    started: list[Any] = []

    def start(mode: str) -> Any:
        started.append(module.Server(mode=mode).start())
        return started[-1]

    yield start
    for server in started:
        server.stop()


def steps(port: int, **changes: Any) -> list[Step]:
    settings = {"host": "localhost", "sender": "alerts@example.org", "each_seconds": 1.0, **changes}
    channel = EmailChannel(Relay(port=port, **settings))
    message = trial(ADA, "Answer Watch", "example.org", datetime.now(UTC))
    return list(walk(channel.relay, channel.wire(message), message.to))


def _server(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def _knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


def test_submission_with_encryption_and_login_is_said_step_by_step(port: int, certificate: Path) -> None:
    inbox, trust = Inbox(), ssl.create_default_context(cafile=str(certificate))
    asked = {"require_starttls": True, "auth_required": True, "authenticator": _knows}
    with relay(inbox, port, tls_context=_server(certificate), **asked):
        right = steps(port, username="us", password=PASSWORD, trust=trust)
        wrong = steps(port, username="us", password="wrong", trust=trust)
        distrusted = steps(port, username="us", password=PASSWORD)
    assert [one.good for one in right] == [True] * 6
    assert right[1].sentence.startswith("Encrypted with TLSv1")
    assert right[5].sentence == "It took the message: The relay said: 250 OK"
    assert [one.good for one in wrong] == [True, True, False]
    assert "535" in wrong[2].sentence and "mail.password" in wrong[2].sentence
    assert [one.good for one in distrusted] == [True, False]
    assert "encryption" in distrusted[1].sentence
    assert PASSWORD not in str([*right, *wrong, *distrusted])
    assert inbox.recipients == [ADA]


def test_without_encryption_offered_no_password_is_sent_and_that_is_said(port: int) -> None:
    inbox = Inbox()
    with relay(inbox, port, auth_require_tls=False, authenticator=_knows):
        found = steps(port, username="us", password=PASSWORD)
    assert [one.good for one in found] == [True, False]
    assert "does not offer STARTTLS, so nothing was said to it, no password either" in found[1].sentence
    assert "587" in found[1].sentence
    assert inbox.messages == []


@pytest.mark.parametrize(
    ("mode", "good", "words"),
    [
        ("ok", 6, "It took the message"),
        ("greet_421", 0, "421 busy"),
        ("hang_greet", 0, "silent"),
        ("auth_fail", 2, "535 5.7.8 no"),
        ("drop_mail", 3, "Check mail.sender"),
        ("550_odd,450_always", 4, "450 4.7.1"),
        ("554_data", 5, "554 5.6.0 refused"),
        ("long_reply", 2, "Line too long"),
    ],
)
def test_whatever_the_relay_does_the_last_step_says_it(
    hostile: Callable[[str], Any], mode: str, good: int, words: str
) -> None:
    found = steps(hostile(mode).port, starttls=False, username="us", password="x", host="127.0.0.1")
    assert len([one for one in found if one.good]) == good, found
    assert words in found[-1].sentence


def test_nobody_there_says_what_to_look_at(port: int) -> None:
    (only,) = steps(port, host="127.0.0.1")
    assert not only.good
    assert "mail.host and mail.port" in only.sentence


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    monkeypatch.setenv("ANSWERBY_DATABASE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    return lambda *arguments, **given: CliRunner().invoke(main, ["mail", *arguments], **given)


def test_the_command_ends_well_or_not_as_the_message_did(
    run: Callable[..., Any], hostile: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("test", ADA).exit_code == 1
    settings = {"HOST": "127.0.0.1", "SENDER": "alerts@example.org", "STARTTLS": "false"}
    for name, value in settings.items():
        monkeypatch.setenv(f"ANSWERBY_MAIL_{name}", value)
    monkeypatch.setenv("ANSWERBY_MAIL_PORT", str(hostile("ok").port))
    taken = run("test", ADA)
    assert (taken.exit_code, taken.output.count("\n")) == (0, 7), taken.output
    wrong = run("test", "nobody")
    assert wrong.exit_code == 1 and "name@example.org" in wrong.output
    monkeypatch.setenv("ANSWERBY_MAIL_PORT", str(hostile("554_data").port))
    assert run("test", ADA).exit_code == 1


def test_what_is_no_report_is_no_failure_for_the_mail_server_that_hands_it_over(
    run: Callable[..., Any],
) -> None:
    said = run("bounce", input=b"Subject: holiday\n\nuntil Monday\n")
    assert said.exit_code == 0
    assert said.output.startswith("Nothing was done: this is neither")


def test_numbers_without_addresses(run: Callable[..., Any]) -> None:
    assert run("status").output == "bounced\t0\ncomplained\t0\ndeferred\t0\nput off\t0\n"
