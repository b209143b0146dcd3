"""What a site has settled for all its obligations."""

from dataclasses import dataclass, field
from datetime import date

from tracker.domain.reminding import Plan
from tracker.domain.rereading import Rereading


@dataclass(frozen=True, slots=True)
class Habits:
    """Periods in days; whether a verdict that flags needs a second reader; days off no calendar knows yet."""

    due_soon_days: int = 14
    recheck_days: int = 90
    countersign: bool = True
    days_off: tuple[tuple[str, date, str], ...] = ()
    """Calendar, day, name."""
    sittings: tuple[tuple[str, tuple[date, ...]], ...] = ()
    """A House, school or rule by name, and the days it sits: complete from the first one on."""

    evidence_days: int = 0
    """Pages that nothing rests on are kept so long after they were last seen; 0: for ever."""
    evidence_bytes: int = 0
    """So much may be kept as evidence; 0: without limit."""
    rereading: Rereading = field(default_factory=Rereading)
    notice_days: int = 0
    """So long before a first verdict against a body takes effect its mailbox is told; 0: not at all."""
    reminders: Plan | None = None
    """When bodies are reminded of their due days; None: not at all."""

    def sittings_of(self, *names: str) -> tuple[date, ...]:
        """The days under the first of these names that has any; none where the site was given no list."""
        return next((days for name in names for known, days in self.sittings if known == name and days), ())
