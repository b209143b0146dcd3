"""What was last announced of an obligation, and whether anything may be."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.telling import TRANSITIONS
from tracker.domain.words import Visibility
from tracker.storage.tables import Body, Document, Event, Item, Obligation, Process

AT_ONCE = 500


def last_transition(session: Session, obligation_id: int) -> Event | None:
    """The newest event of the log that says where it stands, told or only for the record."""
    wanted = (
        select(Event)
        .where(col(Event.obligation_id) == obligation_id, col(Event.kind).in_(TRANSITIONS))
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    return session.execute(wanted).scalar_one_or_none()


def is_told(session: Session, items: Iterable[int]) -> bool:
    """Whether anything about one of these items was news, and not only for the record."""
    wanted = sorted(items)
    parts = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
    news = select(col(Event.id)).where(~col(Event.backfill), col(Event.kind).in_(TRANSITIONS)).limit(1)
    return any(session.execute(news.where(col(Event.item_id).in_(part))).first() for part in parts)


def is_public(session: Session, obligation: Obligation) -> bool:
    """Whether its item, and what that stands in, may be seen; what is withheld is announced when it is let out."""
    item = session.get_one(Item, obligation.item_id)
    document, process = (
        session.get_one(Document, item.document_id),
        session.get_one(Process, item.process_id),
    )
    body = session.get_one(Body, obligation.body_id)
    return all(one.visibility is Visibility.PUBLIC for one in (item, document, process, body))
