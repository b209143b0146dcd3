"""A letter to one address that is no news: what kind, in which language, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

CONTACT, OBJECTED, ENDED, TIP, NOTICE = "contact", "objected", "objection-ended", "tip", "notice"
"""The kinds: prove your address; your receipt; how it ended; what became of your tip; a verdict is ahead."""
REMINDER = "reminder"
"""Due days of a body are near, or have passed."""
ALERT = "alert"
"""What waits for somebody who edits."""
INVITE, RESET = "invite", "reset"
"""About an account: join a group; another password for a lost one."""
WEBHOOK, WEBHOOKS, WEBHOOK_OFF = "webhook", "webhooks", "webhook-off"
"""About webhooks: confirm one; where yours are; one was switched off."""
LEASE = timedelta(minutes=10)
MOST_TRIES = 8


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter claimed for sending; `path` is where its link leads, empty where it has none."""

    id: int
    kind: str
    address: str
    language: str
    message_id: str
    said: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""
    tries: int = 1
    lease_until_at: datetime | None = None
    """Until when it belongs to whoever claimed it."""
