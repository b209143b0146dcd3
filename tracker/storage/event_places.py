"""Where an event stands in a feed that is told page by page, and when anything told was last put right."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from tracker.domain.words import EventKind
from tracker.storage.retimed import announced
from tracker.storage.tables import Event


@dataclass(frozen=True, slots=True)
class Place:
    """Of an event among those of its sort: news, or what was entered late."""

    announced_at: datetime
    id: int
    backfill: bool


def place_of(session: Session, key: str) -> Place | None:
    """The place of an event, also of one that is shown no more: a reader may hold it."""
    wanted = select(announced(session), col(Event.id), col(Event.backfill)).where(col(Event.key) == key)
    found = session.execute(wanted).one_or_none()
    return None if found is None else Place(*found)


def below(place: Place | None, at: ColumnElement[datetime]) -> list[ColumnElement[bool]]:
    """What an event fulfils that was announced, which is `at`, before a place."""
    if place is None:
        return []
    id_ = col(Event.id)
    return [or_(at < place.announced_at, and_(at == place.announced_at, id_ < place.id))]


def last_put_right_at(session: Session, until_at: datetime) -> datetime | None:
    """When a word, a name or what may be seen last changed on the site: each such change is a correction in the log."""
    wanted = (
        select(col(Event.recorded_at))
        .where(col(Event.kind) == EventKind.CORRECTED, col(Event.recorded_at) <= until_at)
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    return session.execute(wanted).scalar_one_or_none()
