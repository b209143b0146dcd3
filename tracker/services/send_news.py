"""Sends what subscribers are waiting for: claimed by the hundred, each message settled directly after its answer.

One line to the relay is enough as long as it is quick. Where it is not, others join, so that no slow server holds up
what is meant for the others.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from tracker.services.deliver import AT_ONCE, Post, claim
from tracker.services.sending import Sending

RESTS = timedelta(minutes=1)
"""How long a channel that took nothing from us is not asked again."""
LINES = 4
"""Messages that are under way at once, at most."""
PATIENCE = 1.0
"""Seconds in which a line should have sent half of what is claimed in one go."""
AHEAD = 10 * AT_ONCE
"""Messages claimed and not sent yet, at most: so many may wait for one slow domain."""


def send_news(
    database: Any, post: Post, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False
) -> int:
    """Send what waits for the channels of a post; how many messages were taken. Without a channel all waits."""
    awake = post.only(*(name for name in post.channels if not _rests(post, name, now())))
    if not awake.channels:
        return 0
    sending = Sending(database, awake, now, stopped)
    with _kept(awake), ThreadPoolExecutor(LINES, "sending") as pool:
        try:
            _drain(sending, pool)
        finally:
            sending.closed = True
    sending.put_back()
    return sending.accepted


def _drain(sending: Sending, pool: ThreadPoolExecutor) -> None:
    """Claim while lines send; another line joins when those there are take their time. Raises what they raise."""
    lines: set[Future[None]] = set()
    quick = more = True
    while True:
        if more or not quick:
            more = _claimed(sending)
        if sending.can_send() and (not lines or (not quick and len(lines) < LINES)):
            line = pool.submit(sending.work_off)
            line.add_done_callback(lambda _: sending.wake())
            lines.add(line)
        if not lines and (sending.is_over() or not (more or sending.holds())):
            return
        quick = not lines or sending.wait(partial(_wakes, sending, lines, more), PATIENCE)
        done = {line for line in lines if line.done()}
        for line in done:
            line.result()
        more, lines = more or bool(done), lines - done


def _wakes(sending: Sending, lines: set[Future[None]], more: bool) -> bool:
    return any(line.done() for line in lines) or (more and sending.holds() <= AT_ONCE // 2)


def _claimed(sending: Sending) -> bool:
    """More messages under a lease, where they are wanted; whether to look again."""
    if sending.is_over() or sending.holds() >= AHEAD:
        return False
    with sending.database.writing() as session:
        claimed = claim(session, sending.post, sending.now())
    sending.take(claimed.parcels)
    return claimed.worked


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
