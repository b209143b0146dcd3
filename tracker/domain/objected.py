"""What a body says against an entry, as it stands beside the flag until an editor has looked into it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from tracker.domain.words import ObjectionKind, ObjectionState


@dataclass(frozen=True, slots=True)
class Objected:
    """An open objection from a verified contact."""

    kind: ObjectionKind
    objected_on: date
    number: str = ""
    said_on: date | None = None
    """The day the body says it answered on, or until which the date was extended."""
    said_body: str = ""


ENDINGS = (
    ObjectionState.UPHELD,
    ObjectionState.CORRECTED,
    ObjectionState.NOT_UPHELD,
    ObjectionState.WITHDRAWN,
)
"""How an objection can end, as an editor chooses."""
PUT_RIGHT = frozenset({ObjectionState.UPHELD, ObjectionState.CORRECTED})
"""The endings after which something that stood here stands no more."""


@dataclass(frozen=True, slots=True)
class Handling:
    """How fast objections are handled: days from the receipt to the end."""

    ended: int
    median_days: int | None
    """None: none has ended yet."""
    open: int
    oldest_open_days: int | None


def handling(
    ended: Collection[tuple[datetime, datetime]], open_since: Collection[datetime], now: datetime
) -> Handling:
    """The figures of objections that ended (from, to) and of those still open."""
    days = [(to - since) // timedelta(days=1) for since, to in ended]
    oldest = min(open_since, default=None)
    return Handling(
        ended=len(days),
        median_days=round(median(days)) if days else None,
        open=len(open_since),
        oldest_open_days=(now - oldest) // timedelta(days=1) if oldest else None,
    )
