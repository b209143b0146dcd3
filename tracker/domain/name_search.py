"""Finding a body by what somebody types: names, aliases and initials, accents and case aside."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SMALL = frozenset("of for and the de la le les des du et y el los las del und für der die das di e".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A body under all its names, the first its own."""

    key: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A body that fits what was typed, and the name that does."""

    key: str
    name: str


def folded(text: str) -> str:
    """Small letters without accents, one space between words."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


def ranked(typed: str, bodies: Iterable[Named], most: int) -> list[Hit]:
    """The best first: the whole name, its beginning, its initials, beginnings of words in order, words anywhere."""
    wanted = folded(typed).removeprefix("the ")
    scored = [] if not wanted else [one for body in bodies if (one := _best(wanted, body)) is not None]
    return [hit for _, _, hit in sorted(scored, key=lambda one: (one[0], one[1]))[:most]]


def _best(wanted: str, body: Named) -> tuple[tuple[int, int], str, Hit] | None:
    scores = [
        (score, at, name)
        for at, name in enumerate(body.names)
        if (score := _score(wanted, folded(name))) is not None
    ]
    if not scores:
        return (((6, 0), body.key, Hit(body.key, body.names[0]))) if body.key.startswith(wanted) else None
    score, at, name = min(scores)
    return (score, min(at, 1)), folded(body.names[0]), Hit(body.key, name)


def _score(wanted: str, name: str) -> int | None:
    if name.removeprefix("the ") == wanted:
        return 0
    words = re.findall(r"\w+", name)
    if name.startswith(wanted) or (words[:1] == ["the"] and name[4:].startswith(wanted)):
        return 1
    if len(wanted) > 1 and any(one.startswith(wanted) for one in _initials(words)):
        return 2
    typed = re.findall(r"\w+", wanted)
    if typed and _in_order(typed, words):
        return 3
    if typed and all(any(word.startswith(part) for word in words) for part in typed):
        return 4
    return 5 if wanted in name and len(wanted) > 2 else None


def _initials(words: Sequence[str]) -> tuple[str, str]:
    """DHSC and DfE alike: without the small words, and with them."""
    return "".join(word[0] for word in words if word not in _SMALL), "".join(word[0] for word in words)


def _in_order(typed: Sequence[str], words: Sequence[str]) -> bool:
    rest = iter(words)
    return all(any(word.startswith(part) for word in rest) for part in typed)
