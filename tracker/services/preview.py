"""What a list would have brought in the past four weeks, before anybody gives an address."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain.listing import ListQuery
from tracker.domain.past_digests import Digest, Rhythm, begins_at, past_digests
from tracker.services.queue_news import is_quiet
from tracker.storage import segments
from tracker.storage.events import EventLine, events

MOST = 3000
"""Events looked at; a list with more of them in four weeks is shown from the newest back."""


def preview(session: Session, query: ListQuery, rhythm: Rhythm, now: datetime) -> list[Digest[EventLine]]:
    """The messages of the past four weeks as they would have been sent, the newest first, the empty ones too."""
    begins = begins_at(rhythm, now)
    found = events(session, query, since_at=begins, until_at=now, include_backfill=False, limit=MOST)
    told = [event for event in found if not is_quiet(event.kind, event.detail)]
    return past_digests(told, rhythm, now, lambda ids, at: segments.unflagged_at(session, ids, at))
