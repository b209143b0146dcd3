"""When a page on which an answer is awaited is looked at again: less and less often the longer it is overdue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

PATIENCE = timedelta(days=7)
"""So long a page that fails is tried daily; after that as rarely as any other."""
_DAY_SECONDS = 86400


@dataclass(frozen=True, slots=True)
class Rereading:
    """Until so many days after the due day, every so many days; the last number holds ever after."""

    until_days: tuple[int, ...] = (30, 90, 365)
    every_days: tuple[int, ...] = (1, 3, 7, 30)

    def days(self, days_after_due: int | None) -> int:
        """Days between two readings; None: answered, and only looked at whether it still stands there."""
        if days_after_due is None:
            return self.every_days[-1]
        steps = zip(self.until_days, self.every_days, strict=False)
        return next((every for until, every in steps if days_after_due <= until), self.every_days[-1])


@dataclass(frozen=True, slots=True)
class Attempts:
    """When an address was last tried, and when it last returned a page."""

    tried_at: datetime | None = None
    came_at: datetime | None = None


def is_due(attempts: Attempts, every_days: int, now: datetime, place: str) -> bool:
    """Whether an address is to be read again: in whole days, which for each place begin at another hour."""
    if attempts.tried_at is None:
        return True
    return _day(now, place) - _day(attempts.tried_at, place) >= _wait(attempts, attempts.tried_at, every_days)


def _wait(attempts: Attempts, tried_at: datetime, every_days: int) -> int:
    came = attempts.came_at
    failed_lately = came is not None and came < tried_at and tried_at - came < PATIENCE
    return 1 if failed_lately else every_days


def _day(at: datetime, place: str) -> int:
    offset = int.from_bytes(sha256(place.encode()).digest()[:4], "big") % _DAY_SECONDS
    return int(at.timestamp() + offset) // _DAY_SECONDS
