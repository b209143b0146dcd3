"""Addresses that follow for certain from how a rule names its source; nothing is guessed."""

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
_THREAD = re.compile(r"(?P<repository>[\w.-]+/[\w.-]+)#(?P<number>\d+)")
_WRITTEN_OUT = re.compile(
    r"(?P<address>https?://(?:\([^\s()]*\)|[^\s;,<>\"()])*(?:\([^\s()]*\)|[^\s;,<>\".:()]))"
)
_ADDRESSES: Mapping[re.Pattern[str], Callable[[Mapping[str, str]], str]] = {
    _WRITTEN_OUT: lambda said: said["address"],
    _STATUTE: lambda said: "https://www.legislation.gov.uk/{kind}/{year}/{number}".format(**said),
    _COMMIT: lambda said: "https://github.com/{repository}/blob/{commit}/{path}".format(**said),
    _THREAD: lambda said: "https://github.com/{repository}/issues/{number}".format(**said),
}


def linked(source: str) -> list[Linked]:
    """A source in pieces, those that lead somewhere with their address."""
    found = sorted(_found(source))
    pieces, at = [], 0
    for first, last, address in found:
        if first >= at:
            pieces += [(source[at:first], ""), (source[first:last], address)]
            at = last
    return [one for one in (*pieces, (source[at:], "")) if one[0]]


def _found(source: str) -> Iterator[tuple[int, int, str]]:
    for pattern, address in _ADDRESSES.items():
        for match in pattern.finditer(source):
            yield match.start(), match.end(), address(match.groupdict())
