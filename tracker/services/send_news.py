"""Sends what subscribers are waiting for: claimed by the hundred, each message settled directly after its answer."""

from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tracker.domain.parcel import Parcel
from tracker.domain.post import Outcome
from tracker.services.deliver import Claimed, Post, begin, claim, send
from tracker.services.settle_delivery import goes_on, put_back, settle

RESTS = timedelta(minutes=1)
"""How long a channel that took nothing from us is not asked again."""


@dataclass
class Sending:
    """One worker's run over the messages of some channels."""

    database: Any
    post: Post
    now: Callable[[], datetime]
    stopped: Callable[[], bool]
    ahead: deque[Parcel] = field(default_factory=deque)
    accepted: int = 0
    closed: bool = False

    def claim(self) -> Claimed:
        """The next messages, under a lease."""
        with self.database.writing() as session:
            return claim(session, self.post, self.now())

    def work_off(self) -> None:
        """Send all that was claimed: after each answer one commit, in which it is also asked who is next."""
        parcel = self._next(None)
        while parcel is not None:
            outcome = send(self.post, parcel, self.now())
            self.accepted += outcome.accepted
            if not goes_on(outcome):
                self.closed = True
                self.post.closed_at[parcel.channel] = self.now()
            parcel = self._next((parcel, outcome))

    def _next(self, done: tuple[Parcel, Outcome] | None) -> Parcel | None:
        """Settle what is done; the next that is still wanted, while what cannot be begun any more is put back."""
        with self.database.writing() as session:
            if done is not None:
                settle(session, *done, self.now())
            while self.ahead and not (self.closed or self.stopped()):
                parcel = self.ahead.popleft()
                if begin(session, parcel, self.now()):
                    return parcel
                put_back(session, parcel, self.now())
        return None

    def put_back(self) -> None:
        """What was claimed and not begun waits again."""
        if self.ahead:
            with self.database.writing() as session:
                for parcel in self.ahead:
                    put_back(session, parcel, self.now())
            self.ahead.clear()


def send_news(
    database: Any, post: Post, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False
) -> int:
    """Send what waits for the channels of a post; how many messages were taken. Without a channel all waits."""
    awake = post.only(*(name for name in post.channels if not _rests(post, name, now())))
    sending = Sending(database, awake, now, stopped)
    with _kept(awake):
        while awake.channels and not sending.closed and not stopped():
            claimed = sending.claim()
            if not claimed.worked:
                break
            sending.ahead.extend(claimed.parcels)
            sending.work_off()
            sending.put_back()
    return sending.accepted


def _rests(post: Post, channel: str, now: datetime) -> bool:
    closed_at = post.closed_at.get(channel)
    return closed_at is not None and timedelta() <= now - closed_at < RESTS


def _kept(post: Post) -> AbstractContextManager[object]:
    """Meanwhile a channel may keep its connections open."""
    for channel in post.channels.values():
        kept: Any = getattr(channel, "kept", None)
        if kept is not None:
            return kept()  # type: ignore[no-any-return]
    return nullcontext()
