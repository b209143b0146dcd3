"""The due days of a list as a calendar."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.listing import ListName
from tracker.rendering.calendar import About, Day
from tracker.rendering.due_day import Dated, due_day
from tracker.storage.due_changes import Counted, DueChanges, counted, due_changes
from tracker.storage.latest_due import LatestDue, latest_due
from tracker.storage.lines import Line
from tracker.web.feeds.followed import Followed
from tracker.web.filters import full_address, with_arguments
from tracker.web.locale import language, tongue
from tracker.web.site import site

MOST_DAYS = 2000
"""The latest due days; older ones are left out of a calendar, and it says so."""
KEPT = timedelta(days=365)
"""So long a day that was in the calendar of what falls due stays there, with what came of it."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the entries are made of besides the lines."""

    followed: Followed
    changes: Mapping[int, DueChanges]
    counted: Mapping[int, Counted]
    host: str


def due_days(session: Session, followed: Followed) -> tuple[About, list[Day]]:
    """Every obligation of the list that has a due day to rely on; what lapsed is called off."""
    found = _owed(session, followed)
    kept = sorted(found.lines, key=lambda line: (line.due_on, line.id))
    known = _known(session, followed, [line.id for line in kept])
    return _about(followed, found.left_out), [_day(line, known) for line in kept]


def _owed(session: Session, followed: Followed) -> LatestDue:
    at, query = followed.when.moment, followed.query
    if followed.kinds is not None:  # a list of sources: nothing in it falls due
        return LatestDue([], 0)
    if query.name is not ListName.DUE or query.filters.standing:
        return latest_due(session, query, at, most=MOST_DAYS)
    # Whoever follows what falls due is told what came of each day: it does not vanish on the morning after.
    everything = replace(query, name=ListName.ALL)
    return latest_due(session, everything, at, most=MOST_DAYS, since=followed.when.today - KEPT)


def _known(session: Session, followed: Followed, ids: list[int]) -> _Known:
    at = followed.when.moment
    return _Known(
        followed,
        due_changes(session, ids, at.at),
        counted(session, ids, at),
        urlsplit(site().config.site.base_url).hostname or "answerby",
    )


def _about(followed: Followed, left_out: int) -> About:
    said = _("What falls due in this list, and what came of it.")
    if left_out:
        more = _(
            "Only the %(kept)d latest days are here; %(left)d earlier ones are on the page.",
            kept=MOST_DAYS,
            left=left_out,
        )
        said = f"{said} {more}"
    return About(
        name=f"{tongue().colon(site().config.site.name)} {followed.title}",
        said=said,
        page_url=full_address(with_arguments(followed.path, followed.arguments)),
        calendar_url=full_address(with_arguments(f"{followed.path}.ics", followed.arguments)),
        language=language(),
    )


def _day(line: Line, known: _Known) -> Day:
    assert line.due_on is not None  # noqa: S101 - the caller leaves the others out
    changes, how = known.changes.get(line.id), known.counted.get(line.id)
    return due_day(
        line,
        Dated(
            on=line.due_on,
            seen_on=known.followed.when.today,
            sequence=changes.count if changes else 0,
            changed_at=changes.last_at if changes else line.from_at,
            steps=how.steps if how else (),
            trigger=how.trigger if how else None,
        ),
        tongue(),
        address=full_address,
        host=known.host,
    )
