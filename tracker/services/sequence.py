"""Gives the events of the log their places in the hash chain and signs its head."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlmodel import Session

from tracker.domain.ledger import GENESIS, chained, entry, head_text
from tracker.services.retired_keys import Retired
from tracker.services.signing_key import key_id, public_bytes
from tracker.services.verify import Chain, facts_of, verify
from tracker.storage import log
from tracker.storage.tables import Event, LogCheck, LogEntry, LogHead
from tracker.storage.turns import take_turn

AT_ONCE = 500
WHOLE_UP_TO = 2000
"""A log of so many entries is walked whole before each signing: that takes a blink."""
WHOLE_EVERY = timedelta(days=1)
TURN = "log"


class BrokenChain(RuntimeError):  # noqa: N818 - what was found, in the log's own words
    """The stored log is not what was signed before; nothing is signed until somebody has looked."""


def sequence(session: Session, now: datetime) -> int:
    """Append the next events without a place, in one transaction; how many. Any number of workers may try.

    What became visible long after its neighbours has its place within a day, when the whole log is walked.
    """
    take_turn(session, TURN)
    events = log.without_place(session, AT_ONCE) or _late(session, now)
    last, entries = log.last_entry(session), []
    for event in events:
        last = _entry(event, last, now)
        entries.append(last)
    log.add_entries(session, entries)
    return len(events)


def _late(session: Session, now: datetime) -> list[Event]:
    walks = _walks_whole(log.last_check(session), now)
    return log.without_place(session, AT_ONCE, anywhere=True) if walks else []


def _entry(event: Event, last: LogEntry | None, now: datetime) -> LogEntry:
    previous, seq = (last.hash, last.seq + 1) if last else (GENESIS, 1)
    text = entry(seq, facts_of(event))
    assert event.id is not None  # noqa: S101 - it comes from the database
    return LogEntry(
        seq=seq,
        event_id=event.id,
        entry=text,
        previous_hash=previous,
        hash=chained(previous, text),
        sequenced_at=now,
    )


def chain(session: Session, key: Ed25519PublicKey | None = None, since: LogHead | None = None) -> Chain:
    """The log rebuilt from its rows, or from a signed head on. Raises BrokenChain where it is not what was written."""
    found = verify(session, None if key is None else [key], since)
    if found.problem:
        raise BrokenChain(f"Nothing is signed. {found.sentence}")
    return found


def sign(session: Session, found: Chain, key: Ed25519PrivateKey, now: datetime) -> bool:
    """Sign the head of a chain that was just rebuilt; False where that head is signed already."""
    take_turn(session, TURN)
    newest = log.last_head(session)
    public = key.public_key()
    if newest is not None and newest.key_id == key_id(public):
        # A database from before keys were kept; outsiders need the key of its heads.
        log.keep_key(session, newest.key_id, b64encode(public_bytes(public)).decode(), newest.signed_at)
    if found.size == 0 or (newest is not None and newest.size >= found.size):
        return False
    signature = key.sign(head_text(found.size, found.hash, now))
    log.keep_key(session, key_id(public), b64encode(public_bytes(public)).decode(), now)
    log.add_head(
        session,
        LogHead(
            size=found.size,
            hash=found.hash,
            signed_at=now,
            key_id=key_id(public),
            signature=b64encode(signature).decode(),
        ),
    )
    return True


def looked_over(
    session: Session, key: Ed25519PublicKey, now: datetime, retired: Sequence[Retired] = ()
) -> tuple[Chain, bool] | None:
    """What there is to sign, and whether the whole log was walked; None where there is nothing to do.

    A long log is walked from its newest signed head on, and once a day from its first entry; one that was found
    broken is walked whole until it is mended.
    """
    last = log.last_check(session)
    size, newest = log.size(session), log.last_head(session)
    whole = _walks_whole(last, now)
    signed = newest.size if newest else 0
    if signed == size and (size == 0 or not whole):
        return None
    whole = whole or size <= WHOLE_UP_TO or newest is None
    return verify(session, [key], None if whole else newest, retired), whole


def _walks_whole(last: LogCheck | None, now: datetime) -> bool:
    return last is None or bool(last.problem) or now - last.checked_at >= WHOLE_EVERY


def keep_look(session: Session, found: Chain, whole: bool, now: datetime) -> None:
    """Keep what the walk found, for the desk: what is broken at once, that all is well after a whole walk."""
    if whole or found.problem:
        take_turn(session, TURN)  # two workers that walked the log at once would both write its first finding
        log.keep_check(session, now, found.size, found.first_bad, found.problem)
