"""Walks the public log from its first entry and names the first place where it is not what was written."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlmodel import Session

from tracker.domain.ledger import (
    GENESIS,
    VERSION,
    chained,
    entry,
    head_text,
    is_first_version,
    is_later_version,
)
from tracker.services.retired_keys import Retired
from tracker.services.signing_key import is_signed_by, key_id
from tracker.storage import log
from tracker.storage.tables import LogHead


@dataclass(frozen=True, slots=True)
class Chain:
    """The log as rebuilt from its rows."""

    size: int
    """Entries that are right; with a problem, those before the first bad one."""
    hash: str
    first_bad: int | None = None
    problem: str = ""
    heads: int = 0
    """Signed heads that agree with it."""

    @property
    def whole(self) -> bool:
        """Whether every entry and every signed head is what was written."""
        return not self.problem

    @property
    def sentence(self) -> str:
        """What was found, for people."""
        if self.problem:
            return f"The log is broken at entry {self.first_bad}: {self.problem}"
        return f"The log is whole: {self.size} entries, {self.heads} signed heads, head {self.hash}."


@dataclass
class _Walk:
    size: int = 0
    hash: str = GENESIS

    def wrong(self, place: int, what: str) -> Chain:
        return Chain(self.size, self.hash, place, f"it {what}.")


def facts_of(event: Any) -> dict[str, object]:
    """What an entry binds of an event, or of a row that holds one: everything, by the ids of what it is about."""
    return {
        "event": event.key,
        "kind": event.kind,
        "happened_on": event.happened_on,
        "recorded_at": event.recorded_at,
        "announced_at": event.announced_at,
        "backfill": event.backfill,
        "obligation": event.obligation_id,
        "item": event.item_id,
        "body": event.body_id,
        "process": event.process_id,
        "response": event.response_id,
        "source": event.source_id,
        "actor": event.actor,
        "detail": event.detail,
    }


def rebuilt(session: Session, since: LogHead | None = None) -> Chain:
    """The chain as its rows and its signed heads' hashes say; stops at the first bad place.

    With `since`, only what came after that signed head is read, once the log is seen to hold that head.
    """
    signed = {head.size: head for head in log.heads(session)}
    walk = _Walk()
    if since is not None:
        if log.hash_at(session, since.size) != since.hash:
            return walk.wrong(since.size, "is not the one that was signed")
        if log.count_to(session, since.size) != since.size:
            return walk.wrong(1, "or a later one is missing: places are given without gaps")
        walk = _Walk(since.size, since.hash)
    for row in log.entries(session, walk.size):
        what = _complaint(walk, row, signed)
        if what:
            return walk.wrong(walk.size + 1, what)
        walk.size, walk.hash = row.seq, row.hash
    return _ended(walk, signed)


def _complaint(walk: _Walk, row: Any, signed: dict[int, LogHead]) -> str:
    """What is wrong with the next entry; empty where nothing is."""
    if row.seq != walk.size + 1:
        return f"is missing: {row.seq} follows {walk.size}"
    if row.key is None:
        return "speaks of an event that is gone"
    if is_later_version(row.entry):
        return "was written by a later version of Answerby: this one cannot check it; upgrade, and end older processes"
    if entry(row.seq, facts_of(row), 1 if is_first_version(row.entry) else VERSION) != row.entry:
        return "is not what its event says"
    if row.previous_hash != walk.hash or chained(walk.hash, row.entry) != row.hash:
        return "does not follow from the one before"
    head = signed.get(row.seq)
    return "is not the one that was signed" if head is not None and head.hash != row.hash else ""


def _ended(walk: _Walk, signed: dict[int, LogHead]) -> Chain:
    beyond = [size for size in signed if size > walk.size]
    if beyond:
        return walk.wrong(walk.size + 1, f"is missing: a head over {max(beyond)} entries was signed")
    return Chain(walk.size, walk.hash, heads=len(signed))


def verify(
    session: Session,
    keys: Iterable[Ed25519PublicKey] | None = None,
    since: LogHead | None = None,
    retired: Sequence[Retired] = (),
) -> Chain:
    """The whole log with its signatures; `keys` are those this site signs with, `retired` those it did.

    Without keys the chain and the signed hashes are compared, the signatures are not. With `since`, that head and
    what came after it.
    """
    found = rebuilt(session, since)
    if keys is None or found.problem:
        return found
    known = {one.key_id: one for one in retired}
    known |= {key_id(key): Retired(key, None) for key in keys}
    signed = log.heads(session) if since is None else log.heads_after(session, since.size - 1, since.size)
    bad = next((head for head in signed if not _is_good(head, known)), None)
    if bad is None:
        return found
    return Chain(
        found.size,
        found.hash,
        bad.size,
        f"the head over {bad.size} entries is not signed by the key in [logs] signing_key_file: put its own back, or "
        "begin with another: answerby verify --new-key.",
    )


def _is_good(head: LogHead, known: dict[str, Retired]) -> bool:
    key = known.get(head.key_id)
    if key is None or (key.up_to is not None and head.size > key.up_to):
        return False
    try:
        signature = b64decode(head.signature, validate=True)
    except NotBase64:
        return False
    return is_signed_by(key.key, signature, head_text(head.size, head.hash, head.signed_at))
