"""The hash chain of the public log: canonical entries, their hashes, and the text of a head that is signed."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum

VERSION = 2
"""Entries of version 1 hash their text into the chain, those of version 2 the hash of their text."""
GENESIS = "0" * 64
"""What stands before the first entry."""
_LEAF, _NODE = b"\x00", b"\x01"
_LAST = re.compile(r'"v":([0-9]{1,6})}$')
_FIRST = '"v":1}'
"""How an entry of version 1 ends: the keys are sorted, and none comes after `v`."""


def canonical(value: object) -> str:
    """One spelling for one value: keys sorted by code point, text in NFC, no spaces, numbers only if whole.

    A number with a fraction is written as text, for programs do not agree on its digits.
    """
    return json.dumps(
        _plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {_text(str(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return _text(_written(value))


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value)
    raise TypeError(f"{type(value).__name__} has no canonical form: write it as text")


def _text(value: str) -> str:
    """NFC; half a surrogate pair, which no file can hold, becomes the replacement character."""
    return unicodedata.normalize("NFC", value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def digest(value: object) -> str:
    """The SHA-256 of a value in its one spelling: what an entry binds where it does not hold the words themselves."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def entry(seq: int, facts: Mapping[str, object], version: int = VERSION) -> str:
    """The canonical text of the entry at a place of the log."""
    return canonical({"v": version, "seq": seq, **facts})


def leaf(text: str) -> str:
    """The hash of an entry's text alone: what stays in public where the text is withheld."""
    return hashlib.sha256(_LEAF + text.encode()).hexdigest()


def joined(previous_hash: str, leaf_hash: str) -> str:
    """The hash of an entry of version 2: SHA-256 over 0x01, the hash before it and the hash of its text."""
    return hashlib.sha256(_NODE + bytes.fromhex(previous_hash) + bytes.fromhex(leaf_hash)).hexdigest()


def is_first_version(text: str) -> bool:
    """Whether an entry was written before texts could be withheld without breaking the chain."""
    return text.endswith(_FIRST)


def is_later_version(text: str) -> bool:
    """Whether an entry was written by a version of the program that came after this one."""
    found = _LAST.search(text)
    return found is not None and int(found[1]) > VERSION


def chained(previous_hash: str, text: str) -> str:
    """The hash of an entry after the one before it, by the version the entry names."""
    if is_first_version(text):
        return hashlib.sha256(_LEAF + bytes.fromhex(previous_hash) + text.encode()).hexdigest()
    return joined(previous_hash, leaf(text))


def head_text(size: int, head_hash: str, signed_at: datetime) -> bytes:
    """What is signed: four lines that anybody can write down and check."""
    return f"answerby log\n{size}\n{head_hash}\n{_written(signed_at)}\n".encode()
