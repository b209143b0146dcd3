"""What a site has settled for all its obligations."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Habits:
    """Periods in days; whether a verdict that flags needs a second reader; days off no calendar knows yet."""

    due_soon_days: int = 14
    recheck_days: int = 90
    countersign: bool = True
    days_off: tuple[tuple[str, date, str], ...] = ()
    """Calendar, day, name."""
