"""The key that signs the public log: made on first use, readable by its owner only."""

import hashlib
import os
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)


class UnusableKey(ValueError):  # noqa: N818 - a sentence for the operator
    """The key file cannot be used; the sentence says why and how to mend it."""


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key in the file; where there is no file yet, a new one that only its owner may read."""
    if not path.exists():
        _make(path)
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError, OSError) as error:
        raise UnusableKey(
            f"{path} holds no signing key that can be read: put it back from a backup. ({error})"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableKey(f"{path} holds another kind of key than Ed25519: put it back from a backup.")
    return key


def _make(path: Path) -> None:
    """Written aside and linked into place: of two processes one wins and both read the same key."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes the file with mode 0600.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".key-")
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(aside)
    except FileExistsError:
        pass
    finally:
        aside.unlink(missing_ok=True)


def public_bytes(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of a public key."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(key: Ed25519PublicKey) -> str:
    """How a key is called beside its signatures: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(public_bytes(key)).hexdigest()[:16]


def is_signed_by(key: Ed25519PublicKey, signature: bytes, text: bytes) -> bool:
    """Whether the signature is this key's over the text."""
    try:
        key.verify(signature, text)
    except InvalidSignature:
        return False
    return True
