"""The public keys that signed the log before a new one took their place: kept beside the key, not in the database.

Whoever can write to the database alone cannot add a key that was never this site's.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tracker.services.signing_key import UnusableKey, key_id, public_bytes


@dataclass(frozen=True, slots=True)
class Retired:
    """A key and the longest log it may have signed; None: it signs still."""

    key: Ed25519PublicKey
    up_to: int | None

    @property
    def key_id(self) -> str:
        """How the key is called beside its signatures."""
        return key_id(self.key)


def retired_file(path: Path) -> Path:
    """Where the keys before this one are kept."""
    return path.with_name(f"{path.name}.retired")


def retired_keys(path: Path) -> list[Retired]:
    """The keys that signed before the one in the file; one to a line: its 32 bytes in base64, and up to which size."""
    file = retired_file(path)
    if not file.exists():
        return []
    try:
        return [_read(line) for line in file.read_text(encoding="ascii").splitlines() if line.strip()]
    except (ValueError, OSError) as error:
        raise UnusableKey(
            f"{file} holds a line that is no key: put it back from a backup. ({error})"
        ) from error


def _read(line: str) -> Retired:
    key, size = line.split()
    return Retired(Ed25519PublicKey.from_public_bytes(b64decode(key, validate=True)), int(size))


def retire(path: Path, keys: list[Retired]) -> None:
    """Add lines to the file of keys that sign no longer."""
    with retired_file(path).open("a", encoding="ascii") as file:
        for one in keys:
            file.write(f"{b64encode(public_bytes(one.key)).decode()} {one.up_to}\n")
