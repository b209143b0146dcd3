"""Where an item, document or process stands: counts of its obligations' standings and one headline."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tracker.domain.standing import Flag, Stand
from tracker.domain.words import HEADLINE_ORDER, Standing


@dataclass(frozen=True, slots=True)
class Rollup:
    """Counts by standing in the order of the headline; flags apart by list, stale ones apart from fresh ones."""

    total: int
    counts: Mapping[Standing, int]
    headline: Standing | None
    """The first standing of the order that is present; None where there is no obligation."""
    flags: Mapping[Flag, int]
    """Fresh flags by their list; the two lists are never added up."""
    stale_flags: Mapping[Flag, int]
    """Flags that were not looked at again for `recheck_days`."""


def rollup(stands: Iterable[Stand]) -> Rollup:
    """The roll-up of any number of obligations."""
    held = list(stands)
    counts = rolled_counts(stand.standing for stand in held)
    return Rollup(
        total=len(held),
        counts=counts,
        headline=headline(counts),
        flags=_flags(stand for stand in held if not stand.stale),
        stale_flags=_flags(stand for stand in held if stand.stale),
    )


def rolled_counts(standings: Iterable[Standing]) -> Mapping[Standing, int]:
    """How many obligations have each standing, those present only, in the order of the headline."""
    counted = Counter(standings)
    return MappingProxyType({standing: counted[standing] for standing in HEADLINE_ORDER if counted[standing]})


def headline(present: Iterable[Standing]) -> Standing | None:
    """The first standing of the headline order that is present."""
    found = set(present)
    return next((standing for standing in HEADLINE_ORDER if standing in found), None)


def _flags(stands: Iterable[Stand]) -> Mapping[Flag, int]:
    counted = Counter(stand.flag for stand in stands if stand.flag)
    return MappingProxyType({flag: counted[flag] for flag in Flag if counted[flag]})
