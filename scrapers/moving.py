"""What moved between two runs of a source: entries that are gone, came, were rewritten, or lost a field."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from scrapers.counting import Listing

_ESSENTIAL = ("title", "body_name", "status")


@dataclass(frozen=True, slots=True)
class Moved:
    """The difference between two runs, in entries; `of` is how many the earlier one had."""

    of: int = 0
    gone: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    rewritten: tuple[str, ...] = ()
    """Still there, with another title, body, status or date."""
    renamed: tuple[str, ...] = ()
    """Of a short list: still there, with another title or body."""
    lost: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By field, the entries that are still there and no longer have it."""
    gained: Mapping[str, int] = field(default_factory=dict)

    @property
    def stayed(self) -> int:
        """How many entries are in both."""
        return self.of - len(self.gone)


def moved(before: Listing, now: Listing) -> Moved:
    """What moved; nothing where there is nothing to compare with."""
    stayed = [key for key in before.entries if key in now.entries]
    lost: dict[str, list[str]] = {}
    gained: Counter[str] = Counter()
    rewritten: list[str] = []
    for key in stayed:
        had, has = before.fields_of(key), now.fields_of(key)
        for name in had - has:
            lost.setdefault(name, []).append(key)
        gained.update(has - had)
        if before.entries[key][0] != now.entries[key][0] and not _is_essential(had ^ has):
            rewritten.append(key)
    return Moved(
        of=len(before.entries),
        gone=tuple(key for key in before.entries if key not in now.entries),
        came=tuple(key for key in now.entries if key not in before.entries),
        rewritten=tuple(rewritten),
        renamed=tuple(
            key for key in stayed if before.names.get(key) != now.names.get(key, before.names.get(key))
        ),
        lost={name: tuple(keys) for name, keys in sorted(lost.items())},
        gained=dict(gained),
    )


def _is_essential(changed: frozenset[str]) -> bool:
    """Another digest because a field came or went is no rewriting."""
    return any(name in _ESSENTIAL or name.endswith("_on") for name in changed)
