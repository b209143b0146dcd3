"""What is suggested of what is likely: strict, only with a clear lead, and several only where several are named."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.matching.compared import Match
from tracker.domain.matching.views import FoundView

SUGGESTED = 0.7
"""From here on an obligation is suggested to the reviewer."""
CLEAR_LEAD = 0.15
"""By so much the best must lead, else nobody is suggested."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to suggest."""

    chosen: tuple[Match, ...] = ()
    """One; or one for each number or body that the finding names."""
    tied: tuple[Match, ...] = ()
    """Those that fit well and alike: a person has to choose."""


def best(ranked: Sequence[Match]) -> Match | None:
    """The one to suggest, if it is good enough and clearly ahead of the next."""
    if not ranked or ranked[0].confidence < SUGGESTED or _level(ranked):
        return None
    return ranked[0]


def choose(found: FoundView, ranked: Sequence[Match]) -> Choice:
    """One to suggest for each number and each body named; ties are named and none of them is chosen."""
    groups = _groups(found, ranked)
    chosen = [one for group in groups if (one := best(group)) is not None]
    tied = [one for group in groups for one in _level(group)]
    return Choice(tuple(dict.fromkeys(chosen)), tuple(dict.fromkeys(tied)))


def _level(ranked: Sequence[Match]) -> list[Match]:
    """Those from which the best is not clearly ahead, itself among them; none where it is."""
    if not ranked or ranked[0].confidence < SUGGESTED:
        return []
    near = [one for one in ranked if ranked[0].confidence - one.confidence < CLEAR_LEAD]
    return near if len(near) > 1 else []


def _groups(found: FoundView, ranked: Sequence[Match]) -> list[list[Match]]:
    """The likely ones apart by the number and body they are named by, where the finding names several."""
    by_number, by_name = len(found.numbers) > 1, len(found.names) > 1
    groups: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for one in ranked:
        if (one.number or not by_number) and (one.body or not by_name):
            groups[(one.number if by_number else "", one.body if by_name else "")].append(one)
    return list(groups.values())
