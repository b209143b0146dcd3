"""What services hand to a channel, and what a channel says about it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Fate(StrEnum):
    """What became of a message."""

    ACCEPTED = "accepted"
    LATER = "later"
    """Surely not taken this time: again later, together with what came up meanwhile."""
    UNCLEAR = "unclear"
    """The connection ended before the answer: again later, the same message under the same Message-ID."""
    REFUSED = "refused"
    """This message will never be taken."""
    BOUNCED = "bounced"
    """This address takes no mail: nothing more is sent to it."""
    CLOSED = "closed"
    """The relay cannot be reached or takes nothing from us: no fault of this message."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of a message and, where it is not good, why."""

    fate: Fate
    error: str = ""
    of_address: bool = False
    """The address itself is why: where that is said of it for days, it is given up."""
    slow: bool = False
    """It kept us waiting for long, in vain: what else goes to the same domain had better wait."""

    @property
    def accepted(self) -> bool:
        """Whether the message is on its way."""
        return self.fate is Fate.ACCEPTED


@dataclass(frozen=True, slots=True, eq=False)
class Mould:
    """What the messages to several readers have in common, so that a channel makes its bytes once.

    Two moulds with the same words are two: comparing them would take longer than making the bytes.
    """

    text: str
    html: str
    marks: tuple[str, ...]
    """What stands in place of each reader's own links, as long as these, letters and figures only."""


@dataclass(frozen=True, slots=True)
class Message:
    """A finished message for one address."""

    message_id: str
    """With its angle brackets."""
    to: str
    subject: str
    text: str
    html: str
    language: str
    dated_at: datetime
    list_name: str = ""
    """Whose mailing list it belongs to; empty for a letter."""
    unsubscribe_url: str = ""
    reply_to: str = ""
    """Where an answer goes; empty: to the sender."""
    mould: Mould | None = None
    """What it was made from, where other messages say the same."""
    fills: tuple[str, ...] = field(default=(), repr=False)
    """What stands in place of the mould's marks."""


class Channel(Protocol):
    """One way a message travels; sends, and never raises for what servers and networks do."""

    name: str
    sender_domain: str
    """What stands behind the @ of a Message-ID."""

    def send(self, message: Message) -> Outcome:
        """Hand the message over and say what became of it."""


LEASE = timedelta(minutes=10)
"""How long a claimed batch belongs to whoever claimed it; much longer than one sending may take."""
SENDING_TAKES = timedelta(minutes=2)
"""A lease shorter than this is not begun on."""
MAX_ATTEMPTS = 12
_WAITS = (1, 5, 15, 60, 180, 360, 720, 1440)
"""Minutes before the second, third, … attempt; the last one repeats."""


def wait_after(attempts: int) -> timedelta:
    """How long to wait after that many attempts: from a minute up to a day."""
    return timedelta(minutes=_WAITS[min(max(attempts, 1), len(_WAITS)) - 1])


def batch_of(delivery_ids: Iterable[int]) -> str:
    """The name of a batch, the same for the same ledger rows."""
    rows = ",".join(str(id_) for id_ in sorted(delivery_ids))
    return hashlib.sha256(rows.encode()).hexdigest()[:32]


def message_id(batch: str, domain: str) -> str:
    """The Message-ID of a batch: fixed, so that a repeat after a crash can be recognised."""
    return f"<{batch}@{domain}>"
