"""The rows of a list, as a table with cells made harmless for spreadsheets and as JSON Lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlmodel import Session

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import Standing
from tracker.rendering.json_lines import json_line
from tracker.rendering.table import table_parts
from tracker.storage import health
from tracker.storage.event_places import Place
from tracker.storage.events import EventLine, events
from tracker.storage.health import SourceHealth, sources
from tracker.storage.lines import ids_of, lines
from tracker.storage.responses_read import terms_by_obligation
from tracker.web.api.operations import Call, Rows
from tracker.web.api.owed import OBLIGATION, Owed
from tracker.web.api.parameters import MOST_PER_PAGE
from tracker.web.api.resources import bodies, processes
from tracker.web.api.resources.events import EVENT
from tracker.web.api.resources.sources import RUN, SOURCE
from tracker.web.api.shapes import DAY, TEXT, Field, Shape, maybe
from tracker.web.feeds.followed import Followed
from tracker.web.filters import full_address
from tracker.web.site import site

AT_ONCE = 500


@dataclass(frozen=True)
class Tabled:
    """The rows of a list: the columns of its table, and how a row becomes cells and a whole object."""

    columns: Sequence[str]
    rows: Callable[[Session], Iterable[Any]]
    """Read as they are asked for, some at a time."""
    cells: Callable[[Any], Mapping[str, object]]
    whole: Callable[[Any], Mapping[str, object]]
    few: bool = True
    """So few that they are sent at once."""


def as_table(session: Session, found: Tabled) -> Iterator[bytes]:
    """The whole list as CSV: what fits into cells."""
    return table_parts(found.columns, map(found.cells, found.rows(session)))


def as_json_lines(session: Session, found: Tabled) -> Iterator[bytes]:
    """The whole list as JSON Lines: every field, a row on each line, the texts untouched."""
    written = map(json_line, map(found.whole, found.rows(session)))
    while part := "".join(islice(written, AT_ONCE)):
        yield part.encode()


def tabled(session: Session, followed: Followed) -> Tabled:
    """The rows of a list; every index has its own, everything else is made of obligations."""
    if followed.source_id is not None:
        return _runs(session, followed)
    return _TABLES.get(followed.path, _obligations)(session, followed)


def _shaped(shape: Shape, rows: Callable[[Session], Iterable[object]], few: bool = True) -> Tabled:
    return Tabled([field.name for field in shape.flat], rows, shape.cells, shape.data, few)


ROW = OBLIGATION.extended(
    "Row",
    OBLIGATION.about,
    Field("due_precision", maybe(TEXT), "How exactly the stated date is known.", lambda r: _precision(r)),
    Field("as_of", DAY, "The day the row is told for.", lambda r: r.today),
)
"""An obligation away from its page carries what the page says around it."""


def _precision(row: Owed) -> object:
    stated = row.stated()
    return stated.precision if stated else None


def _obligations(session: Session, followed: Followed) -> Tabled:
    ids = ids_of(session, followed.query, followed.when.moment)
    return _shaped(ROW, lambda later: _owed(later, followed, ids), len(ids) <= AT_ONCE)


def _owed(session: Session, followed: Followed, ids: Sequence[int]) -> Iterator[Owed]:
    at, base, whichever = followed.when.moment, full_address(""), ListQuery(ListName.ALL)
    for start in range(0, len(ids), AT_ONCE):
        chunk = lines(session, whichever, at, order="item", ids=ids[start : start + AT_ONCE])
        terms = terms_by_obligation(session, [line.id for line in chunk], at)
        yield from (Owed(line, terms.get(line.id), line.seen_on(at), base) for line in chunk)


def _events(session: Session, followed: Followed) -> Tabled:
    first = _some_events(session, followed, None)
    return _shaped(EVENT, lambda later: _all_events(later, followed, first), len(first) < AT_ONCE)


def _all_events(session: Session, followed: Followed, found: list[EventLine]) -> Iterator[EventLine]:
    yield from found
    while len(found) == AT_ONCE:
        last = found[-1]
        found = _some_events(session, followed, Place(last.announced_at, last.id, last.backfill))
        yield from found


def _some_events(session: Session, followed: Followed, before: Place | None) -> list[EventLine]:
    until = followed.when.moment.at
    return events(session, followed.query, until_at=until, kinds=followed.kinds, limit=AT_ONCE, before=before)


def _sources(session: Session, _followed: Followed) -> Tabled:
    found: list[SourceHealth] = sources(session)
    return _shaped(SOURCE, lambda _later: found)


def _runs(session: Session, followed: Followed) -> Tabled:
    whole = health.source(session, followed.path.rpartition("/")[2])
    return _shaped(RUN, lambda _later: whole.runs if whole else ())


@dataclass(frozen=True)
class _Counted:
    """Objects with their obligations counted: one column for each standing."""

    shape: Shape
    view: Callable[[Call], Rows]

    def __call__(self, _session: Session, followed: Followed) -> Tabled:
        columns = [*(field.name for field in self.shape.flat), *(standing.value for standing in Standing)]
        return Tabled(columns, lambda later: self._rows(later, followed), _spread, dict)

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


_TABLES: Mapping[str, Callable[[Session, Followed], Tabled]] = {
    "/events": _events,
    "/corrections": _events,
    "/sources": _sources,
    "/bodies": _Counted(bodies.BODY, bodies.OPERATIONS[0].view),
    "/processes": _Counted(processes.PROCESS, processes.OPERATIONS[0].view),
}
