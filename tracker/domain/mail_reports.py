"""What mail services and servers tell of addresses afterwards, in one shape whoever tells it."""

from dataclasses import dataclass
from enum import StrEnum


class ReportKind(StrEnum):
    """What is said of an address."""

    BOUNCE = "bounce"
    """It takes no mail, for good."""
    SOFT = "soft"
    """It took none this time."""
    COMPLAINT = "complaint"
    """Whoever reads it called the message spam."""


class ToldBy(StrEnum):
    """How we heard of it."""

    RELAY = "relay"
    """In the relay's answer while sending."""
    SERVICE = "service"
    """In a signed report of a mail service."""
    RETURNED = "returned"
    """In a message that came back."""


@dataclass(frozen=True, slots=True)
class Report:
    """One thing said of one address."""

    kind: ReportKind
    address: str
    message_id: str = ""
    """Of the message it is about, with its brackets; empty where it is not said."""
    unsubscribe: str = ""
    """The secret of the message's own link to leave: who returns it has the message."""


class ReportError(ValueError):
    """Something that is no report; the sentence says what is missing."""
