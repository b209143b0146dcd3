"""What a site has settled for all its obligations."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Habits:
    """Periods in days; whether a verdict that flags needs a second reader."""

    due_soon_days: int = 14
    recheck_days: int = 90
    countersign: bool = True
