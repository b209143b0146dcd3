"""The message by which an operator sees whether the relay takes our mail."""

from datetime import datetime
from uuid import uuid4

from tracker.domain.addresses import email_address
from tracker.domain.post import Message


def trial(address: str, site_name: str, domain: str, now: datetime) -> Message:
    """One short message to one address; nothing of it is kept. Raises AddressError."""
    text = f"This is a test of {site_name}. Mail to this address works."
    return Message(
        message_id=f"<test-{uuid4().hex}@{domain}>",
        to=email_address(address),
        subject=f"A test of {site_name}",
        text=f"{text}\n",
        html=f"<p>{text}</p>\n",
        language="en",
        dated_at=now,
    )
