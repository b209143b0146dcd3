"""Gives the events of the log their places in the hash chain and signs its head."""

from base64 import b64encode
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import Session

from tracker.domain.ledger import GENESIS, chained, entry, head_text
from tracker.services.signing_key import key_id
from tracker.services.verify import Chain, facts_of, rebuilt
from tracker.storage import log
from tracker.storage.tables import Event, LogEntry, LogHead
from tracker.storage.turns import take_turn

AT_ONCE = 100
TURN = "log"


class BrokenChain(RuntimeError):  # noqa: N818 - what was found, in the log's own words
    """The stored log is not what was signed before; nothing is signed until somebody has looked."""


def sequence(session: Session, now: datetime) -> int:
    """Append the next events without a place, in one transaction; how many. Any number of workers may try."""
    take_turn(session, TURN)
    events = log.without_place(session, AT_ONCE)
    last = log.last_entry(session)
    for event in events:
        last = _append(session, event, last, now)
    return len(events)


def _append(session: Session, event: Event, last: LogEntry | None, now: datetime) -> LogEntry:
    previous, seq = (last.hash, last.seq + 1) if last else (GENESIS, 1)
    text = entry(seq, facts_of(event))
    assert event.id is not None  # noqa: S101 - it comes from the database
    logged = LogEntry(
        seq=seq,
        event_id=event.id,
        entry=text,
        previous_hash=previous,
        hash=chained(previous, text),
        sequenced_at=now,
    )
    log.add_entry(session, logged)
    return logged


def chain(session: Session) -> Chain:
    """The log rebuilt from its rows. Raises BrokenChain where it is not what was written or signed."""
    found = rebuilt(session)
    if found.problem:
        raise BrokenChain(f"Nothing is signed. {found.sentence}")
    return found


def sign(session: Session, found: Chain, key: Ed25519PrivateKey, now: datetime) -> bool:
    """Sign the head of a chain that `chain` has just rebuilt; False where that head is signed already."""
    take_turn(session, TURN)
    newest = log.last_head(session)
    if found.size == 0 or (newest is not None and newest.size >= found.size):
        return False
    signature = key.sign(head_text(found.size, found.hash, now))
    log.add_head(
        session,
        LogHead(
            size=found.size,
            hash=found.hash,
            signed_at=now,
            key_id=key_id(key.public_key()),
            signature=b64encode(signature).decode(),
        ),
    )
    return True


def unsigned(session: Session) -> bool:
    """Whether entries came after the newest signed head."""
    newest = log.last_head(session)
    return log.size(session) > (newest.size if newest else 0)
