"""Which change of standing is news, and what the news is called."""

from collections.abc import Mapping

from tracker.domain.words import EventKind, Standing

_NEWS: Mapping[Standing, EventKind] = {
    Standing.DUE_SOON: EventKind.DUE_SOON,
    Standing.OVERDUE: EventKind.BECAME_OVERDUE,
    Standing.OVERDUE_UNSUBSTANTIVE: EventKind.BECAME_OVERDUE_UNSUBSTANTIVE,
    Standing.PARTLY_ANSWERED: EventKind.PARTLY_ANSWERED,
    Standing.ANSWERED: EventKind.ANSWERED,
    Standing.ANSWERED_LATE: EventKind.ANSWERED_LATE,
    Standing.PAUSED: EventKind.PAUSED,
    Standing.VOID: EventKind.VOID,
}
_SETTLED = frozenset({Standing.ANSWERED, Standing.ANSWERED_LATE, Standing.VOID})


def news_of(before: Standing | None, after: Standing) -> tuple[EventKind, ...]:
    """The events a change of standing makes; none where nothing public happened."""
    if before is after:
        return ()
    if before is Standing.PAUSED and after in (Standing.RUNNING, Standing.DUE_SOON):
        return (EventKind.RESUMED,)
    news = (_NEWS[after],) if after in _NEWS else ()
    reopened = before in _SETTLED and after not in _SETTLED
    return (EventKind.REOPENED, *news) if reopened else news


_ENDS: Mapping[EventKind, frozenset[Standing]] = {
    EventKind.REOPENED: _SETTLED,
    EventKind.RESUMED: frozenset({Standing.PAUSED}),
}
"""What must have stood on the day before, for the news to be of the day on which a segment begins."""


def is_dated(kind: EventKind, earlier: Standing | None) -> bool:
    """Whether news happened on the first day of its segment, where `earlier` stood the day before (None: nothing did).

    An ending that is taken back leaves no trace in the facts: it opens again on the day that is written.
    """
    return earlier is not None and earlier in _ENDS.get(kind, frozenset(Standing))
