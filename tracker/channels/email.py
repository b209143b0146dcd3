"""Mail over SMTP: finished messages to one address each, and what the relay said about them."""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from threading import Timer

from tracker.channels.headers import cleaned, header, mailbox
from tracker.domain.mail_status import Meaning, meaning, of_message
from tracker.domain.post import Fate, Message, Outcome

IMPLICIT_TLS = 465
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Relay:
    """The server that takes our mail, and as whom we write."""

    host: str
    port: int
    sender: str
    sender_name: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True
    list_domain: str = ""
    """What stands behind the list's name in List-Id; the sender's domain where empty."""
    each_seconds: float = 20.0
    """How long the relay may keep silent."""
    whole_seconds: float = 60.0
    """How long one message may take in all, however slowly the relay speaks."""
    trust: ssl.SSLContext | None = None


class EmailChannel:
    """Sends by one relay, a fresh connection for each message."""

    name = "email"

    def __init__(self, relay: Relay) -> None:
        """Nothing is opened yet."""
        self.relay = relay
        self.sender_domain = relay.sender.rpartition("@")[2]

    def send(self, message: Message) -> Outcome:
        """Hand the message to the relay and say what became of it; never raises for what the relay does."""
        wire = self.wire(message)
        smtp = self._conversation()
        with _cut_after(smtp, self.relay.whole_seconds):
            refusal = self._open(smtp) or self._from(smtp)
            return refusal or self._to(smtp, message.to) or self._data(smtp, wire)

    def wire(self, message: Message) -> bytes:
        """The message as it travels: lines of at most 998 octets, ended by CR LF."""
        return b"".join(header(name, value) for name, value in self._headers(message)) + _body(message)

    def _headers(self, message: Message) -> Iterator[tuple[str, str]]:
        yield "From", mailbox(self.relay.sender_name, self.relay.sender)
        yield "To", f"<{message.to}>"
        if message.reply_to:
            yield "Reply-To", f"<{cleaned(message.reply_to)}>"
        yield "Subject", cleaned(message.subject)
        yield "Date", format_datetime(message.dated_at)
        yield "Message-ID", cleaned(message.message_id)
        yield "Auto-Submitted", "auto-generated"
        yield "Content-Language", cleaned(message.language, 12)
        if message.list_name:
            yield "List-Id", f"<{message.list_name}.{self.relay.list_domain or self.sender_domain}>"
        if message.unsubscribe_url:
            yield "List-Unsubscribe", f"<{cleaned(message.unsubscribe_url, 900)}>"
            yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"

    def _conversation(self) -> smtplib.SMTP:
        """Not connected yet, so that the time for the whole counts from the first byte."""
        relay = self.relay
        smtp = (
            smtplib.SMTP_SSL(
                timeout=relay.each_seconds, local_hostname=self.sender_domain, context=self._trust()
            )
            if relay.port == IMPLICIT_TLS
            else smtplib.SMTP(timeout=relay.each_seconds, local_hostname=self.sender_domain)
        )
        # The name the certificate must bear; smtplib takes it from its constructor only, which would connect.
        smtp._host = relay.host  # type: ignore[attr-defined]
        return smtp

    def _trust(self) -> ssl.SSLContext:
        return self.relay.trust or ssl.create_default_context()

    def _open(self, smtp: smtplib.SMTP) -> Outcome | None:
        """Connect, encrypt, say who we are. Whatever fails here is no fault of the message."""
        relay = self.relay
        try:
            self._connect(smtp)
            if relay.starttls and relay.port != IMPLICIT_TLS:
                smtp.starttls(context=self._trust())
            if relay.username:
                smtp.login(relay.username, relay.password)
            smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            return Outcome(Fate.CLOSED, f"{relay.host}:{relay.port}: {_said(error)}")
        return None

    def _connect(self, smtp: smtplib.SMTP) -> None:
        relay = self.relay
        code, answer = smtp.connect(relay.host, relay.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, answer)

    def _from(self, smtp: smtplib.SMTP) -> Outcome | None:
        code, answer = _asked(lambda: smtp.mail(self.relay.sender))
        return None if code == 250 else _outcome(Meaning(Fate.CLOSED), code, answer)

    def _to(self, smtp: smtplib.SMTP, address: str) -> Outcome | None:
        code, answer = _asked(lambda: smtp.rcpt(address))
        if code in (250, 251):
            return None
        return _outcome(meaning(code, _decoded(answer)), code, answer)

    def _data(self, smtp: smtplib.SMTP, wire: bytes) -> Outcome:
        code, answer = _asked(lambda: smtp.docmd("DATA"))
        if code != 354:
            return _outcome(of_message(code, _decoded(answer)), code, answer)
        try:
            smtp.send(re.sub(rb"(?m)^\.", b"..", wire) + b".\r\n")
            code, answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(Fate.UNCLEAR, _said(error))
        if code == 250:
            return Outcome(Fate.ACCEPTED)
        return _outcome(of_message(code, _decoded(answer)), code, answer)


def _asked(command: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
    """The relay's answer; a broken connection before the message was handed over counts as "not now"."""
    try:
        return command()
    except (OSError, smtplib.SMTPException) as error:
        return 421, _said(error).encode()


def _outcome(meant: Meaning, code: int, answer: bytes) -> Outcome:
    return Outcome(meant.fate, cleaned(f"{code} {_decoded(answer)}", 300), meant.of_address)


def _decoded(answer: bytes) -> str:
    return answer.decode("utf-8", "replace")


def _said(error: Exception) -> str:
    return cleaned(f"{type(error).__name__}: {error}", 300)


def _body(message: Message) -> bytes:
    """Plain text and HTML, with their MIME headers."""
    parts = EmailMessage(policy=policy.SMTP)
    parts.set_content(_text(message.text), cte="quoted-printable")
    parts.add_alternative(_text(message.html), subtype="html", cte="quoted-printable")
    return parts.as_bytes()


def _text(text: str) -> str:
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


@contextmanager
def _cut_after(smtp: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """Time-outs count each silence; a relay that drips is cut off when the whole time is over."""
    timer = Timer(seconds, _cut, [smtp])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with suppress(OSError, smtplib.SMTPException):
            smtp.putcmd("QUIT")
        smtp.close()


def _cut(smtp: smtplib.SMTP) -> None:
    with suppress(OSError, AttributeError):
        smtp.sock.shutdown(2)  # type: ignore[union-attr]
