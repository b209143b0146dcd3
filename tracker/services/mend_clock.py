"""Mends what was written while the clock was ahead, once it shows the right time again.

Nothing of the log is altered: what was announced of days to come is taken back by a new entry that names it, feeds
show what was announced then at the instant this was seen, and whatever waits for an instant of that time waits no more.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.domain.telling import TRANSITIONS, next_digest_at
from tracker.domain.words import EventKind
from tracker.services.choose import today_where
from tracker.services.record_event import record_event
from tracker.storage import ahead, entries, retimed, segments
from tracker.storage.tables import Obligation

MENDED_EVERY = timedelta(minutes=15)
"""Longer than anybody holds a claim, so that nobody who claimed by the other clock is still at work."""
AT_ONCE = 500

log = logging.getLogger(__name__)


def mend(database: Any, now: datetime) -> int:
    """Mend everything, in short transactions; how much there was. Any number of workers may try."""
    with database.reading() as session:
        since = ahead.ahead_since(session, now)
    if since is None:
        return 0
    with database.writing() as session:
        done = retimed.retime(session, since, now) + ahead.bring_back(session, since, now)
    done += _plan(database, since, now) + _take_back(database, since, now)
    if done:
        log.warning(
            "the clock was ahead, from %s on: %d entries, dates and claims of that time are mended",
            since,
            done,
        )
    return done


def _plan(database: Any, since: datetime, now: datetime) -> int:
    """Digests are planned anew from now on."""
    done, some = 0, 1
    while some:
        with database.writing() as session:
            rows = ahead.digests(session, since, now, AT_ONCE)
            for row in rows:
                row.next_due_at = next_digest_at(row.frequency, row.weekday, row.zone, now)
        some = len(rows)
        done += some
    return done


def _take_back(database: Any, since: datetime, now: datetime) -> int:
    done, last = 0, 0
    while True:
        with database.writing() as session:
            found = retimed.announced_ahead(session, now, last)
            if found is None:
                return done
            done += take_back(session, found, since, now)
        last = found


def take_back(session: Session, obligation_id: int, since: datetime, now: datetime) -> bool:
    """An obligation counts as announced where it stands now; False where nothing was said of days to come."""
    segments.hold(session, obligation_id)
    [(id_, owed)] = segments.obligations(session, [obligation_id]).items()
    begun = segments.begun_since(segments.current(session, id_), None, now)
    if not begun or owed.announced_from_at is None or owed.announced_from_at <= now:
        return False
    if not segments.claim_announcement(session, owed, begun[-1].standing, begun[-1].from_at):
        return False
    _correct(session, owed, since, now)
    return True


def _correct(session: Session, owed: Obligation, since: datetime, now: datetime) -> None:
    """One entry names all that was said of it too early."""
    said = [event for event in retimed.said_of(session, owed.id or 0, since) if event.kind in TRANSITIONS]
    if not said:
        return
    [one] = entries.owed(session, [owed.id or 0])
    record_event(
        session,
        EventKind.CORRECTED,
        now=now,
        happened_on=today_where(one, now),
        obligation=owed,
        actor="clock",
        backfill=all(event.backfill for event in said),
        detail={"what": "clock_ahead", "corrects": [event.key for event in said]},
    )
