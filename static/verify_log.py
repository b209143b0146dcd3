"""Verifies the public log of an Answerby site from outside: python verify_log.py https://site [--key K] [--head H].

Needs Python 3.9 or later and `pip install cryptography`; reads only SITE/log/{key,checkpoint,entries,heads}. SITE may
be a folder with copies of them (as `wget --mirror` keeps them). Give --key to insist on a key you noted earlier, and
--head "SIZE HASH" with a line that a feed, a mail or an earlier run printed: the log must still hold it.
Exit 0: whole. 1: broken, with the first bad entry. 2: could not be read.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import sys
import urllib.request

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Broken(Exception):  # noqa: N818
    """What is wrong, and where."""


def read(site: str, name: str) -> str:
    if site.startswith(("http://", "https://")):
        with urllib.request.urlopen(f"{site.rstrip('/')}/log/{name}", timeout=60) as answer:  # noqa: S310
            return answer.read().decode()
    return (pathlib.Path(site) / "log" / name).read_text(encoding="utf-8")


def pages(site: str, name: str):
    while name:
        page = json.loads(read(site, name))
        yield from page["data"]
        name = page["meta"]["next"]


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def chain(site: str) -> dict:
    """The hash at every place, each computed from the one before."""
    hashes, hidden = [bytes(32)], 0
    for n, entry in enumerate(pages(site, "entries"), 1):
        before, text, given = hashes[-1], entry.get("text"), bytes.fromhex(entry["hash"])
        if entry["seq"] != n:
            raise Broken(f"entry {n} is missing: {entry['seq']} stands in its place")
        if text is not None:
            said = json.loads(text)
            leaf = sha(b"\x00", text.encode())
            right = sha(b"\x00", before, text.encode()) if said["v"] == 1 else sha(b"\x01", before, leaf)
            if said["seq"] != n:
                raise Broken(f"entry {n} says that it is entry {said['seq']}")
        else:  # withheld: its text's hash stands for it; the first version had none
            hidden += 1
            right = sha(b"\x01", before, bytes.fromhex(entry["leaf"])) if "leaf" in entry else given
        if right != given:
            raise Broken(f"entry {n} does not follow from the one before it")
        hashes.append(given)
    return {"hashes": [one.hex() for one in hashes], "hidden": hidden}


def check_head(hashes: list, size: int, hash_: str, whose: str) -> None:
    if not 0 <= size < len(hashes):
        raise Broken(f"entry {len(hashes)} is missing: {whose} speaks of {size} entries")
    if hashes[size] != hash_:
        raise Broken(f"entry {size} is not the one of {whose}")


def keys_of(site: str, pinned: str) -> dict:
    """The Ed25519 keys by their id; only the pinned one where there is one."""
    lines = [pinned] if pinned else read(site, "key").split()
    raw = [base64.b64decode(line.split("+", 2)[2])[1:] for line in lines]
    return {hashlib.sha256(one).hexdigest()[:16]: Ed25519PublicKey.from_public_bytes(one) for one in raw}


def verify(site: str, pinned: str = "", head: str = "") -> str:
    # The checkpoint first, the entries last: what is added meanwhile is no contradiction.
    note, keys, heads = read(site, "checkpoint"), keys_of(site, pinned), list(pages(site, "heads"))
    found = chain(site)
    hashes = found["hashes"]
    for signed in heads:
        size, text = signed["size"], signed["text"]
        if text.split("\n")[:3] != ["answerby log", str(size), signed["hash"]] or signed["key"] not in keys:
            raise Broken(f"entry {size}: its head is not signed by a known key")
        try:
            keys[signed["key"]].verify(base64.b64decode(signed["signature"]), text.encode())
        except InvalidSignature:
            raise Broken(f"entry {size}: the signature of its head is not right") from None
        check_head(hashes, size, signed["hash"], "a signed head")
    if note.split("\n\n")[0] + "\n" not in {signed["text"] for signed in heads}:
        raise Broken(f"entry {note.split()[2]}: the checkpoint is no signed head")
    if head:
        check_head(hashes, int(head.split()[0]), head.split()[1], "the head you noted")
    return (
        f"whole: {len(hashes) - 1} entries ({found['hidden']} withheld), {len(heads)} signed heads.\n"
        f'Note this for next time:\n--head "{len(hashes) - 1} {hashes[-1]}"'
    )


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("site", "--key", "--head"):
        asked.add_argument(option, default="")
    given = asked.parse_args()
    try:
        print(verify(given.site, given.key, given.head))  # noqa: T201
    except Broken as error:
        sys.exit(f"The log is broken: {error}.")
    except (OSError, ValueError, KeyError, IndexError) as error:
        print(f"The log could not be read: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
