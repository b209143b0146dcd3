"""How many days late the answers of bodies came, as lengths on one scale: for like beside like only."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Late(Protocol):
    """A body's card, as far as this picture needs it."""

    @property
    def key(self) -> str: ...
    @property
    def comparable(self) -> bool: ...
    @property
    def median_days_late(self) -> float | None: ...
    @property
    def most_days_late(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Length:
    """The median and the most days late, and both as hundredths of the longest on the page."""

    median: float
    most: int
    median_width: float
    most_width: float


def days_late(cards: Iterable[Late]) -> dict[str, Length]:
    """By the body's key; bodies with too few dates, or no answer late, have no length."""
    known: dict[str, tuple[float, int]] = {}
    for card in cards:
        median, most = card.median_days_late, card.most_days_late
        if card.comparable and median is not None and most is not None:
            known[card.key] = (median, most)
    longest = max((most for _median, most in known.values()), default=0) or 1
    return {
        key: Length(median, most, round(100 * median / longest, 1), round(100 * most / longest, 1))
        for key, (median, most) in known.items()
    }
