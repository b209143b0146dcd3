"""How the due days of obligations moved: the events that say from when to when, and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import EventKind
from tracker.storage.lines import Moment
from tracker.storage.tables import Event


def moves_of(session: Session, obligation_ids: Iterable[int], at: Moment) -> Mapping[int, list[Event]]:
    """The moves on record at a moment, the first one first, by obligation."""
    wanted = select(Event).where(
        col(Event.obligation_id).in_(list(obligation_ids)), col(Event.kind) == EventKind.DATE_MOVED
    )
    if at.known_by is not None:
        wanted = wanted.where(col(Event.recorded_at) <= at.known_by)
    found: dict[int, list[Event]] = defaultdict(list)
    for event in session.execute(wanted.order_by(col(Event.recorded_at), col(Event.id))).scalars():
        found[event.obligation_id or 0].append(event)
    return found
