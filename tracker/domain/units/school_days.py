"""Days on which a school is open to pupils, from a given list (FOI Regulations 2009, SI 2009/1369)."""

from tracker.domain.units.sitting_days import NEEDS, USES_CALENDAR, end, inside, move

__all__ = ["NAME", "NEEDS", "USES_CALENDAR", "end", "inside", "move"]

NAME = "school_days"
