"""Which events belong to which list: one table, read by feeds, alerts and the API."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.listing import ListName
from tracker.domain.words import EventKind

K = EventKind


@dataclass(frozen=True, slots=True)
class Belonging:
    """The events a list is followed by."""

    enters: frozenset[EventKind]
    """An obligation comes into the list."""
    follows: frozenset[EventKind] = frozenset()
    """What happens to one that has come into it and was not settled since."""
    always: frozenset[EventKind] = frozenset()
    """Told of any obligation the list could hold."""


SETTLING = frozenset({K.ANSWERED, K.ANSWERED_LATE, K.VOID})
"""After one of these an obligation has left every list of open ones, until it enters again."""
_FLAGS = frozenset({K.BECAME_OVERDUE, K.BECAME_OVERDUE_UNSUBSTANTIVE})
_AFTER_A_FLAG = frozenset(
    {
        K.ANSWERED,
        K.ANSWERED_LATE,
        K.PARTLY_ANSWERED,
        K.VOID,
        K.RESPONSE_FOUND,
        K.REOPENED,
        K.OBJECTED,
        K.CORRECTED,
        K.DATE_MOVED,
        K.PAUSED,
        K.RESUMED,
    }
)
UNLISTED = frozenset(
    {
        "looked",
        "archived",
        "reminded",
        "reminder_returned",
        "reminders_stopped",
        "entered_process",
        "entered_document",
        "entered_body",
    }
)
"""Notes of the log that are in no list of news: an item's history and `/log/entries` have them."""
_OBLIGATIONS = frozenset(EventKind) - {K.SOURCE_BROKEN, K.SOURCE_MENDED}

EVENTS_OF: Mapping[ListName, Belonging] = {
    ListName.ALL: Belonging(frozenset(EventKind)),
    ListName.OVERDUE: Belonging(_FLAGS, _AFTER_A_FLAG),
    ListName.NOT_ANSWERED_BY_DATE_ASKED: Belonging(_FLAGS, _AFTER_A_FLAG),
    ListName.WAITING: Belonging(frozenset(), always=_OBLIGATIONS),
    ListName.AWAITING: Belonging(
        frozenset({K.RESPONSE_FOUND}),
        frozenset({K.ANSWERED, K.ANSWERED_LATE, K.PARTLY_ANSWERED, K.VOID, K.CORRECTED} | _FLAGS),
    ),
    ListName.DUE: Belonging(
        frozenset(), always=frozenset({K.LOGGED, K.DUE_SOON, K.DATE_MOVED, K.PAUSED, K.RESUMED, K.VOID})
    ),
}
