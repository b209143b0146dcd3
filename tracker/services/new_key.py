"""Begins to sign the public log with a new key, where the old one is lost or is not to be trusted any more."""

from base64 import b64decode, b64encode
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlmodel import Session

from tracker.domain.words import EventKind
from tracker.services.record_event import record_event
from tracker.services.retired_keys import Retired, retire, retired_keys
from tracker.services.sequence import BrokenChain
from tracker.services.signing_key import key_id, public_bytes, signing_key
from tracker.services.verify import verify
from tracker.storage import log


def new_key(session: Session, now: datetime, path: Path) -> str:
    """The id of the key that signs from now on; the log says so, and up to where the keys before it signed.

    A key in the file that has signed already makes room for a new one; one that has not yet is taken. Raises
    BrokenChain where the log is not what the keys before signed.
    """
    head = log.last_head(session)
    size = head.size if head else 0
    before = _before(session, path, size)
    found = verify(session, [], retired=before)
    if found.problem:
        raise BrokenChain(f"No new key is begun. {found.sentence}")
    ids = {one.key_id for one in before}
    if path.exists() and key_id(signing_key(path).public_key()) in ids:
        _put_aside(path, now)
    known = {one.key_id for one in retired_keys(path)}
    retire(path, [one for one in before if one.key_id not in known])
    public = signing_key(path).public_key()
    record_event(
        session,
        EventKind.NOTED,
        now=now,
        happened_on=now.date(),
        detail={
            "what": "new_key",
            "key": key_id(public),
            "public_key": b64encode(public_bytes(public)).decode(),
            "before": sorted(ids),
            "size": size,
            "hash": head.hash if head else "",
        },
    )
    return key_id(public)


def _before(session: Session, path: Path, size: int) -> list[Retired]:
    """Every key that has signed so far; those retired earlier only up to where they were."""
    known = {one.key_id: one for one in retired_keys(path)}
    signed = {
        row.key_id: Retired(Ed25519PublicKey.from_public_bytes(b64decode(row.public_key)), size)
        for row in log.keys(session)
    }
    return list((signed | known).values())


def _put_aside(path: Path, now: datetime) -> None:
    path.rename(path.with_name(f"{path.name}.until-{now:%Y%m%dT%H%M%S}"))
