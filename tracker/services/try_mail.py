"""One message to one address, to see whether the relay takes our mail."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from tracker.domain.addresses import email_address
from tracker.domain.post import Message
from tracker.services.deliver import Post


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of the message, in a sentence."""

    accepted: bool
    sentence: str


def try_mail(post: Post, address: str, site_name: str, now: datetime) -> Tried:
    """Send it over the mail channel; nothing of it is kept. Raises AddressError."""
    to = email_address(address)
    channel = post.channels.get("email")
    if channel is None:
        return Tried(False, "No relay is configured: set host and sender under [mail].")
    text = f"This is a test of {site_name}. Mail to this address works."
    message = Message(
        message_id=f"<test-{uuid4().hex}@{channel.sender_domain}>",
        to=to,
        subject=f"A test of {site_name}",
        text=f"{text}\n",
        html=f"<p>{text}</p>\n",
        language="en",
        dated_at=now,
    )
    outcome = channel.send(message)
    if outcome.accepted:
        return Tried(True, f"The relay took a message for {to}.")
    return Tried(False, f"The relay did not take it: {outcome.error or outcome.fate.value}.")
