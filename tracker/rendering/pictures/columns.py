"""Columns over time: one a month or quarter, one stretch a kind, stacked or side by side, all on one scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 420, 170
"""Of the whole picture, in its own units; letters are 11 of them high, so that they can be read on a telephone."""
LEFT, TOP, BOTTOM = 34, 8, 34
GAP = 0.28
"""Part of a column's place that stays empty."""
TICKS = 4


@dataclass(frozen=True, slots=True)
class Column:
    """What one column counts."""

    label: str
    under: str
    """A second line under the label; empty where it is that of the column before."""
    counts: Mapping[str, int]
    later: bool = False
    """It rests on what was learned later, not on what was shown at the time."""

    @property
    def total(self) -> int:
        """All it counts."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Stretch:
    """One kind within a column."""

    kind: str
    n: int
    x: float
    y: float
    width: float
    height: float
    later: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A number of the scale and its height."""

    n: int
    y: float


@dataclass(frozen=True, slots=True)
class Label:
    """What stands under a column."""

    text: str
    under: str
    x: float


@dataclass(frozen=True, slots=True)
class ColumnPicture:
    """Where everything stands; x from the left, y from the top."""

    stretches: tuple[Stretch, ...]
    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]
    record_x: float | None
    """Left of the first column that was shown at the time, if earlier ones were not."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = HEIGHT - BOTTOM


def column_picture(columns: Sequence[Column], kinds: Sequence[str], *, apart: bool = False) -> ColumnPicture:
    """The columns in their order, each stacked from the floor in the order of the kinds.

    `apart`: the kinds stand side by side, because what is never added up must not be piled up either.
    """
    ticks = _ticks(max((_height(one, apart) for one in columns), default=0))
    arranged = _side_by_side if apart else _stacked
    scale = (HEIGHT - TOP - BOTTOM) / ticks[-1]
    place = (WIDTH - LEFT) / max(1, len(columns))
    floor = HEIGHT - BOTTOM
    return ColumnPicture(
        stretches=tuple(
            stretch
            for at, one in enumerate(columns)
            for stretch in arranged(one, kinds, LEFT + place * (at + GAP / 2), place * (1 - GAP), scale)
        ),
        ticks=tuple(Tick(n, round(floor - n * scale, 2)) for n in ticks),
        labels=tuple(
            Label(one.label, one.under, round(LEFT + place * (at + 0.5), 2)) for at, one in enumerate(columns)
        ),
        record_x=_record(columns, place),
    )


def _stacked(one: Column, kinds: Sequence[str], x: float, width: float, scale: float) -> list[Stretch]:
    found, y = [], float(HEIGHT - BOTTOM)
    for kind in kinds:
        n = one.counts.get(kind, 0)
        if n:
            y -= n * scale
            found.append(
                Stretch(kind, n, round(x, 2), round(y, 2), round(width, 2), round(n * scale, 2), one.later)
            )
    return found


def _side_by_side(one: Column, kinds: Sequence[str], x: float, width: float, scale: float) -> list[Stretch]:
    each, floor = width / max(1, len(kinds)), HEIGHT - BOTTOM
    counted = [(at, kind, one.counts[kind]) for at, kind in enumerate(kinds) if one.counts.get(kind)]
    return [
        Stretch(
            kind,
            n,
            round(x + at * each, 2),
            round(floor - n * scale, 2),
            round(each, 2),
            round(n * scale, 2),
            one.later,
        )
        for at, kind, n in counted
    ]


def _height(one: Column, apart: bool) -> int:
    return max(one.counts.values(), default=0) if apart else one.total


def _record(columns: Sequence[Column], place: float) -> float | None:
    first = next((at for at, one in enumerate(columns) if not one.later), None)
    return round(LEFT + place * first, 2) if first else None


def _ticks(most: int) -> list[int]:
    """Round numbers from 0 to the first at or above the most."""
    step = _round_step(max(most, 1))
    return list(range(0, most + step, step)) if most % step else list(range(0, max(most, step) + 1, step))


def _round_step(most: int) -> int:
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * TICKS >= most:
                return step
        size *= 10
