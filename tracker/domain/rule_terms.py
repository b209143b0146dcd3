"""The parts of a deadline rule: how it is extended and stopped, what it said before, its second clock."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ExtensionTerms:
    """How a rule lets its period be made longer; a rule without such terms provides for no extension."""

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
    by: str = ""
    """Who gives it, and on what ground."""
    built_in: bool = False
    """The rule is about the period already extended."""


@dataclass(frozen=True, slots=True)
class PauseTerms:
    """Whether a rule lets its clock stand still, and whether the day it starts again is disregarded too."""

    allowed: bool = True
    inclusive: bool = True
    events: tuple[str, ...] = ()
    """What stops the clock, in the words of the rule."""


@dataclass(frozen=True, slots=True)
class Version:
    """What the rule said between two days, both included, where it differs from today."""

    valid_from: date | None = None
    valid_to: date | None = None
    amount: int | None = None
    unit: str = ""
    start_mode: str = ""
    end_bound: str = ""
    roll: str = ""
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
