"""One message handed to the relay step by step, each step in plain words: what an operator needs when none arrives."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from tracker.channels.headers import cleaned
from tracker.channels.smtp_line import IMPLICIT_TLS, Relay


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whether the way goes on behind it, and a sentence."""

    good: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class _Way:
    """The conversation with the relay, and what is to be sent."""

    relay: Relay
    smtp: smtplib.SMTP
    wire: bytes
    to: str


class _StoppedError(Exception):
    """The relay answered in a way that ends the walk."""


def walk(relay: Relay, wire: bytes, to: str) -> Iterator[Step]:
    """Connect, encrypt, log in, hand over; ends at the first step that fails. Nothing is said before encryption."""
    way = _Way(relay, relay.conversation(), wire, to)
    try:
        for step, mend in _STEPS:
            try:
                yield Step(True, step(way))
            except (OSError, smtplib.SMTPException, ValueError, _StoppedError) as error:
                yield Step(False, f"{_said(error)} {mend}".strip())
                return
    finally:
        with suppress(OSError, smtplib.SMTPException):
            way.smtp.quit()
        way.smtp.close()


def _connected(way: _Way) -> str:
    relay = way.relay
    code, answer = way.smtp.connect(relay.host, relay.port)
    if code != 220:
        raise _StoppedError(_quoted(code, answer))
    return f"Connected to {relay.host}, port {relay.port}."


def _encrypted(way: _Way) -> str:
    relay, smtp = way.relay, way.smtp
    if relay.port != IMPLICIT_TLS and not relay.starttls:
        return "Not encrypted: mail.starttls is off."
    if relay.port != IMPLICIT_TLS:
        smtp.ehlo_or_helo_if_needed()
        if not smtp.has_extn("starttls"):
            raise _StoppedError(
                "The relay does not offer STARTTLS, so nothing was said to it, no password either."
            )
        smtp.starttls(context=relay.trusted)
    version = smtp.sock.version() if isinstance(smtp.sock, ssl.SSLSocket) else ""
    return f"Encrypted with {version}; the certificate is good for {relay.host}."


def _logged_in(way: _Way) -> str:
    relay, smtp = way.relay, way.smtp
    smtp.ehlo_or_helo_if_needed()
    if not relay.username:
        return "No account is configured: the relay must take mail from this machine without one."
    if not smtp.has_extn("auth"):
        raise _StoppedError("The relay asks for no account, but one is configured.")
    smtp.login(relay.username, relay.password)
    return "The relay took the account and its password."


def _as_sender(way: _Way) -> str:
    _must(*way.smtp.mail(way.relay.sender), good=(250,))
    return f"It lets us write as {way.relay.sender}."


def _to_recipient(way: _Way) -> str:
    _must(*way.smtp.rcpt(way.to), good=(250, 251))
    return f"It takes mail for {way.to}."


def _handed_over(way: _Way) -> str:
    code, answer = way.smtp.data(way.wire)
    _must(code, answer, good=(250,))
    return f"It took the message: {_quoted(code, answer)}"


_Sentence = Callable[[_Way], str]
_STEPS: tuple[tuple[_Sentence, str], ...] = (
    (_connected, "Check mail.host and mail.port, and whether this machine's network lets that port out."),
    (
        _encrypted,
        "Use the relay's submission port (587, or 465), and the name that stands in its certificate as mail.host; "
        "only for a relay on this machine switch mail.starttls off.",
    ),
    (_logged_in, "Check mail.username and mail.password; a relay that needs none wants both empty."),
    (_as_sender, "Check mail.sender: the relay must let the account write as that address."),
    (_to_recipient, "Check the address; some relays only take mail for the outside from a known account."),
    (_handed_over, "The relay gives the reason."),
)


def _must(code: int, answer: bytes, *, good: tuple[int, ...]) -> None:
    if code not in good:
        raise _StoppedError(_quoted(code, answer))


def _quoted(code: int, answer: bytes) -> str:
    return cleaned(f"The relay said: {code} {answer.decode('utf-8', 'replace')}", 300)


def _said(error: Exception) -> str:
    if isinstance(error, _StoppedError):
        return str(error)
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        return _quoted(error.smtp_code, answer if isinstance(answer, bytes) else str(answer).encode())
    if isinstance(error, ssl.SSLError):
        return f"No encryption that can be trusted: {cleaned(str(error.reason or error), 200)}."
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "The relay was silent for too long."
    return f"{cleaned(str(error) or type(error).__name__, 200).rstrip('.')}."
