"""Addresses that follow for certain from how a source is named; nothing is guessed."""

import re
from collections.abc import Callable, Iterator, Mapping

Linked = tuple[str, str]
"""A piece of text, and where it leads; empty: nowhere."""
_STATUTE = re.compile(
    r"\b(?:uk|uk-\w+)/(?P<kind>ukpga|uksi|asp|ssi|nisr|anaw|asc)-(?P<year>\d{4})-(?P<number>\d+)\.md"
)
_COMMIT = re.compile(
    r"(?P<repository>[\w.-]+/[\w.-]+)@(?P<commit>[0-9a-f]{7,40}) (?P<path>[\w./-]+/[\w.-]+\.\w+)"
)
_FILE = re.compile(
    r"github:(?P<repository>[\w.-]+/[\w.-]+) (?P<path>[\w./-]+) \(commit (?P<commit>[0-9a-f]{7,40})"
)
_REPOSITORY = re.compile(r"github:(?P<repository>[\w.-]+/[\w-]+(?:\.[\w-]+)*)")
_THREAD = re.compile(r"(?P<repository>[\w.-]+/[\w.-]+)#(?P<number>\d+)")
_WRITTEN_OUT = re.compile(
    r"(?P<address>https?://(?:\([^\s()]*\)|[^\s;,<>\"()])*(?:\([^\s()]*\)|[^\s;,<>\".:()]))"
)
_ADDRESSES: Mapping[re.Pattern[str], Callable[[Mapping[str, str]], str]] = {
    _WRITTEN_OUT: lambda said: said["address"],
    _STATUTE: lambda said: "https://www.legislation.gov.uk/{kind}/{year}/{number}".format(**said),
    _COMMIT: lambda said: "https://github.com/{repository}/blob/{commit}/{path}".format(**said),
    _FILE: lambda said: (
        f"https://github.com/{said['repository']}/{_shape(said)}/{said['commit']}/{said['path']}"
    ),
    _REPOSITORY: lambda said: "https://github.com/{repository}".format(**said),
    _THREAD: lambda said: "https://github.com/{repository}/issues/{number}".format(**said),
}


def linked(source: str) -> list[Linked]:
    """A source in pieces, those that lead somewhere with their address."""
    found = sorted(_found(source), key=lambda one: (one[0], -one[1]))
    pieces, at = [], 0
    for first, last, address in found:
        if first >= at:
            pieces += [(source[at:first], ""), (source[first:last], address)]
            at = last
    return [one for one in (*pieces, (source[at:], "")) if one[0]]


def _shape(said: Mapping[str, str]) -> str:
    """How a file is shown there, and how a folder."""
    return "blob" if "." in said["path"].rpartition("/")[2] else "tree"


def _found(source: str) -> Iterator[tuple[int, int, str]]:
    for pattern, address in _ADDRESSES.items():
        for match in pattern.finditer(source):
            yield match.start(), match.end(), address(match.groupdict())
