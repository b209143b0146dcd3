"""Secrets in links: one purpose each, derived so that a worker can write a link again, kept only as a hash."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from tracker.domain.addresses import normal_form


class Purpose(StrEnum):
    """What a link lets somebody do; it never opens anything else."""

    CONFIRM = "confirm"
    MANAGE = "manage"
    UNSUBSCRIBE = "unsubscribe"
    OBJECT_CONFIRM = "object-confirm"
    """To prove that one writes from a body's own domain."""
    OBJECT = "object"
    """The page of a contact who has proved it."""
    WEBHOOK = "webhook"
    """To confirm a webhook as its owner."""
    REMINDERS = "reminders"
    """To have no more reminders sent to a mailbox."""
    ALERTS = "alerts"
    """To turn off the mails that tell an account what waits for it."""


LIVES: dict[Purpose, timedelta] = {
    Purpose.CONFIRM: timedelta(days=7),
    Purpose.MANAGE: timedelta(days=90),
    Purpose.UNSUBSCRIBE: timedelta(days=400),
    Purpose.OBJECT_CONFIRM: timedelta(days=7),
    Purpose.WEBHOOK: timedelta(days=7),
    Purpose.OBJECT: timedelta(days=90),
    Purpose.REMINDERS: timedelta(days=400),
    Purpose.ALERTS: timedelta(days=400),
}
"""How long a link works from when it was first written."""
LONGEST = 100


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Seal:
    """The site's secret. When it changes, links already sent work on, for only their hashes are compared."""

    secret: str = field(repr=False)

    def token(self, purpose: Purpose, subject: str, nonce: str) -> str:
        """The token for an act on a subject."""
        digest = self._keyed(f"token|{purpose.value}|{subject}|{nonce}")
        return urlsafe_b64encode(digest).decode().rstrip("=")

    def address_hash(self, address: str) -> str:
        """How an address is recognised without being kept."""
        return self._keyed(f"address|{normal_form(address)}").hex()

    def _keyed(self, text: str) -> bytes:
        return hmac.digest(self.secret.encode(), text.encode(), "sha256")
