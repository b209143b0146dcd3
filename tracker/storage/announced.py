"""What was last announced of an obligation, and whether anything may be."""

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.telling import TRANSITIONS
from tracker.domain.words import Visibility
from tracker.storage.tables import Body, Document, Event, Item, Obligation, Process


def last_transition(session: Session, obligation_id: int) -> Event | None:
    """The newest event of the log that says where it stands, told or only for the record."""
    wanted = (
        select(Event)
        .where(col(Event.obligation_id) == obligation_id, col(Event.kind).in_(TRANSITIONS))
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    return session.execute(wanted).scalar_one_or_none()


def is_public(session: Session, obligation: Obligation) -> bool:
    """Whether its item, and what that stands in, may be seen; what is withheld is announced when it is let out."""
    item = session.get_one(Item, obligation.item_id)
    document, process = (
        session.get_one(Document, item.document_id),
        session.get_one(Process, item.process_id),
    )
    body = session.get_one(Body, obligation.body_id)
    return all(one.visibility is Visibility.PUBLIC for one in (item, document, process, body))
