"""What a site's robots.txt asks of readers like us (RFC 9309: longest match wins, allow wins a tie)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

LONGEST_FILE = 500 * 1024
_LONGEST_RULE = 2048


@dataclass(frozen=True, slots=True)
class _Rule:
    allows: bool
    path: str

    def matches(self, path: str) -> bool:
        pieces = self.path.removesuffix("$").split("*")
        if not path.startswith(pieces[0]):
            return False
        at = len(pieces[0])
        for piece in pieces[1:]:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if not self.path.endswith("$"):
            return True
        return path.endswith(pieces[-1]) if len(pieces) > 1 else at == len(path)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one reader at one site; no rules allow everything."""

    rules: tuple[_Rule, ...] = ()
    pause_seconds: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether the page at this path (with its query) may be read."""
        wanted = _plain(path or "/")
        matching = [rule for rule in self.rules if rule.matches(wanted)]
        if not matching:
            return True
        return max(matching, key=lambda rule: (len(rule.path), rule.allows)).allows


def read_robots(text: str, agent: str) -> Robots:
    """The rules of the group that names `agent`, else those for everybody."""
    groups = _groups(text)
    lines = groups.get(agent.lower(), groups.get("*", []))
    rules = tuple(
        _Rule(field == "allow", _plain(value))
        for field, value in lines
        if field in ("allow", "disallow") and 0 < len(value) <= _LONGEST_RULE
    )
    return Robots(rules, _pause([value for field, value in lines if field == "crawl-delay"]))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text[:LONGEST_FILE].lstrip("\ufeff").splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()


def _groups(text: str) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = []
    naming = False
    for field, value in _lines(text):
        if field == "user-agent":
            agents = [*agents, value.lower()] if naming else [value.lower()]
            groups.setdefault(agents[-1], [])
        else:
            for agent in agents:
                groups[agent].append((field, value))
        naming = field == "user-agent"
    return groups


def _pause(values: list[str]) -> float:
    number = next((value for value in values if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", value)), "0")
    return float(number)


def _plain(path: str) -> str:
    """Percent-encoding undone as far as it hides letters: the two sides may spell the same path differently."""
    return unquote_to_bytes(path).decode("utf-8", "replace")
