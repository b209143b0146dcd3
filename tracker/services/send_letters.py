"""Sends the letters that are due: claim, send, settle, three short steps for each."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tracker.domain.letter import Letter
from tracker.domain.link_tokens import Seal
from tracker.domain.post import Channel, Fate, Message
from tracker.services.write_letter import claim_letter, settle_letter


def send_letters(
    database: Any,
    channel: Channel | None,
    word: Callable[[Letter, datetime], Message],
    seal: Seal,
    now: Callable[[], datetime],
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Send what is due; how many were taken. Without a relay everything waits."""
    sent = 0
    while channel is not None and not stopped():
        with database.writing() as session:
            letter = claim_letter(session, seal, now(), channel.sender_domain)
        if letter is None:
            break
        outcome = channel.send(word(letter, now()))
        with database.writing() as session:
            settle_letter(session, letter.id, outcome, now())
        sent += outcome.accepted
        if outcome.fate is Fate.CLOSED:
            break
    return sent
