"""Deadline rules as data: what a rule says, checked when it is made, and its snapshot kept with an obligation."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Self

from tracker.domain.units import units
from tracker.domain.words import Basis, Trigger

EXCLUSIVE, INCLUSIVE, DAY_AFTER = "exclusive", "inclusive", "day_after"
START_MODES = (EXCLUSIVE, INCLUSIVE, DAY_AFTER)
"""The start day does not count; it counts; the period is reckoned from the day after it."""
END_BOUNDS = (INCLUSIVE, EXCLUSIVE)
ROLLS = ("none", "next", "previous")
DAY_CLASSES = ("saturday", "sunday", "holiday")
EXTENSION_BASES = ("start", "previous")
KEEPS = ("earliest", "latest")
MOST = 20_000
"""No rule counts further than this many units."""

BASIS_OF_FORCE: Mapping[str, Basis] = {
    "statutory": Basis.STATUTE,
    "regulatory": Basis.STATUTE,
    "executive order": Basis.STATUTE,
    "court order": Basis.STATUTE,
    "treaty": Basis.STATUTE,
    "meta-rule": Basis.STATUTE,
    "convention": Basis.CONVENTION,
    "protocol": Basis.CONVENTION,
    "resolution": Basis.CONVENTION,
    "parliamentary rule": Basis.CONVENTION,
    "policy": Basis.CONVENTION,
    "membership rule": Basis.CONVENTION,
    "international practice": Basis.CONVENTION,
    "political commitment": Basis.PROMISE,
    "voluntary": Basis.PROMISE,
    "request": Basis.REQUEST,
    "benchmark": Basis.BENCHMARK,
}
"""What kind of binding each force is; `force` keeps the finer word."""


class RuleError(ValueError):
    """A rule that cannot be used; the text says what is wrong, where, and how to mend it."""


@dataclass(frozen=True, slots=True)
class ExtensionTerms:
    """How a rule lets its period be made longer."""

    amount: int = 0
    """The most units; 0 = no fixed limit."""
    unit: str = ""
    """Empty = the rule's own unit."""
    base: str = "start"
    """`start`: amount and extension are one period from the start; `previous`: a new one from the expiry (BGB 190)."""
    notice: bool = True
    """Whether it must be announced within the period."""
    cures_late: bool = False
    """Whether it counts even when given after the due day."""
    built_in: bool = False
    """The rule is about the period already extended."""


@dataclass(frozen=True, slots=True)
class PauseTerms:
    """Whether a rule lets its clock stand still, and whether the day it starts again is disregarded too."""

    allowed: bool = True
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Version:
    """What the rule said between two days, both included, where it differs from today."""

    valid_from: date | None = None
    valid_to: date | None = None
    amount: int | None = None
    unit: str = ""
    start_mode: str = ""
    source: str = ""

    def covers(self, day: date) -> bool:
        """Whether that day lies in its time."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class OtherClock:
    """A second clock of the same rule: the earlier of the two counts, or the later."""

    amount: int
    unit: str
    keep: str = "earliest"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a due date follows from an event, with its legal basis and its source."""

    key: str
    name: str
    who: str = ""
    jurisdiction: str = "XX"
    amount: int = 0
    unit: str = "none"
    start_event: Trigger | None = None
    start_mode: str = EXCLUSIVE
    end_bound: str = INCLUSIVE
    roll: str = "none"
    roll_from: tuple[str, ...] = DAY_CLASSES
    calendar: str = "XX"
    min_working_days: int = 0
    """The least number of working days a period of two days or more holds (1182/71 art 3(5))."""
    fixed_on: tuple[str, ...] = ()
    """YYYY-MM-DD, or MM-DD for every year."""
    extension: ExtensionTerms | None = None
    pause: PauseTerms = PauseTerms()
    versions: tuple[Version, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    other: OtherClock | None = None
    force: str = "convention"
    on_silence: str = ""
    legal_basis: str = ""
    source: str = ""
    confidence: str = ""
    checked: bool = True
    """False: computes and shows, but does not flag until an editor confirms it."""
    publication_lag_days: int = 0
    notes: str = ""

    def __post_init__(self) -> None:
        """Refuses what no engine could count."""
        for name, allowed in _ALLOWED.items():
            _one_of(self.key, name, getattr(self, name), allowed)
        _one_of(self.key, "unit", self.unit, tuple(units()))
        for day_class in self.roll_from:
            _one_of(self.key, "roll_from", day_class, DAY_CLASSES)
        if not 0 <= self.amount <= MOST:
            raise RuleError(
                f"{self.key}: amount {self.amount} must lie between 0 and {MOST}; put the number of units"
            )
        if self.unit == "fixed_date" and not self.fixed_on:
            raise RuleError(
                f'{self.key}: a fixed_date rule needs fixed_on = ["YYYY-MM-DD"] (or "MM-DD" for every year)'
            )
        for text in self.fixed_on:
            _check_fixed(self.key, text)

    @property
    def basis(self) -> Basis:
        """Why a date by this rule binds."""
        return BASIS_OF_FORCE[self.force]

    def on(self, start: date) -> Self:
        """The rule as it read on the day the period began."""
        past = next((version for version in self.versions if version.covers(start)), None)
        if past is None:
            return self
        changed: dict[str, Any] = {"amount": past.amount, "unit": past.unit, "start_mode": past.start_mode}
        return replace(self, versions=(past,), **{key: value for key, value in changed.items() if value})

    def in_force(self, start: date) -> bool:
        """Whether the rule existed on that day."""
        return (self.valid_from or date.min) <= start <= (self.valid_to or date.max)

    def snapshot(self) -> dict[str, Any]:
        """The whole rule as JSON-able data, to be kept with each obligation it dates."""
        kept: dict[str, Any] = _plain(asdict(self))
        return {"basis": self.basis.value} | kept

    @classmethod
    def from_snapshot(cls, data: Mapping[str, Any]) -> "Rule":
        """The rule as it was kept; refuses data that is no snapshot."""
        from tracker.domain.rule_reading import rule_from  # it makes rules, so it needs this module first

        return rule_from({key: value for key, value in data.items() if key != "basis"}, "snapshot")


_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "start_mode": START_MODES,
    "end_bound": END_BOUNDS,
    "roll": ROLLS,
    "force": tuple(BASIS_OF_FORCE),
}


def _one_of(key: str, name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise RuleError(f"{key}: {name} = {value!r} is not known; use one of {', '.join(sorted(allowed))}")


def _check_fixed(key: str, text: str) -> None:
    try:
        date.fromisoformat(text if len(text) == 10 else f"2023-{text}")
    except ValueError as error:
        raise RuleError(
            f"{key}: fixed_on {text!r} is no day; write YYYY-MM-DD, or MM-DD for every year"
        ) from error


def _plain(value: Any) -> Any:
    """Days as ISO text, tuples as lists, empty members left out."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
