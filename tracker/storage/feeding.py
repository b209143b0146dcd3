"""The sources that feed a list: on their pages, or in the processes they are of, what it tells would appear."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListQuery
from tracker.domain.parcel import FeedingSource
from tracker.storage.narrowing import narrowed
from tracker.storage.tables import Body, Document, Item, Obligation, Process, Source, Watch

_OF_PROCESS = {"process", "kind", "jurisdiction", "group"}
_OF_STANDING = ("standing", "basis")
"""What moves while it is owed: whatever stands elsewhere today may stand here tomorrow."""


def feeding(session: Session, queries: Iterable[ListQuery], *, only_broken: bool) -> list[FeedingSource]:
    """The sources that feed any of these lists, those broken longest first. One statement for all lists."""
    lists = {_lasting(query.filters) for query in queries}
    conditions = [col(Source.address) != "", or_(*(_feeds(session, filters) for filters in lists))]
    if only_broken:
        if not _any_broken(session):
            return []
        conditions += [col(Source.broken_since_at).is_not(None), col(Source.enabled).is_(True)]
    broken_first = (col(Source.broken_since_at).is_(None), col(Source.broken_since_at), col(Source.key))
    wanted = select(Source).where(*conditions).order_by(*broken_first)
    return [_state(source) for source in session.execute(wanted).scalars()]


def _any_broken(session: Session) -> bool:
    broken = select(col(Source.id)).where(
        col(Source.broken_since_at).is_not(None), col(Source.enabled).is_(True)
    )
    return session.execute(broken.limit(1)).first() is not None


def _lasting(filters: Filters) -> Filters:
    return Filters(**{name: value for name, value in filters.given().items() if name not in _OF_STANDING})


def _feeds(session: Session, filters: Filters) -> ColumnElement[bool]:
    """A source of the list's processes, or one at whose pages somebody awaits an answer that is in the list."""
    given = filters.given()
    if not given:
        return true()
    conditions = narrowed(session, filters)
    watched = exists().where(
        col(Watch.obligation_id) == col(Obligation.id),
        col(Watch.source_id) == col(Source.id),
        col(Watch.superseded_at).is_(None),
    )
    owed = (
        select(col(Obligation.id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Document, col(Document.id) == col(Item.document_id))
        .join(Process, col(Process.id) == col(Item.process_id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .where(*conditions, or_(col(Process.id) == col(Source.process_id), watched))
        .correlate(Source)
    )
    if given.keys() <= _OF_PROCESS:
        process = select(col(Process.id)).where(*conditions, col(Process.id) == col(Source.process_id))
        return or_(owed.exists(), process.correlate(Source).exists())
    return owed.exists()


def _state(source: Source) -> FeedingSource:
    return FeedingSource(
        key=source.key,
        name=source.name or source.key,
        every=timedelta(seconds=source.every_seconds),
        broken_since_at=source.broken_since_at,
        last_success_at=source.last_success_at,
    )
