"""Says what the passing of a day has changed: each obligation whose standing now is not what was last announced."""

from datetime import datetime

from sqlmodel import Session

from tracker.services.announce import announce
from tracker.services.choose import today_where
from tracker.storage import entries, segments


def next_to_sweep(session: Session, now: datetime, after_id: int = 0) -> int | None:
    """The next obligation, by id, that stands elsewhere than announced; None at the end of the round."""
    return segments.unannounced(session, now, after_id)


def sweep(session: Session, obligation_id: int, now: datetime) -> bool:
    """Log where one obligation stands now; False where another worker was first."""
    # Somebody may just be writing what makes it stand elsewhere; what is announced cannot be taken back.
    segments.hold(session, obligation_id)
    [(id_, owed)] = segments.obligations(session, [obligation_id]).items()
    [one] = entries.owed(session, [id_])
    ahead, today = segments.current(session, id_), today_where(one, now)
    return announce(session, owed, ahead, now, today=today, passing=True)
