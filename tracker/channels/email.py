"""Mail over SMTP: finished messages to one address each, and what the relay said about them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.utils import format_datetime
from threading import Lock
from time import monotonic

from tracker.channels.headers import cleaned, header, mailbox, shared_header
from tracker.channels.mime import alternative, cast
from tracker.channels.smtp_line import IMPLICIT_TLS, Line, Relay
from tracker.domain.post import Message, Outcome

LONG = 10.0
"""Seconds after which a domain that took nothing in the end counts as slow."""

__all__ = ["IMPLICIT_TLS", "EmailChannel", "Relay"]


class EmailChannel:
    """Sends by one relay: a connection for each message, or a few kept ones for a run of messages."""

    name = "email"

    def __init__(self, relay: Relay) -> None:
        """Nothing is opened yet."""
        self.relay, self.sender_domain = relay, relay.domain
        self._lock, self._runs = Lock(), 0
        self._idle: list[Line] = []

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Meanwhile connections are kept open for the next message."""
        with self._lock:
            self._runs += 1
        try:
            yield
        finally:
            self._end_run()

    def _end_run(self) -> None:
        with self._lock:
            self._runs -= 1
            over = [] if self._runs else self._idle
            self._idle = self._idle if self._runs else []
        for line in over:
            line.close()

    def send(self, message: Message) -> Outcome:
        """Hand the message to the relay and say what became of it; never raises for what the relay does."""
        began = monotonic()
        outcome = self._sent(message)
        waited = monotonic() - began
        return outcome if outcome.accepted or waited < LONG else replace(outcome, slow=True)

    def _sent(self, message: Message) -> Outcome:
        wire = self.wire(message)
        with self._lock:
            kept = self._idle.pop() if self._idle else None
        if kept is not None:
            outcome = kept.hand_over(message.to, wire)
            if not kept.broken or kept.content_sent:
                return self._given_back(kept, outcome)
            kept.close()  # the relay hung up between two messages: no fault of this one
        return self._on_a_new_line(message.to, wire)

    def _on_a_new_line(self, address: str, wire: bytes) -> Outcome:
        line = Line(self.relay)
        try:
            outcome = line.open() or line.hand_over(address, wire)
        except BaseException:
            line.close()
            raise
        return self._given_back(line, outcome)

    def _given_back(self, line: Line, outcome: Outcome) -> Outcome:
        keeps = self._runs > 0 and line.takes_more()
        if keeps:
            with self._lock:
                keeps = self._runs > 0
                if keeps:
                    self._idle.append(line)
        if not keeps:
            line.close()
        return outcome

    def wire(self, message: Message) -> bytes:
        """The message as it travels: lines of at most 998 octets, ended by CR LF."""
        mould = message.mould
        body = cast(mould, message.fills) if mould else alternative(message.text, message.html)
        return b"".join((*self._headers(message), body))

    def _headers(self, message: Message) -> Iterator[bytes]:
        yield header("From", mailbox(self.relay.sender_name, self.relay.sender))
        yield header("To", f"<{message.to}>")
        if message.reply_to:
            yield header("Reply-To", f"<{cleaned(message.reply_to)}>")
        yield shared_header("Subject", message.subject)
        yield header("Date", format_datetime(message.dated_at))
        yield header("Message-ID", cleaned(message.message_id))
        yield header("Auto-Submitted", "auto-generated")
        yield header("Content-Language", cleaned(message.language, 12))
        if message.list_name:
            yield header("List-Id", f"<{message.list_name}.{self.relay.list_domain or self.sender_domain}>")
        if message.unsubscribe_url:
            yield header("List-Unsubscribe", f"<{cleaned(message.unsubscribe_url, 900)}>")
            yield header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
