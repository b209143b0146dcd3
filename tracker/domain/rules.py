"""Deadline rules as data: what a rule says, checked when it is made, and its snapshot kept with an obligation."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from functools import lru_cache
from typing import Any

from tracker.domain.nearest import nearest
from tracker.domain.rule_terms import ExtensionTerms, OtherClock, PauseTerms, Version
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
FATES = ("", "continues", "stops", "ends", "unknown")
"""What becomes of a running clock in a recess or when a parliament ends; empty where none is concerned."""
_STOPPABLE = PauseTerms()
MOST = 20_000
"""No rule counts further than this many units."""

BASIS_OF_FORCE: Mapping[str, Basis] = {
    "statutory": Basis.STATUTE,
    "regulatory": Basis.STATUTE,
    "executive order": Basis.STATUTE,
    "court order": Basis.STATUTE,
    "treaty": Basis.STATUTE,
    "statutory (should)": Basis.STATUTE,
    "meta-rule": Basis.STATUTE,
    "convention": Basis.CONVENTION,
    "protocol": Basis.CONVENTION,
    "resolution": Basis.CONVENTION,
    "parliamentary rule": Basis.CONVENTION,
    "policy": Basis.CONVENTION,
    "membership rule": Basis.CONVENTION,
    "international practice": Basis.CONVENTION,
    "international standard": Basis.CONVENTION,
    "treaty practice": Basis.CONVENTION,
    "UN resolution": Basis.CONVENTION,
    "UN practice": Basis.CONVENTION,
    "practice": Basis.CONVENTION,
    "political commitment": Basis.PROMISE,
    "voluntary": Basis.PROMISE,
    "request": Basis.REQUEST,
    "benchmark": Basis.BENCHMARK,
}
"""What kind of binding each force is; `force` keeps the finer word."""


class RuleError(ValueError):
    """A rule that cannot be used; the text says what is wrong, where, and how to mend it."""


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
    start_detail: str = ""
    """The event in the law's own words, where it is narrower than `start_event`."""
    start_mode: str = EXCLUSIVE
    end_bound: str = INCLUSIVE
    roll: str = "none"
    roll_from: tuple[str, ...] = DAY_CLASSES
    calendar: str = "XX"
    min_working_days: int = 0
    """The least number of working days a period of two days or more holds (1182/71 art 3(5))."""
    fixed_on: tuple[str, ...] = ()
    """YYYY-MM-DD, or MM-DD for every year."""
    due_time: str = ""
    """HH:MM in the debtor's zone, where the rule names an hour; shown, it never changes the day."""
    extension: ExtensionTerms | None = None
    pause: PauseTerms = _STOPPABLE
    restarts: tuple[str, ...] = ()
    """The events after which the period is counted anew from their own day."""
    on_recess: str = ""
    on_prorogation: str = ""
    on_dissolution: str = ""
    next_stages: tuple[str, ...] = ()
    """Keys of the rules that follow in a chain, each from an event of its own."""
    conflicts_with: tuple[str, ...] = ()
    """Keys of official rules on the same answer that say otherwise."""
    versions: tuple[Version, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    revoked_on: date | None = None
    """The day the instrument was revoked: what was open then is void, what was due before stays."""
    unsure_before: date | None = None
    """Before this day the rule is known to have read otherwise, and since when is not known."""
    other: OtherClock | None = None
    force: str = "convention"
    on_silence: str = ""
    no_date_because: str = ""
    """Why the rule yields no date by itself; every rule without a number says so."""
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
        if self.unit not in units():
            raise RuleError(
                f"{self.key}: unit = {self.unit!r} is not known; use one of {', '.join(units())}"
                f"{nearest(self.unit, units())}"
            )
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
        if self.due_time:
            _check_time(self.key, self.due_time)

    @property
    def basis(self) -> Basis:
        """Why a date by this rule binds."""
        return BASIS_OF_FORCE[self.force]

    def on(self, start: date) -> "Rule":
        """The rule as it read on the day the period began."""
        past = next((version for version in self.versions if version.covers(start)), None)
        return _as_it_read(self, past) if past else self

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


@lru_cache(maxsize=256)
def _as_it_read(rule: Rule, past: Version) -> Rule:
    changed: dict[str, Any] = {
        name: getattr(past, name) for name in ("amount", "unit", "start_mode", "end_bound", "roll")
    }
    return replace(rule, versions=(past,), **{name: value for name, value in changed.items() if value})


_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "start_mode": START_MODES,
    "end_bound": END_BOUNDS,
    "roll": ROLLS,
    "force": tuple(BASIS_OF_FORCE),
    "on_recess": FATES,
    "on_prorogation": FATES,
    "on_dissolution": FATES,
}


def _one_of(key: str, name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        known = ", ".join(sorted(word for word in allowed if word))
        raise RuleError(f"{key}: {name} = {value!r} is not known; use one of {known}")


def _check_fixed(key: str, text: str) -> None:
    try:
        date.fromisoformat(text if len(text) == 10 else f"2023-{text}")
    except ValueError as error:
        raise RuleError(
            f"{key}: fixed_on {text!r} is no day; write YYYY-MM-DD, or MM-DD for every year"
        ) from error


def _check_time(key: str, text: str) -> None:
    try:
        time.fromisoformat(text)
    except ValueError as error:
        raise RuleError(f"{key}: due_time {text!r} is no time of day; write HH:MM, such as 16:00") from error


def _plain(value: Any) -> Any:
    """Days as ISO text, tuples as lists, empty members left out."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
