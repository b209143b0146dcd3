"""Verifies the public log of an Answerby site from outside: python verify_log.py https://site [--key K] [--head H].

Needs Python 3.9 or later and `pip install cryptography`; reads only SITE/log/{key,checkpoint,entries,heads}. SITE may
be a folder with copies of them (as `wget --mirror` keeps them). Give --key (more than once where there were several)
to insist on keys you noted earlier, and --head "SIZE HASH" with a line that a feed, a mail or an earlier run printed:
the log must still hold it. Exit 0: whole. 1: broken, with the first bad entry. 2: could not be read.
"""

import argparse
import json
import pathlib
import sys
import urllib.request
from base64 import b64decode
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Broken(Exception):  # noqa: N818
    """What is wrong, and where."""


def read(site, name):
    if site.startswith(("http://", "https://")):
        with urllib.request.urlopen(f"{site.rstrip('/')}/log/{name}", timeout=60) as answer:  # noqa: S310
            return answer.read().decode()
    return (pathlib.Path(site) / "log" / name).read_text(encoding="utf-8")


def rows(site, name):
    while name:
        page = json.loads(read(site, name))
        yield from page["data"]
        name = page["meta"]["next"]


def hash_of(n, entry, before):
    """What the hash of an entry has to be; of a withheld text its own hash (`leaf`) stands for it."""
    text = entry.get("text")
    if text is None:  # a withheld entry of version 1 has no leaf: it keeps its place only
        return (
            sha256(b"\x01" + before + bytes.fromhex(entry["leaf"])).hexdigest()
            if "leaf" in entry
            else entry["hash"]
        )
    if json.loads(text)["seq"] != n:
        raise Broken(f"entry {n} says that it is entry {json.loads(text)['seq']}")
    if json.loads(text)["v"] == 1:
        return sha256(b"\x00" + before + text.encode()).hexdigest()
    return sha256(b"\x01" + before + sha256(b"\x00" + text.encode()).digest()).hexdigest()


def check(hashes, size, hash_, whose):
    if not 0 <= size < len(hashes):
        raise Broken(f"entry {len(hashes)} is missing: {whose} speaks of {size} entries")
    if hashes[size] != hash_:
        raise Broken(f"entry {size} is not the one of {whose}")


def verify(site, pinned=(), noted=""):
    # The checkpoint first, the entries last: what is added meanwhile is no contradiction.
    note, lines, heads = (
        read(site, "checkpoint"),
        pinned or read(site, "key").split(),
        list(rows(site, "heads")),
    )
    raw = [b64decode(line.split("+", 2)[2])[1:] for line in lines]
    keys = {sha256(one).hexdigest()[:16]: Ed25519PublicKey.from_public_bytes(one) for one in raw}
    hashes, hidden = ["0" * 64], 0
    for n, entry in enumerate(rows(site, "entries"), 1):
        if entry["seq"] != n:
            raise Broken(f"entry {n} is missing: {entry['seq']} stands in its place")
        if hash_of(n, entry, bytes.fromhex(hashes[-1])) != entry["hash"]:
            raise Broken(f"entry {n} does not follow from the one before it")
        hashes.append(entry["hash"])
        hidden += "text" not in entry
    for head in heads:
        size, text = head["size"], head["text"]
        if text.split("\n")[:3] != ["answerby log", str(size), head["hash"]] or head["key"] not in keys:
            raise Broken(f"entry {size}: its head is not signed by a known key")
        try:
            keys[head["key"]].verify(b64decode(head["signature"]), text.encode())
        except InvalidSignature:
            raise Broken(f"entry {size}: the signature of its head is not right") from None
        check(hashes, size, head["hash"], "a signed head")
    if note.split("\n\n")[0] + "\n" not in {head["text"] for head in heads}:
        raise Broken(f"entry {note.split()[2]}: the checkpoint is no signed head")
    if noted:
        check(hashes, int(noted.split()[0]), noted.split()[1], "the head you noted")
    return f"""whole: {len(hashes) - 1} entries ({hidden} withheld), {len(heads)} signed heads.
Note this for next time:\n--head "{len(hashes) - 1} {hashes[-1]}\""""


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("site")
    asked.add_argument("--key", action="append", default=[])
    asked.add_argument("--head", default="")
    given = asked.parse_args()
    try:
        print(verify(given.site, given.key, given.head))  # noqa: T201
    except Broken as error:
        sys.exit(f"The log is broken: {error}.")
    except (OSError, ValueError, KeyError, IndexError) as error:
        print(f"The log could not be read: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
