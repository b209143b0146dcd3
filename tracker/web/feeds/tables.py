"""The rows of a list as a table: the columns of the API's objects, cells made harmless for spreadsheets."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from tracker.domain.words import Standing
from tracker.rendering.table import table
from tracker.storage import health
from tracker.storage.events import events
from tracker.storage.health import SourceHealth, sources
from tracker.storage.lines import lines
from tracker.storage.responses_read import terms_by_obligation
from tracker.web.api.operations import Call, Rows
from tracker.web.api.owed import OBLIGATION, Owed
from tracker.web.api.parameters import MOST_PER_PAGE
from tracker.web.api.resources import bodies, processes
from tracker.web.api.resources.events import EVENT
from tracker.web.api.shapes import ADDRESS, INSTANT, TEXT, WHOLE, Field, Shape, maybe
from tracker.web.feeds.followed import Followed
from tracker.web.filters import full_address, stands_at
from tracker.web.site import site

AT_ONCE = 500


def as_table(session: Session, followed: Followed) -> bytes:
    """The whole list; every index has its own rows, everything else is made of obligations."""
    if followed.source_id is not None:
        return _runs(session, followed)
    return _TABLES.get(followed.path, _obligations)(session, followed)


def _written(shape: Shape, rows: Iterable[object]) -> bytes:
    return table([field.name for field in shape.flat], (shape.cells(row) for row in rows))


def _obligations(session: Session, followed: Followed) -> bytes:
    return _written(OBLIGATION, _owed(session, followed))


def _owed(session: Session, followed: Followed) -> Iterator[Owed]:
    at, base = followed.when.moment, full_address("")
    found = lines(session, followed.query, at, order="item")
    for start in range(0, len(found), AT_ONCE):
        chunk = found[start : start + AT_ONCE]
        terms = terms_by_obligation(session, [line.id for line in chunk], at)
        yield from (
            Owed(line, terms.get(line.id), line.seen_on(followed.when.moment), base) for line in chunk
        )


def _events(session: Session, followed: Followed) -> bytes:
    until = followed.when.moment.at
    return _written(EVENT, events(session, followed.query, until_at=until, kinds=followed.kinds))


SOURCE = Shape(
    "Source",
    "An official place we read, with its health.",
    (
        Field("key", TEXT, "Its key.", lambda s: s.source.key),
        Field("name", TEXT, "Its name.", lambda s: s.source.name),
        Field("reader", TEXT, "What reads it.", lambda s: s.source.reader),
        Field("address", ADDRESS, "Where it is.", lambda s: stands_at(s.source)),
        Field("process", maybe(TEXT), "Key of its process.", lambda s: s.process and s.process.key),
        Field("every_seconds", WHOLE, "Between two readings.", lambda s: s.source.every_seconds),
        Field(
            "publication_lag_days",
            WHOLE,
            "Days it takes to publish what was sent.",
            lambda s: s.source.publication_lag_days,
        ),
        Field("entries_last", maybe(WHOLE), "Entries when last read well.", lambda s: s.source.entries_last),
        Field("last_checked_at", maybe(INSTANT), "Last tried.", lambda s: s.source.last_checked_at),
        Field("last_success_at", maybe(INSTANT), "Last read.", lambda s: s.source.last_success_at),
        Field("broken_since_at", maybe(INSTANT), "Unreadable since.", lambda s: s.source.broken_since_at),
        Field("problem", TEXT, "What is wrong with our reading.", lambda s: s.source.problem),
        Field("runs", WHOLE, "Readings so far.", lambda s: s.runs),
        Field("quarantined", WHOLE, "Readings set aside as implausible.", lambda s: s.quarantined),
    ),
)


def _sources(session: Session, _followed: Followed) -> bytes:
    found: list[SourceHealth] = sources(session)
    return _written(SOURCE, found)


RUN = Shape(
    "Run",
    "One reading of a source.",
    (
        Field("started_at", INSTANT, "When it began.", lambda run: run.started_at),
        Field("ended_at", maybe(INSTANT), "When it ended.", lambda run: run.ended_at),
        Field("state", TEXT, "healthy, quarantined (set aside) or failed.", lambda run: run.state.value),
        Field("entries", WHOLE, "Entries found.", lambda run: run.entries),
    ),
)


def _runs(session: Session, followed: Followed) -> bytes:
    whole = health.source(session, followed.path.rpartition("/")[2])
    return _written(RUN, whole.runs if whole else ())


@dataclass(frozen=True)
class _Counted:
    """Objects with their obligations counted: one column for each standing."""

    shape: Shape
    view: Callable[[Call], Rows]

    def __call__(self, session: Session, followed: Followed) -> bytes:
        columns = [*(field.name for field in self.shape.flat), *(standing.value for standing in Standing)]
        return table(columns, (_spread(row) for row in self._rows(session, followed)))

    def _rows(self, session: Session, followed: Followed) -> Iterator[Mapping[str, Any]]:
        cursor: int | None = 0
        while cursor is not None:
            values = {**followed.query.filters.given(), "per_page": MOST_PER_PAGE, "cursor": cursor}
            values |= {"as_of": followed.when.as_of, "hindsight": followed.when.hindsight}
            page = self.view(Call(session, site().now(), values, full_address("")))
            yield from page.data
            cursor = page.next_cursor


def _spread(row: Mapping[str, Any]) -> dict[str, object]:
    counts = {standing.value: row["obligations"].get(standing.value, 0) for standing in Standing}
    return {**row, **counts}


_TABLES: Mapping[str, Callable[[Session, Followed], bytes]] = {
    "/events": _events,
    "/corrections": _events,
    "/sources": _sources,
    "/bodies": _Counted(bodies.BODY, bodies.OPERATIONS[0].view),
    "/processes": _Counted(processes.PROCESS, processes.OPERATIONS[0].view),
}
