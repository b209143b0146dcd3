"""Looks through the log once for all who follow the same list, and queues what it has to tell them.

Subscriptions to one list that have been looked through up to the same place are planned together: one question to
the log, then for every thousand of them one claim, one row of the ledger for each event, one step ahead.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.list_events import UNLISTED
from tracker.domain.telling import next_digest_at
from tracker.domain.words import EventKind
from tracker.services.queue_quiet import queue_quiet
from tracker.storage import deliveries, followers, log
from tracker.storage.events import news_among
from tracker.storage.followers import Follower, Group

PLACES_AT_ONCE = 2000
"""Places of the log looked through in one go."""
FOLLOWERS_AT_ONCE = 1000
QUIET = UNLISTED | {"verdict", "countersigned", "topics", "handed_over", "group"}
"""Notes that nobody is alerted of: where a verdict moves the standing, that is the news."""

log_ = logging.getLogger(__name__)


def is_quiet(kind: EventKind, detail: Mapping[str, Any]) -> bool:
    """Whether it is such a note; that a verdict was wrong is told, whether or not it moved the standing."""
    return kind is EventKind.NOTED and detail.get("what") in QUIET


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the log, and what of it a list has to tell."""

    group: Group
    to_seq: int
    more: bool
    """Whether the log goes on behind it."""
    news: Sequence[int]


def queue_news(
    database: Any, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False
) -> int:
    """Queue what came up for every subscription that is due; how many rows. A list that fails is passed by."""
    with database.reading() as session:
        size = log.size(session)
        groups = followers.due(session, now(), size)
    queued = 0
    for group in groups:
        if stopped():
            break
        try:
            queued += _queue_list(database, group, size, now, stopped)
        except Exception:
            log_.exception("the list %s cannot be looked through; the next ones go on", group.list_key)
    return queued


def _queue_list(
    database: Any, group: Group, size: int, now: Callable[[], datetime], stopped: Callable[[], bool]
) -> int:
    """All who follow a list from one place of the log, stretch after stretch to its end."""
    queued, more = 0, True
    while more and not stopped():
        with database.reading() as session:
            stretch = _stretch(session, group)
            rows_at_once = deliveries.rows_at_once(session)
        more, some, most = stretch.more, 1, 1
        while some >= most and not stopped():
            most = _most(stretch, rows_at_once)
            with database.writing() as session:
                some, rows = queue_some(session, stretch, size, now(), most)
            queued += rows
        group = Group(group.list_key, stretch.to_seq)
    return queued


def _stretch(session: Session, group: Group) -> Stretch:
    """Backfill is no news, nor are the notes that nobody is alerted of."""
    places = log.places_after(session, group.seq, PLACES_AT_ONCE)
    query = followers.query_of_list(session, group.list_key) if places else None
    ids = [event_id for _, event_id in places]
    found = news_among(session, query, ids) if query else []
    return Stretch(
        group=group,
        to_seq=places[-1][0] if places else group.seq,
        more=len(places) == PLACES_AT_ONCE,
        news=[event_id for event_id, kind, detail in found if not is_quiet(kind, detail)],
    )


def _most(stretch: Stretch, rows_at_once: int) -> int:
    """How many followers of one transaction, by how much there is to tell them."""
    return min(FOLLOWERS_AT_ONCE, max(1, rows_at_once // max(1, len(stretch.news))))


def queue_some(
    session: Session, stretch: Stretch, size: int, now: datetime, most: int = FOLLOWERS_AT_ONCE
) -> tuple[int, int]:
    """The next of those who follow: how many, and how many rows were queued for them.

    What was announced before a subscription was confirmed is not queued for it.
    """
    some = followers.take(session, stretch.group, now, size, most)
    if not some:
        return 0, 0
    followers.advance(session, stretch.to_seq, _next_due(some, stretch, now))
    rows = deliveries.queue(session, [one.id for one in some], stretch.news, now) if stretch.news else 0
    # Whether a digest is quiet is known at the end of the log only.
    return len(some), rows + (0 if stretch.more else queue_quiet(session, some, now))


def _next_due(some: Sequence[Follower], stretch: Stretch, now: datetime) -> dict[datetime | None, list[int]]:
    """The ids by when they are due next: what is not through to the end of the log stays due."""
    found: dict[datetime | None, list[int]] = defaultdict(list)
    known: dict[Any, datetime | None] = {}
    for one in some:
        wish = (one.frequency, one.weekday, one.zone)
        if wish not in known:
            known[wish] = next_digest_at(*wish, now)
        found[one.next_due_at if stretch.more else known[wish]].append(one.id)
    return found
