"""The sources that feed a list: on their pages, or in the processes they are of, what it tells would appear."""

from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select, true
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListQuery
from tracker.domain.parcel import FeedingSource
from tracker.storage.narrowing import narrowed
from tracker.storage.tables import Body, Document, Item, Obligation, Process, Source, Watch

_OF_PROCESS = {"process", "kind", "jurisdiction", "group"}
_OF_STANDING = ("standing", "basis")
"""What moves while it is owed: whatever stands elsewhere today may stand here tomorrow."""


_BROKEN = [col(Source.broken_since_at).is_not(None), col(Source.enabled).is_(True)]


def any_broken(session: Session) -> bool:
    """Whether any source that is read is broken."""
    return session.execute(select(col(Source.id)).where(*_BROKEN).limit(1)).first() is not None


def feeding(session: Session, query: ListQuery, *, only_broken: bool) -> list[FeedingSource]:
    """The sources that feed a list, those broken longest first."""
    conditions = [col(Source.address) != "", _feeds(session, _lasting(query.filters))]
    broken_first = (col(Source.broken_since_at).is_(None), col(Source.broken_since_at), col(Source.key))
    wanted = select(Source).where(*conditions, *(_BROKEN if only_broken else [])).order_by(*broken_first)
    return [_state(source) for source in session.execute(wanted).scalars()]


def _lasting(filters: Filters) -> Filters:
    return Filters(**{name: value for name, value in filters.given().items() if name not in _OF_STANDING})


def _feeds(session: Session, filters: Filters) -> ColumnElement[bool]:
    """A source of the list's processes, or one at whose pages somebody awaits an answer that is in the list."""
    given = filters.given()
    if not given:
        return true()
    conditions = narrowed(session, filters)
    watched = (
        select(col(Watch.id))
        .where(
            col(Watch.obligation_id) == col(Obligation.id),
            col(Watch.source_id) == col(Source.id),
            col(Watch.superseded_at).is_(None),
        )
        .correlate(Obligation, Source)
        .exists()
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
