"""Queues the short messages that say a digest has nothing new, for those who asked to be told that too."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.domain.parcel import QUIET
from tracker.domain.past_digests import Rhythm
from tracker.domain.words import Frequency
from tracker.storage import deliveries, quiet_days
from tracker.storage.followers import Follower
from tracker.storage.tables import Delivery


def queue_quiet(session: Session, followers: Sequence[Follower], now: datetime) -> int:
    """A letter for each of these whose digest is due and has nothing to tell; how many.

    Each says from when on nothing came: after the site was down that is longer ago than its day or week.
    """
    due = {one.id: one for one in followers if one.frequency is not Frequency.INSTANT and one.next_due_at}
    quiet = quiet_days.without_news(session, list(due)) if due else {}
    if not quiet:
        return 0
    since: dict[datetime, list[int]] = defaultdict(list)
    for id_, confirmed_at in quiet.items():
        since[max(confirmed_at, _begins_at(due[id_]))].append(id_)
    quiet_days.mark(session, since)
    deliveries.add(session, [_letter(id_, now) for id_ in quiet])
    return len(quiet)


def _begins_at(one: Follower) -> datetime:
    assert one.next_due_at is not None  # noqa: S101 - only those that are due are asked
    return Rhythm(one.frequency, one.weekday, one.zone).before(one.next_due_at)


def _letter(subscription_id: int, now: datetime) -> Delivery:
    return Delivery(
        subscription_id=subscription_id, letter=QUIET, channel="email", queued_at=now, next_at=now
    )
