"""The addresses of everything public, a part at a time, each with the instant something about it was last told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.tables import Body, Document, Event, Item, Process

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing with a page."""

    key: str
    changed_at: datetime | None
    """When something about it was last announced; None: never."""


@dataclass(frozen=True, slots=True)
class _Kind:
    table: Any
    event_column: Any
    within: tuple[Any, ...] = ()


_KINDS: Mapping[str, _Kind] = {
    "items": _Kind(Item, Event.item_id, (Document, Process)),
    "bodies": _Kind(Body, Event.body_id),
    "processes": _Kind(Process, Event.process_id),
    "documents": _Kind(Document, None, (Process,)),
}
"""The pages that are as many as there are things; a document's events are those of its items."""
KINDS = tuple(_KINDS)


def highest(session: Session, kind: str) -> int:
    """The highest number given to a thing of the kind; 0 where there is none."""
    return int(session.execute(select(func.coalesce(func.max(col(_KINDS[kind].table.id)), 0))).scalar_one())


def listed(session: Session, kind: str, after: int, until: int) -> Iterator[Listed]:
    """The public things whose numbers lie above `after` and not above `until`."""
    for start in range(after, until, AT_ONCE):
        yield from _some(session, _KINDS[kind], start, min(start + AT_ONCE, until))


def _some(session: Session, kind: _Kind, after: int, until: int) -> Iterator[Listed]:
    table, joins = kind.table, {Document: "document_id", Process: "process_id"}
    wanted: Any = select(col(table.id), col(table.key))
    for other in kind.within:
        wanted = wanted.join(other, col(other.id) == col(getattr(table, joins[other])))
        wanted = wanted.where(col(other.visibility) == Visibility.PUBLIC)
    wanted = wanted.where(
        col(table.id) > after, col(table.id) <= until, col(table.visibility) == Visibility.PUBLIC
    )
    rows = session.execute(wanted.order_by(col(table.id))).all()
    told = _last_told(session, kind, [id_ for id_, _ in rows])
    yield from (Listed(key, told.get(id_)) for id_, key in rows)


def _last_told(session: Session, kind: _Kind, ids: list[int]) -> dict[int, datetime]:
    if kind.event_column is None or not ids:
        return {}
    about = col(kind.event_column)
    wanted = select(about, func.max(col(Event.announced_at))).where(about.in_(ids)).group_by(about)
    return {id_: at for id_, at in session.execute(wanted).all() if at is not None}
