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
