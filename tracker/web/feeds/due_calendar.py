"""The due days of a list as a calendar."""

from dataclasses import replace
from urllib.parse import urlsplit

from sqlmodel import Session

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import Standing
from tracker.rendering.calendar import Day, calendar
from tracker.rendering.due_day import due_day
from tracker.storage.events import ClockChanges, clock_changes
from tracker.storage.lines import Line, lines
from tracker.web.feeds.followed import Followed
from tracker.web.filters import full_address
from tracker.web.locale import language, tongue
from tracker.web.site import site

MOST_DAYS = 2000
"""The latest due days; older ones are left out of a calendar."""


def due_calendar(session: Session, followed: Followed) -> bytes:
    """Every obligation of the list that has a due day to rely on; what lapsed is called off."""
    owed = [
        line for line in _owed(session, followed) if line.due_on and line.standing is not Standing.UNKNOWN
    ]
    kept = sorted(owed, key=lambda line: (line.due_on, line.id))[-MOST_DAYS:]
    changes = clock_changes(session, [line.id for line in kept], followed.when.moment.at)
    name = f"{site().config.site.name}: {followed.title}"
    return calendar(name, [_day(line, changes.get(line.id), followed) for line in kept], language())


def _owed(session: Session, followed: Followed) -> list[Line]:
    at, query = followed.when.moment, followed.query
    if followed.kinds is not None:  # a list of sources: nothing in it falls due
        return []
    found = lines(session, query, at, order="due")
    if query.name is not ListName.DUE or query.filters.standing:
        return found
    # Whoever follows what falls due must be told that a day was called off, not see it vanish.
    lapsed = ListQuery(ListName.ALL, replace(query.filters, standing=Standing.VOID.value))
    return [*found, *lines(session, lapsed, at, order="due")]


def _day(line: Line, changes: ClockChanges | None, followed: Followed) -> Day:
    assert line.due_on is not None  # noqa: S101 - the caller leaves the others out
    return due_day(
        line,
        line.due_on,
        tongue(),
        address=full_address,
        host=urlsplit(site().config.site.base_url).hostname or "answerby",
        seen_on=followed.when.today,
        sequence=changes.count if changes else 0,
        changed_at=changes.last_at if changes else line.from_at,
    )
