"""How far back the record of this site reaches."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.storage.prepared import run
from tracker.storage.tables import Event, Terms

_FIRST = select(*(select(func.min(col(table.recorded_at))).scalar_subquery() for table in (Terms, Event)))


def record_begins_on(session: Session) -> date | None:
    """The day (UTC) the first fact or event was recorded; None while there is none."""
    found = run(session, _FIRST).one()
    return min((at.date() for at in found if at is not None), default=None)
