"""A due day that cannot be relied on is not said as if it could: one in doubt, one of a clock that stands still."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.domain.words import ClockEntryKind, DueSource, Standing
from tracker.rendering.tongue import N_, Tongue
from tracker.rendering.words import word

NOT_RELIED_ON = frozenset({Standing.UNKNOWN, Standing.PAUSED})
"""Where a due day is known and nothing follows from it yet."""

_DOUBTFUL = {
    DueSource.STATED: N_("stated as %(day)s, in doubt"),
    DueSource.COMPUTED: N_("computed as %(day)s, in doubt"),
    DueSource.NONE: N_("stated as %(day)s, in doubt"),
}


def doubtful_day(due_on: date, source: DueSource, tongue: Tongue) -> str:
    """As what a day in doubt stands there."""
    return tongue.say(_DOUBTFUL[source], day=tongue.weekday(due_on))


def undone_words(detail: Mapping[str, Any], tongue: Tongue) -> str:
    """The kind and day of an entry that was taken back, as the log keeps them."""
    kind = word(ClockEntryKind(str(detail.get("kind"))), tongue)
    day = str(detail.get("works_from_on") or "")
    return f"{kind}, {tongue.day(date.fromisoformat(day))}" if day else kind
