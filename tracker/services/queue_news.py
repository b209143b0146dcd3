"""Looks through the log for each subscription and queues what its list has to tell."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.domain.list_events import UNLISTED
from tracker.domain.telling import next_digest_at
from tracker.storage import deliveries, log, subscriptions
from tracker.storage.events import events
from tracker.storage.tables import Delivery, Subscription

PLACES_AT_ONCE = 500
QUIET = UNLISTED | {"verdict", "countersigned", "topics", "handed_over", "group"}
"""Notes that nobody is alerted of: where a verdict moves the standing, that is the news."""


def next_to_queue(session: Session, now: datetime, after_id: int = 0) -> int | None:
    """The next subscription, by id, with a stretch of the log to look through; None at the end of the round."""
    return subscriptions.due(session, now, log.size(session), after_id)


def queue(session: Session, subscription_id: int, now: datetime) -> bool:
    """Queue what a subscription's list has to tell since it was last looked at; True while more is left.

    Backfill is never queued, nor what was announced before the subscription was confirmed.
    """
    row = subscriptions.get(session, subscription_id)
    if row is None or row.confirmed_at is None or row.ended_at is not None:
        return False
    places = log.places_after(session, row.queued_to_seq, PLACES_AT_ONCE)
    more = len(places) == PLACES_AT_ONCE
    due = row.next_due_at if more else next_digest_at(row.frequency, row.weekday, row.zone, now)
    to_seq = places[-1][0] if places else row.queued_to_seq
    if not subscriptions.advance(session, row, to_seq, due):
        return False
    _add_rows(session, row, [event_id for _, event_id in places], now)
    return more


def _add_rows(session: Session, row: Subscription, event_ids: Sequence[int], now: datetime) -> None:
    fresh = events(session, subscriptions.query_of(row), ids=event_ids, include_backfill=False, order="log")
    if not fresh or row.id is None or row.confirmed_at is None:
        return
    next_at = deliveries.backing_off_until(session, row.id, now)
    rows = [
        Delivery(
            subscription_id=row.id, event_id=event.id, channel=row.channel, queued_at=now, next_at=next_at
        )
        for event in fresh
        if event.announced_at >= row.confirmed_at and event.detail.get("what") not in QUIET
    ]
    deliveries.add(session, rows)
