"""Header lines that say what is meant and nothing else, whatever a title or a name brings along."""

import re
import unicodedata
from base64 import b64encode
from email.header import Header
from functools import lru_cache

LONGEST_LINE = 78
_OCTETS = 39
"""Of one encoded word: 64 characters, so that the longest name of a header fits before it."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Controls, marks that reorder or hide, halves of surrogate pairs, other line ends."""
_ENCODED_WORD = re.compile(r"=(?=\?)")
_PLAIN = re.compile(r"[ -~]*\Z")


def cleaned(value: str, longest: int = 180) -> str:
    """A header's value on one line, without controls and without anything that reads as an encoded word."""
    seen = value[: 4 * longest]
    if not _PLAIN.match(seen):
        seen = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in seen)
    line = _ENCODED_WORD.sub("= ", " ".join(seen.split()))
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def header(name: str, value: str) -> bytes:
    """One header with its folded lines; text that is not ASCII travels in encoded words."""
    if not _PLAIN.match(value):
        return f"{name}: {_encoded(value)}\r\n".encode("ascii")
    return f"{_folded(f'{name}: {value}')}\r\n".encode("ascii")


@lru_cache(maxsize=256)
def shared_header(name: str, value: str) -> bytes:
    """A header that many messages have; never one that names a reader."""
    return header(name, cleaned(value))


def _encoded(value: str) -> str:
    """Encoded words (RFC 2047), one on each line; no sign is cut in two."""
    some, words = b"", []
    for sign in value:
        octets = sign.encode("utf-8", "replace")
        if len(some) + len(octets) > _OCTETS:
            words.append(some)
            some = b""
        some += octets
    words.append(some)
    return "\r\n ".join(f"=?utf-8?b?{b64encode(word).decode()}?=" for word in words)


def _folded(line: str) -> str:
    """Broken at spaces only, so that addresses and ids stay whole."""
    lines = [""]
    for word in line.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1].strip() and len(joined) > LONGEST_LINE and word:
            lines.append(f" {word}")
        else:
            lines[-1] = joined
    return "\r\n".join(lines)


@lru_cache(maxsize=16)
def mailbox(name: str, address: str) -> str:
    """An address with the name of whoever writes; a name that is not plain becomes an encoded word."""
    shown = cleaned(name, 64)
    if not shown:
        return f"<{address}>"
    if not _PLAIN.match(shown):
        words = Header(shown, "utf-8", maxlinelen=70).encode(linesep="\n").split()
        return f"{' '.join(words)} <{address}>"
    escaped = shown.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{address}>'
