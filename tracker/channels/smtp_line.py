"""One conversation with a relay, for one message or for several: what it says, and when it is cut off."""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic

from tracker.channels.headers import cleaned
from tracker.channels.smtp_answers import PlainConversation, TlsConversation
from tracker.domain.mail_status import Meaning, meaning, of_message
from tracker.domain.post import Fate, Outcome

IMPLICIT_TLS = 465
CLOSING, CONTENT = 421, 354
MOST_ON_ONE_LINE = 100
"""Messages after which a relay is called anew: many hang up on who stays for long."""
_PLAIN = re.compile(r"[!-;=?-~]+\Z")
"""An address that stands between angle brackets as it is."""
Command = Callable[[], tuple[int, bytes]]
"""Asks the relay something; its code and its words."""
_LOOKS = 20
"""How often the watch looks within the time a message may take."""


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

    @property
    def domain(self) -> str:
        """As whom we greet."""
        return self.sender.rpartition("@")[2]

    @property
    def trusted(self) -> ssl.SSLContext:
        """Whose certificates are believed."""
        return self.trust or ssl.create_default_context()

    def conversation(self) -> smtplib.SMTP:
        """A conversation that is not connected yet."""
        smtp: smtplib.SMTP = (
            TlsConversation(timeout=self.each_seconds, local_hostname=self.domain, context=self.trusted)
            if self.port == IMPLICIT_TLS
            else PlainConversation(timeout=self.each_seconds, local_hostname=self.domain)
        )
        # The name the certificate must bear; smtplib takes it from its constructor only, which would connect.
        smtp._host = self.host  # type: ignore[attr-defined]
        return smtp


class Line:
    """One connection to a relay."""

    def __init__(self, relay: Relay) -> None:
        """Not connected yet, so that the time for the whole counts from the first byte."""
        self.relay, self.handed = relay, 0
        self.broken = self.content_sent = self._waits_for_content = False
        self.smtp = relay.conversation()
        self._until: float | None = None
        self._over = Event()
        Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        """Time-outs count each silence; a relay that drips is cut off when the whole time is over."""
        while not self._over.wait(self.relay.whole_seconds / _LOOKS):
            until = self._until
            if until is not None and monotonic() > until:
                with suppress(OSError, AttributeError):
                    self.smtp.sock.shutdown(2)  # type: ignore[union-attr]
                return

    def open(self) -> Outcome | None:
        """Connect, encrypt, say who we are. Whatever fails here is no fault of the message."""
        relay = self.relay
        self._until = monotonic() + relay.whole_seconds
        try:
            self._connect()
            if relay.starttls and relay.port != IMPLICIT_TLS:
                self.smtp.starttls(context=relay.trusted)
            if relay.username:
                self.smtp.login(relay.username, relay.password)
            self.smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self.broken = True
            return Outcome(Fate.CLOSED, f"{relay.host}:{relay.port}: {said(error)}")
        return None

    def _connect(self) -> None:
        code, answer = self.smtp.connect(self.relay.host, self.relay.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, answer)

    def hand_over(self, address: str, wire: bytes) -> Outcome:
        """One message to one address, and what the relay said about it."""
        self._until = monotonic() + self.relay.whole_seconds
        self.handed, self.content_sent = self.handed + 1, False
        way = self._with_commands_ahead if self._pipelines(address) else self._step_by_step
        outcome = way(address, wire)
        if not (outcome.accepted or self.broken):
            self._forget()
        self._until = None
        return outcome

    def _step_by_step(self, address: str, wire: bytes) -> Outcome:
        smtp = self.smtp
        return (
            self._from(lambda: smtp.mail(self.relay.sender))
            or self._to(lambda: smtp.rcpt(address))
            or self._data(lambda: smtp.docmd("DATA"), wire)
        )

    def _pipelines(self, address: str) -> bool:
        """Whether the relay takes commands before it has answered those before them (RFC 2920)."""
        return self.smtp.has_extn("pipelining") and _PLAIN.match(address) is not None

    def _with_commands_ahead(self, address: str, wire: bytes) -> Outcome:
        """All commands in one go, then their answers in turn; the content only where each of them was a yes."""
        answer = self.smtp.getreply
        outcome = self._from(lambda: self._all_asked(address))
        if outcome is not None:
            self.broken = True  # what it says to the other two is of no interest
            return outcome
        refused = self._to(answer)
        if refused is None:
            return self._data(answer, wire)
        if not self.broken and self._ask(answer)[0] == CONTENT:
            self._waits_for_content = True
        return refused

    def _all_asked(self, address: str) -> tuple[int, bytes]:
        """The answer to the first of the three commands."""
        sender = smtplib.quoteaddr(self.relay.sender)
        self.smtp.send(f"MAIL FROM:{sender}\r\nRCPT TO:<{address}>\r\nDATA\r\n")
        return self.smtp.getreply()

    def _forget(self) -> None:
        """What was refused is forgotten; where the relay cannot, nothing more follows by this line."""
        with suppress(OSError, smtplib.SMTPException):
            # Whoever waits for the content of a message to nobody would take the command for it.
            if not self._waits_for_content and self.smtp.rset()[0] == 250:
                return
        self.handed = MOST_ON_ONE_LINE

    def _from(self, command: Command) -> Outcome | None:
        code, answer = self._ask(command)
        # Some relays say "too many messages" here: whether it is more than this connection shows the next one.
        self.broken = self.broken or code != 250
        return None if code == 250 else _outcome(Meaning(Fate.CLOSED), code, answer)

    def _to(self, command: Command) -> Outcome | None:
        code, answer = self._ask(command)
        return None if code in (250, 251) else _outcome(meaning(code, _decoded(answer)), code, answer)

    def _data(self, command: Command, wire: bytes) -> Outcome:
        code, answer = self._ask(command)
        if code != CONTENT:
            return _outcome(of_message(code, _decoded(answer)), code, answer)
        self.content_sent = True
        try:
            self.smtp.send(wire.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            code, answer = self.smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.broken = True
            return Outcome(Fate.UNCLEAR, said(error))
        self.broken = code == CLOSING or not (code == 250 or 400 <= code < 600)
        if 200 <= code < 300:
            return Outcome(Fate.ACCEPTED)
        if not 400 <= code < 600:
            return _outcome(Meaning(Fate.UNCLEAR), code, answer)  # no answer of SMTP: it may have been taken
        return _outcome(of_message(code, _decoded(answer)), code, answer)

    def _ask(self, command: Command) -> tuple[int, bytes]:
        """The relay's answer; a broken connection before the message was handed over counts as "not now"."""
        try:
            code, answer = command()
        except (OSError, smtplib.SMTPException) as error:
            code, answer = CLOSING, said(error).encode()
        self.broken = self.broken or code == CLOSING
        return code, answer

    def takes_more(self) -> bool:
        """Whether another message may follow: the line is whole, and nothing was said that was not asked for."""
        return not self.broken and self.handed < MOST_ON_ONE_LINE and self._is_silent()

    def _is_silent(self) -> bool:
        """An answer too many would be taken for the answer to what is asked next."""
        sock, heard = self.smtp.sock, self.smtp.file
        if sock is None or heard is None:
            return False
        try:
            sock.settimeout(0)
            waiting = heard.peek(1)
        except ssl.SSLWantReadError:
            waiting = b""
        except OSError:
            return False
        finally:
            with suppress(OSError):
                sock.settimeout(self.relay.each_seconds)
        return not waiting

    def close(self) -> None:
        """Say goodbye, without waiting for an answer, and hang up."""
        self._over.set()
        with suppress(OSError, smtplib.SMTPException):
            self.smtp.putcmd("QUIT")
        self.smtp.close()


def _outcome(meant: Meaning, code: int, answer: bytes) -> Outcome:
    return Outcome(meant.fate, cleaned(f"{code} {_decoded(answer)}", 300), meant.of_address)


def _decoded(answer: bytes) -> str:
    return answer.decode("utf-8", "replace")


def said(error: Exception) -> str:
    """An error on one line."""
    return cleaned(f"{type(error).__name__}: {error}", 300)
