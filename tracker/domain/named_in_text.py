"""Who a recommendation names as the one to act: known bodies only, where the sentence says that they should."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.domain.name_search import Named

_DUTY = re.compile(
    r"\b(?:should|must|shall|needs? to|ought to|is asked to|are asked to|is invited to|are invited to"
    r"|devrait|devraient|doit|doivent|debería|deberían|deberia|deberian|debe|deben|deberá|deberán)\b",
    re.I,
)
_ASKED = re.compile(r"(?:that|que)\b", re.I)
_ASKED_WITHIN = re.compile(
    r"\b(?:recommends?|asks?|urges?|calls? on|invites?|recommande|recommandons|recomienda|recomendamos)\b"
    r"(?: that| à| a| que)?",
    re.I,
)
_BETWEEN = re.compile(r"(?:[\s,&]|and\b|the\b|et\b|y\b|le\b|la\b|les\b|el\b|l')*", re.I)
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n")
_NOT_THE_ACTOR = re.compile(
    r"\b(?:of|by|from|with|to|in|under|for|at|du|de|des|par|avec|del|por|con|report|and its)\s+"
    r"(?:the\s+|la\s+|el\s+|le\s+|l['’])?$",
    re.I,
)
_LEADING = re.compile(r"^(?:the|le|la|les|el|los|las)\s+", re.I)
SHORTEST = 2
SHORT = 5


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    key: str


class Register:
    """The names that a text is searched for."""

    def __init__(self, bodies: Iterable[Named]) -> None:
        """Names of two bodies alike name nobody."""
        found: dict[str, set[str]] = {}
        for body in bodies:
            for name in body.names:
                plain = _LEADING.sub("", " ".join(name.replace("’", "'").split()))
                if len(plain) >= SHORTEST:
                    found.setdefault(plain if _is_short(plain) else plain.lower(), set()).add(body.key)
        self._keys = {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}

    def named_to_act(self, text: str) -> list[str]:
        """Keys of the bodies a text says should do something, in its order, each once."""
        plain = text.replace("’", "'")
        keys = (key for sentence in _SENTENCE.split(plain) for key in self._in_sentence(sentence))
        return list(dict.fromkeys(keys))

    def _in_sentence(self, sentence: str) -> list[str]:
        duty, asked = _DUTY.search(sentence), _ASKED.match(sentence) or _ASKED_WITHIN.search(sentence)
        start = asked.end() if asked and (duty is None or asked.end() < duty.start()) else 0
        if duty is not None:
            region = sentence[start : duty.start()]
            return [one.key for one in self._places(region) if not _NOT_THE_ACTOR.search(region[: one.start])]
        return self._in_a_row(sentence[start:]) if asked else []

    def _in_a_row(self, region: str) -> list[str]:
        """The bodies with which a text begins: "the A, the B and C publish …"."""
        keys: list[str] = []
        at = _BETWEEN.match(region).end()  # type: ignore[union-attr]  # it matches nothing too
        while (one := self._longest(region, at)) is not None:
            keys.append(one.key)
            at = one.end + _BETWEEN.match(region[one.end :]).end()  # type: ignore[union-attr]
        return keys

    def _places(self, region: str) -> list[_Place]:
        """The longest name at each place, none within another."""
        found: list[_Place] = []
        for match in re.finditer(r"(?<![\w'])[\w&]", region):
            at = match.start()
            if found and at < found[-1].end:
                continue
            longest = self._longest(region, at)
            if longest:
                found.append(longest)
        return found

    def _longest(self, region: str, at: int) -> _Place | None:
        ends = [end.end() for end in re.finditer(r"[\w.)&](?![\w])", region[at : at + 300])]
        for end in reversed(ends):
            name = " ".join(region[at : at + end].split())
            key = self._keys.get(name.lower()) if not _is_short(name) else self._keys.get(name)
            key = key or self._keys.get(name)
            if key:
                return _Place(at, at + end, key)
        return None


def _is_short(name: str) -> bool:
    """An acronym counts only as it is written: IT is a body, "it" is none."""
    return len(name) <= SHORT or name.isupper()


def keys_named(text: str, register: Register, most: int = 8) -> Sequence[str]:
    """At most so many, for a proposal."""
    return register.named_to_act(text)[:most]
