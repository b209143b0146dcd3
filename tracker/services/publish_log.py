"""The public log as outsiders get it: its signed head as a note, its keys, its entries and heads as plain data."""

import hashlib
from base64 import b64decode, b64encode
from typing import Any

from tracker.domain.ledger import head_text, is_first_version, leaf
from tracker.storage.log import PublicEntry
from tracker.storage.tables import LogHead, LogKey

_ED25519 = b"\x01"


def checkpoint(head: LogHead, key: LogKey, name: str) -> str:
    """A signed head as a note (C2SP signed-note): its four lines, an empty one, and who signed it."""
    public = b64decode(key.public_key)
    signed = b64encode(_note_id(name, public) + b64decode(head.signature)).decode()
    return f"{head_text(head.size, head.hash, head.signed_at).decode()}\n— {name} {signed}\n"


def verifier_key(key: LogKey, name: str) -> str:
    """A public key as programs for signed notes take it: name, key id and key."""
    public = b64decode(key.public_key)
    return f"{name}+{_note_id(name, public).hex()}+{b64encode(_ED25519 + public).decode()}"


def _note_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def entry_data(entry: PublicEntry) -> dict[str, Any]:
    """An entry with its text, or, where what it speaks of is not public, with its text's hash alone.

    The text of an entry of version 1 was hashed together with the chain: only its place in the chain is left.
    """
    data: dict[str, Any] = {"seq": entry.seq, "hash": entry.hash}
    if entry.shown:
        return {**data, "text": entry.text}
    first = is_first_version(entry.text)
    return {**data, "withheld": True, **({} if first else {"leaf": leaf(entry.text)})}


def head_data(head: LogHead) -> dict[str, Any]:
    """A signed head: with the four lines that are signed, the signature and the id of the key."""
    text = head_text(head.size, head.hash, head.signed_at).decode()
    return {
        "size": head.size,
        "hash": head.hash,
        "text": text,
        "key": head.key_id,
        "signature": head.signature,
    }
