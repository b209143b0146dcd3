"""The public log, read by list: each event with the titles of what it is about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, func, select
from sqlmodel import Session, col

from tracker.domain.list_events import EVENTS_OF
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import Basis, EventKind, ProcessKind, Visibility
from tracker.storage.columns import UtcDateTime
from tracker.storage.event_hints import hints
from tracker.storage.event_lists import ANY_KIND, BASIS, LISTED, PUBLIC, of_query
from tracker.storage.event_places import Place, below
from tracker.storage.prepared import IDS, NOW, by_indexes, made, run
from tracker.storage.retimed import announced, ways
from tracker.storage.tables import (
    Body,
    Document,
    Event,
    Item,
    Obligation,
    Process,
    Response,
    Source,
    Terms,
)
from tracker.storage.told_bodies import keys_in, public_names, told

__all__ = [
    "ORDERS",
    "EventLine",
    "by_key",
    "count",
    "events",
    "latest_event_at",
    "news_among",
]


@dataclass(frozen=True, slots=True)
class EventLine:
    """One public change with the keys and titles of what it is about; empty where it is about no such thing."""

    id: int
    key: str
    kind: EventKind
    happened_on: date
    recorded_at: datetime
    announced_at: datetime
    backfill: bool
    actor: str
    detail: Mapping[str, Any]
    obligation_id: int | None
    basis: Basis | None
    """Why the date binds: as the log said at the time, else as the terms say now."""
    item_key: str
    item_title: str
    item_ref: str
    body_key: str
    body_name: str
    process_key: str
    process_name: str
    process_kind: ProcessKind | None
    document_key: str
    response_key: str
    response_title: str
    """Empty also where the response is not public."""
    source_key: str
    source_name: str
    item_language: str
    """Of its words; empty: of its process."""
    process_language: str
    named: Mapping[str, str] = field(default_factory=dict)
    """The public names of the bodies that the detail names, by key."""


def _text(column: Any) -> ColumnElement[str]:
    """Empty where nothing is joined."""
    return func.coalesce(column, "")


_AT: Any = Event.announced_at
_COLUMNS: tuple[Any, ...] = (
    Event.id,
    Event.key,
    Event.kind,
    Event.happened_on,
    Event.recorded_at,
    _AT,
    Event.backfill,
    Event.actor,
    Event.detail,
    Event.obligation_id,
    BASIS,
    _text(Item.key),
    _text(Item.title),
    _text(Item.ref),
    _text(Body.key),
    _text(Body.name),
    _text(Process.key),
    _text(Process.name),
    Process.kind,
    _text(Document.key),
    _text(Response.key),
    _text(Response.title),
    _text(Source.key),
    _text(Source.name),
    _text(Item.language),
    _text(Process.language),
)
_BASIS_AT = 10


def _columns(at: Any) -> list[Any]:
    """The columns of a line, with what counts as its announcement."""
    return [at if column is _AT else column for column in _COLUMNS]


@dataclass(frozen=True, slots=True)
class Order:
    """An order of events: in SQL, by what counts as their announcement, and of lines that are found already."""

    columns: Callable[[Any], tuple[Any, ...]]
    key: Callable[[EventLine], tuple[Any, ...]]
    backwards: bool = True


ORDERS: Mapping[str, Order] = {
    "announced": Order(
        lambda at: (at.desc(), col(Event.id).desc()), lambda line: (line.announced_at, line.id)
    ),
    "log": Order(lambda _at: (col(Event.id),), lambda line: (line.id,), backwards=False),
    "log_backwards": Order(lambda _at: (col(Event.id).desc(),), lambda line: (line.id,)),
}


def events(
    session: Session,
    query: ListQuery,
    *,
    limit: int | None = None,
    after_id: int | None = None,
    before_id: int | None = None,
    before: Place | None = None,
    include_backfill: bool = True,
    only_backfill: bool = False,
    since_at: datetime | None = None,
    until_at: datetime | None = None,
    kinds: Iterable[EventKind] | None = None,
    ids: Iterable[int] | None = None,
    order: str = "announced",
    unlisted: bool = False,
) -> list[EventLine]:
    """The public events of a list; `after_id` and `before_id` bound them in the order of the log,
    `before` in that of the announcements.

    `since_at` itself is not among them. Looks, and what else is no news, are left out unless `unlisted`.
    """
    asked = _Asked(
        query,
        limit,
        after_id is not None,
        before_id is not None,
        since_at is not None,
        until_at is not None,
        include_backfill,
        only_backfill,
        None if kinds is None else tuple(kinds),
        ids is not None,
        order,
        unlisted,
    )
    bounds = {_AFTER.key: after_id, _BEFORE.key: before_id, _SINCE.key: since_at, NOW.key: until_at}
    return _read(session, asked, before, {**bounds, IDS.key: None if ids is None else list(ids)})


def _read(
    session: Session, asked: "_Asked", before: Place | None, values: Mapping[str, Any]
) -> list[EventLine]:
    found: list[Any] = []
    statements = _statements(session, asked, before)
    with by_indexes(session):
        for wanted in statements:
            found += run(session, wanted, values).all()
    chosen = ORDERS[asked.order]
    return sorted(_lines(session, found), key=chosen.key, reverse=chosen.backwards)[: asked.limit]


MOST_COUNTED = 2_000
"""Nobody reads on so far: what goes beyond is said to be more."""
_AFTER: Any = bindparam("after", type_=Integer())
_BEFORE: Any = bindparam("before", type_=Integer())
_SINCE: Any = bindparam("since", type_=UtcDateTime())


@dataclass(frozen=True, slots=True)
class _Asked:
    """What makes the statements of a list of events other ones; the bounds themselves are handed over."""

    query: ListQuery
    limit: int | None
    after: bool
    before: bool
    since: bool
    until: bool
    include_backfill: bool
    only_backfill: bool
    kinds: tuple[EventKind, ...] | None
    among: bool
    order: str
    unlisted: bool


def _statements(session: Session, asked: _Asked, before: Place | None) -> list[Any]:
    """One for each way in which events are announced; made anew where what is on record decides how they read."""
    several = ways(session)
    if len(several) > 1 or before is not None or asked.query.filters.body or asked.query.filters.q:
        return [_statement(session, asked, before, *way) for way in several]
    return [made(asked, lambda: _statement(session, asked, None, *several[0]))]


def _statement(session: Session, asked: _Asked, before: Place | None, at: Any, whose: Any) -> Any:
    bounds = [
        *of_query(session, asked.query),
        *([] if asked.among else hints(session, asked.query.filters)),
        *_after(_AFTER if asked.after else None, _BEFORE if asked.before else None),
        *_filled(asked.include_backfill, asked.only_backfill),
        *([col(Event.id).in_(IDS)] if asked.among else []),
        *([] if asked.unlisted else LISTED),
    ]
    after = [at > _SINCE] if asked.since else []
    timed = [*below(before, at), *_between(NOW if asked.until else None, asked.kinds, at), *after]
    wanted = _joined(select(*_columns(at))).where(*bounds, *whose, *timed)
    return wanted.order_by(*ORDERS[asked.order].columns(at)).limit(asked.limit)


def count(
    session: Session,
    query: ListQuery,
    *,
    include_backfill: bool = True,
    until_at: datetime | None = None,
    kinds: Iterable[EventKind] | None = None,
    most: int = MOST_COUNTED,
) -> int:
    """How many public events the list has; what goes beyond `most` is one more."""
    bounds = [*_between(until_at, kinds, announced(session)), *_filled(include_backfill, False), *LISTED]
    some = _joined(select(col(Event.id))).where(*of_query(session, query), *bounds).limit(most + 1)
    with by_indexes(session):
        return int(session.execute(select(func.count()).select_from(some.subquery())).scalar_one())


def news_among(
    session: Session, query: ListQuery, ids: Iterable[int]
) -> list[tuple[int, EventKind, Mapping[str, Any]]]:
    """Those of the events that are news of a list: (id, kind, detail), in the log's order."""
    bounds = [*_filled(False, False), *_among(ids), *LISTED]
    wanted = _joined(select(col(Event.id), col(Event.kind), col(Event.detail))).where(
        *of_query(session, query), *bounds
    )
    return [
        (id_, kind, detail) for id_, kind, detail in session.execute(wanted.order_by(col(Event.id))).all()
    ]


def latest_event_at(session: Session, query: ListQuery, *, include_backfill: bool = True) -> datetime | None:
    """When the list's newest event was announced; None where it has none."""
    newest = events(session, query, limit=1, include_backfill=include_backfill)
    return newest[0].announced_at if newest else None


def by_key(session: Session, key: str) -> EventLine | None:
    """One public event by its permanent key."""
    wanted = _joined(select(*_columns(announced(session)))).where(*PUBLIC, col(Event.key) == key)
    found = _lines(session, session.execute(wanted).all())
    return found[0] if found else None


def _lines(session: Session, rows: Sequence[Any]) -> list[EventLine]:
    """The rows as lines that name no body which is not public."""
    found = [_line(row) for row in rows]
    names = public_names(session, (line.detail for line in found))
    return [_told(line, names) for line in found]


def _told(line: EventLine, names: Mapping[str, str]) -> EventLine:
    keys = set(keys_in(line.detail))
    if not keys:
        return line
    named = {key: names[key] for key in sorted(keys) if key in names}
    return replace(line, detail=told(line.detail, named), named=named)


def _line(row: Any) -> EventLine:
    basis = row[_BASIS_AT]
    values: list[Any] = [*row[:_BASIS_AT], Basis(basis) if basis else None, *row[_BASIS_AT + 1 :]]
    line = EventLine(*values)
    if line.kind is EventKind.RESPONSE_FOUND and not line.response_key:
        # Where a response may not be shown, neither may where it stands.
        return replace(
            line, detail={name: value for name, value in line.detail.items() if name not in _PLACE}
        )
    return line


_PLACE = frozenset({"url", "page_sha256"})


def _joined(wanted: Any) -> Any:
    """Whatever an event is about, where it is about it; a response only where it is public."""
    return (
        wanted.select_from(Event)
        .outerjoin(Obligation, col(Obligation.id) == Event.obligation_id)
        .outerjoin(Terms, and_(col(Terms.obligation_id) == Obligation.id, col(Terms.superseded_at).is_(None)))
        .outerjoin(Item, col(Item.id) == Event.item_id)
        .outerjoin(Document, col(Document.id) == Item.document_id)
        .outerjoin(Body, col(Body.id) == Event.body_id)
        .outerjoin(Process, col(Process.id) == Event.process_id)
        .outerjoin(
            Response,
            and_(col(Response.id) == Event.response_id, col(Response.visibility) == Visibility.PUBLIC),
        )
        .outerjoin(Source, col(Source.id) == Event.source_id)
    )


def _after(after_id: Any, before_id: Any) -> list[ColumnElement[bool]]:
    bounds = [] if after_id is None else [col(Event.id) > after_id]
    return bounds if before_id is None else [*bounds, col(Event.id) < before_id]


def _between(
    until_at: Any, kinds: Iterable[EventKind] | None, at: ColumnElement[datetime]
) -> list[ColumnElement[bool]]:
    bounds = [] if until_at is None else [at <= until_at]
    if kinds is None:
        return bounds
    # Of what is daily news there is much: it is met soon from the end, and by its kind all of it would be sorted.
    frequent = until_at is not None and not _DAILY.isdisjoint(kinds := list(kinds))
    return [*bounds, (ANY_KIND if frequent else col(Event.kind)).in_(list(kinds))]


_DAILY = frozenset({*EVENTS_OF[ListName.OVERDUE].enters, EventKind.DUE_SOON})


def _among(ids: Iterable[int] | None) -> list[ColumnElement[bool]]:
    return [] if ids is None else [col(Event.id).in_(list(ids))]


def _filled(include_backfill: bool, only_backfill: bool) -> list[ColumnElement[bool]]:
    if only_backfill:
        return [col(Event.backfill).is_(True)]
    return [] if include_backfill else [col(Event.backfill).is_(False)]
