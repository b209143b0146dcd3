"""Clocks as they are on a large site: some thousand different ones, each with its past and what lies ahead."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tracker.domain.words import Basis, DueSource, Standing

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOW.date()
RECHECK = timedelta(days=90)
SHAPES = 4001
"""A prime number: shape, body and process of an obligation do not run in step."""


@dataclass(frozen=True)
class Shape:
    """One clock: why the date binds, when it counts from, when it is due, and its stretches."""

    number: int
    basis: Basis
    start_on: date
    due_on: date | None
    stretches: list[dict[str, Any]]


def shapes() -> Iterator[Shape]:
    """The same ones in every run."""
    dice = random.Random(7)
    kinds = [kind for kind, weight in _WEIGHTS.items() for _ in range(weight)]
    for number in range(SHAPES):
        basis = dice.choices(list(Basis), (30, 15, 25, 20, 10))[0]
        yield _shape(number, basis, dice.choice(kinds), dice)


def _shape(number: int, basis: Basis, kind: str, dice: random.Random) -> Shape:
    ahead = kind in ("ahead", "paused", "not_started")
    due_on = TODAY + timedelta(days=dice.randint(1, 900) if ahead else -dice.randint(20, 1500))
    start_on = due_on - timedelta(days=dice.choice((56, 60, 90, 180)))
    made = _MAKERS[kind](due_on, dice)
    undated = kind == "waiting"
    stretches = [_stretch(*one, due_on=None if undated else due_on) for one in _joined(start_on, made)]
    return Shape(number, basis, start_on, None if undated else due_on, stretches)


Part = tuple[Standing, date, dict[str, Any]]


def _joined(
    start_on: date, parts: list[Part]
) -> Iterator[tuple[Standing, date, date | None, dict[str, Any]]]:
    begins = [start_on, *(part[1] for part in parts[1:])]
    ends = [*begins[1:], None]
    for (standing, _, more), begin, end in zip(parts, begins, ends, strict=True):
        yield standing, begin, end, more


def _stretch(
    standing: Standing, begin: date, end: date | None, more: dict[str, Any], *, due_on: date | None
) -> dict[str, Any]:
    return {
        "standing": standing,
        "from_at": datetime.combine(begin, time(), UTC),
        "until_at": datetime.combine(end, time(), UTC) if end else None,
        "begins_on": begin,
        "due_on": due_on,
        "due_source": DueSource.STATED if due_on else DueSource.NONE,
        "flagged": standing in (Standing.OVERDUE, Standing.OVERDUE_UNSUBSTANTIVE),
        "stale": False,
        "checked_on": None,
        "days_overdue": None,
        "late_days": None,
        "detail": {},
        **more,
    }


def _running(due_on: date) -> list[Part]:
    soon = due_on - timedelta(days=14)
    return [
        (Standing.RUNNING, soon, {}),
        (Standing.DUE_SOON, soon, {}),
        (Standing.UNCHECKED, due_on + timedelta(days=1), {}),
    ]


def _ahead(due_on: date, _dice: random.Random) -> list[Part]:
    return _running(due_on)


def _flagged(standing: Standing) -> Callable[[date, random.Random], list[Part]]:
    def made(due_on: date, dice: random.Random) -> list[Part]:
        looked = due_on + timedelta(days=dice.randint(2, (TODAY - due_on).days))
        said = {"checked_on": looked, "days_overdue": (looked - due_on).days}
        return [
            *_running(due_on),
            (standing, looked, said),
            (standing, looked + RECHECK, said | {"stale": True}),
        ]

    return made


def _answered(due_on: date, dice: random.Random) -> list[Part]:
    came = due_on - timedelta(days=dice.randint(0, 13))
    judged = came + timedelta(days=dice.randint(1, 6))
    looked = {"checked_on": judged}
    return [
        *_running(due_on)[:2],
        (Standing.AWAITING_ASSESSMENT, came, {"checked_on": came}),
        (Standing.ANSWERED, judged, looked),
    ]


def _late(standing: Standing) -> Callable[[date, random.Random], list[Part]]:
    def made(due_on: date, dice: random.Random) -> list[Part]:
        late = dice.randint(2, (TODAY - due_on).days)
        came = due_on + timedelta(days=late)
        return [*_running(due_on), (standing, came, {"checked_on": came, "late_days": late})]

    return made


def _always(standing: Standing) -> Callable[[date, random.Random], list[Part]]:
    return lambda _due_on, _dice: [(standing, TODAY, {})]


_WEIGHTS = {
    "answered": 38,
    "late": 12,
    "overdue": 7,
    "hollow": 4,
    "partly": 4,
    "unjudged": 3,
    "unchecked": 6,
    "ahead": 14,
    "waiting": 5,
    "void": 2,
    "unknown": 2,
    "paused": 2,
    "not_started": 1,
}
_MAKERS: dict[str, Callable[[date, random.Random], list[Part]]] = {
    "answered": _answered,
    "late": _late(Standing.ANSWERED_LATE),
    "overdue": _flagged(Standing.OVERDUE),
    "hollow": _flagged(Standing.OVERDUE_UNSUBSTANTIVE),
    "partly": _late(Standing.PARTLY_ANSWERED),
    "unjudged": _late(Standing.AWAITING_ASSESSMENT),
    "unchecked": lambda due_on, _dice: _running(due_on),
    "ahead": _ahead,
    "waiting": _always(Standing.WAITING),
    "void": _always(Standing.VOID),
    "unknown": _always(Standing.UNKNOWN),
    "paused": _always(Standing.PAUSED),
    "not_started": _always(Standing.NOT_STARTED),
}
