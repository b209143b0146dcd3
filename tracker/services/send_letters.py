"""Sends the letters that are due: claim, look again, send, settle, short steps for each."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tracker.domain.letter import Letter
from tracker.domain.link_tokens import Seal
from tracker.domain.post import Channel, Fate, Message, Outcome
from tracker.services.write_letter import begin_letter, claim_letter, settle_letter

Word = Callable[[Letter, datetime], Message]

log = logging.getLogger(__name__)


def send_letters(
    database: Any,
    channel: Channel | None,
    word: Word,
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
        with database.reading() as session:
            begins = begin_letter(session, letter, now())
        if not begins:
            continue  # stopped past its lease, or given up: whoever holds it now sends it, or nobody
        outcome = _sent(channel, word, letter, now())
        with database.writing() as session:
            settle_letter(session, letter, outcome, now())
        sent += outcome.accepted
        if outcome.fate is Fate.CLOSED:
            break
    return sent


def _sent(channel: Channel, word: Word, letter: Letter, now: datetime) -> Outcome:
    """A letter that cannot be worded waits like one that was not taken, so that the others go on."""
    try:
        message = word(letter, now)
    except Exception as error:
        log.exception("the letter %d cannot be worded", letter.id)
        return Outcome(Fate.LATER, f"cannot be worded: {type(error).__name__}")
    return channel.send(message)
