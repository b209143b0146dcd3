"""Paths into JSON: `results[*].title`, `agencies[0].name`, `"odd name".x`, alternatives with `|`, `$.` from the top.

`[*]` stands for each entry of a list, `[0]` for the first, `[-1]` for the last. The first alternative that holds
something counts. A path that leads nowhere finds nothing.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from scrapers.model import Json

MOST_VALUES = 20_000
LONGEST_PATH = 300
EACH = "*"
Step = str | int
_STEP = re.compile(
    r'(?:(?:^|\.)(?:(?P<name>[^\W\d][\w$@-]*|\d[\w-]*)|"(?P<odd>[^"]{1,100})")|\[(?P<at>-?\d{1,6}|\*)\])'
)


class BadPath(ValueError):  # noqa: N818
    """A path that is none; the text says what is wrong with it."""


@lru_cache(maxsize=512)
def steps_of(path: str) -> tuple[tuple[bool, tuple[Step | None, ...]], ...]:
    """The alternatives of a path, each with whether it begins at the top; None among the steps is `[*]`."""
    if len(path) > LONGEST_PATH:
        raise BadPath(f"The path {path[:40]!r}… is longer than {LONGEST_PATH} signs.")
    return tuple(_alternative(one.strip(), path) for one in path.split("|"))


def _alternative(written: str, path: str) -> tuple[bool, tuple[Step | None, ...]]:
    from_top = written == "$" or written.startswith(("$.", "$["))
    rest = written[1:].removeprefix(".") if from_top else written.removeprefix("@.")
    steps: list[Step | None] = []
    at = 0
    while at < len(rest) and rest != ".":
        found = _STEP.match(rest, at) if at or rest[0] != "." else None
        if found is None:
            raise BadPath(f"The path {path!r} cannot be read from {rest[at : at + 20]!r} on.")
        steps.append(_step(found))
        at = found.end()
    if not written:
        raise BadPath("A path is empty; `.` stands for the whole.")
    return from_top, tuple(steps)


def _step(found: re.Match[str]) -> Step | None:
    if found["at"] is not None:
        return None if found["at"] == EACH else int(found["at"])
    return found["name"] if found["name"] is not None else found["odd"]


def values_at(data: Json, path: str, top: Json = None) -> list[Json]:
    """What stands at a path, empty values left out; raises BadPath."""
    for from_top, steps in steps_of(path):
        found = [data if not from_top or top is None else top]
        for step in steps:
            found = list(_bounded(inner for value in found for inner in _taken(value, step)))
        held = [value for value in found if value is not None and value != "" and value != [] and value != {}]
        if held:
            return held
    return []


def holds_list(data: Json, path: str) -> bool:
    """Whether the list whose entries a path stands for is there, be it empty; of any other path whether it leads on."""
    for _, steps in steps_of(path.strip()):
        each = max((place for place, step in enumerate(steps) if step is None), default=-1)
        found = [data]
        for step in steps[:each] if each >= 0 else steps:
            found = [inner for value in found for inner in _taken(value, step)]
        if any(isinstance(value, list) or each < 0 for value in found):
            return True
    return False


def _bounded(values: Iterable[Json]) -> Iterator[Json]:
    for number, value in enumerate(values):
        if number >= MOST_VALUES:
            return
        yield value


def _taken(value: Json, step: Step | None) -> Iterable[Json]:
    if step is None:
        return value if isinstance(value, list) else ()
    if isinstance(step, int):
        inside = isinstance(value, list) and -len(value) <= step < len(value)
        return (value[step],) if inside else ()
    return (value[step],) if isinstance(value, dict) and step in value else ()


def text_at(data: Json, path: str, top: Json = None) -> str:
    """What stands at a path as text, several joined by `; `; objects and lists are no text."""
    return "; ".join(filter(None, map(plain, values_at(data, path, top))))


def plain(value: Json) -> str:
    """A text or number as text; nothing for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    # Half a sign, which JSON can write (`\\ud800`) and nothing else can, is no sign.
    return str(value).encode("utf-8", "replace").decode() if isinstance(value, str | int | float) else ""


def records_at(data: Json, path: str, top: Json = None) -> list[dict[str, Json]]:
    """The objects that stand at a path; anything else there is left out."""
    return [value for value in values_at(data, path, top) if isinstance(value, dict)]
