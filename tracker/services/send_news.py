"""Sends what subscribers are waiting for: claim, send, settle, three short transactions, none around the sending."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from tracker.domain.parcel import Parcel
from tracker.domain.post import Outcome
from tracker.services.deliver import Post, claim, send, still_wanted
from tracker.services.settle_delivery import goes_on, put_back, settle


def send_news(
    database: Any, post: Post, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False
) -> int:
    """Send what waits for the channels of a post; how many messages were taken. Without a channel all waits."""
    return sum(_sent(database, post, now, stopped))


def _sent(
    database: Any, post: Post, now: Callable[[], datetime], stopped: Callable[[], bool]
) -> Iterator[int]:
    while post.channels and not stopped():
        with database.writing() as session:
            claimed = claim(session, post, now())
        if not claimed.worked:
            return
        if claimed.parcel is not None:
            outcome = _handed_over(database, post, claimed.parcel, now)
            yield outcome is not None and outcome.accepted
            if outcome is not None and not goes_on(outcome):
                return


def _handed_over(database: Any, post: Post, parcel: Parcel, now: Callable[[], datetime]) -> Outcome | None:
    with database.reading() as session:
        wanted = still_wanted(session, parcel, now())
    outcome = send(post, parcel, now()) if wanted else None
    with database.writing() as session:
        if outcome is None:
            put_back(session, parcel, now())
        else:
            settle(session, parcel, outcome, now())
    return outcome
