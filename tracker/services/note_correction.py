"""A correction in plain words, by an editor: what stood here wrongly, and since when it does not."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain.refusals import insist, refuse
from tracker.domain.words import EventKind, Visibility
from tracker.services.record_event import record_event
from tracker.storage import entries
from tracker.storage.tables import Event

LONGEST = 2000


def note_correction(session: Session, now: datetime, text: str, item_key: str, *, actor: str) -> Event:
    """Put it into the public log, about an item or about the whole site."""
    item = entries.item_by_key(session, item_key) if item_key else None
    unknown = item_key and (item is None or item.visibility is not Visibility.PUBLIC)
    insist(
        [
            *([] if text.strip() else [refuse("text", "Say what was wrong and what is right.")]),
            *([refuse("text", "Use at most %(most)s letters.", most=LONGEST)] if len(text) > LONGEST else []),
            *([refuse("item", "There is no public item of this key.")] if unknown else []),
        ]
    )
    return record_event(
        session,
        EventKind.CORRECTED,
        now=now,
        happened_on=now.date(),
        item=item,
        actor=actor,
        detail={"what": "plain", "reason": text.strip()},
    )
