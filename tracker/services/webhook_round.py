"""Posts what webhooks wait for: claim, post, settle, three short steps; several hosts at a time, one post at each."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Any, Protocol

from tracker.domain.link_tokens import Seal
from tracker.domain.post import Fate
from tracker.domain.webhook import KEPT, Body, Posted, Posting, signed
from tracker.services.collect_all import collect_all
from tracker.services.webhook_claim import claim, still_wanted
from tracker.services.webhook_settle import put_back, settle
from tracker.storage import webhooks

THREADS = 4
"""So many hosts are posted to at a time; one that is slow holds up only what is for itself."""

log = logging.getLogger(__name__)


class Channel(Protocol):
    """Posts, and never raises for what servers and networks do."""

    def send(self, url: str, body: Body, headers: Mapping[str, str]) -> Posted: ...


@dataclass(frozen=True, slots=True)
class WebhookPost:
    """What posting needs besides the database: the channel, who words a body, and the site's secret."""

    channel: Channel
    word: Callable[[Posting, datetime], Body]
    seal: Seal
    templates: Mapping[str, str]
    """What can be asked for, by key, with its name."""


class WebhookRound:
    """One round: everything that is due, one post at a time to each host."""

    def __init__(
        self, database: Any, post: WebhookPost, now: Callable[[], datetime], stopping: Event
    ) -> None:
        """A round ends early when the process is told to stop."""
        self._database, self._post, self._now, self._stopping = database, post, now, stopping

    def go(self, threads: int = THREADS) -> int:
        """How many posts were made."""
        done = collect_all(self._next, threads, self._stopping)
        with self._database.writing() as session:
            webhooks.forget_attempts(session, self._now() - KEPT)
        return done

    def _next(self) -> int:
        """Claim, post and settle one batch; 0 where nothing is due at a host that no post is on its way to."""
        with self._database.writing() as session:
            found = claim(session, self._post.seal, self._now())
        if found.posting is None:
            return int(found.worked)
        self._handed_over(found.posting)
        return 1

    def _handed_over(self, posting: Posting) -> None:
        with self._database.reading() as session:
            wanted = still_wanted(session, posting, self._now())
        posted = self._posted(posting) if wanted else None
        with self._database.writing() as session:
            if posted is None:
                put_back(session, posting, self._now())
            else:
                settle(session, posting, posted, self._post.seal, self._now())

    def _posted(self, posting: Posting) -> Posted:
        """Word, sign and post. What cannot be worded waits like what was not taken, so that the others go on."""
        now = self._now()
        try:
            body = self._post.word(posting, now)
        except Exception as error:
            log.exception("the post %s cannot be worded", posting.id)
            return Posted(Fate.UNCLEAR, f"The post could not be worded ({type(error).__name__}).")
        headers = signed(posting.id, now, body.text, posting.hook.secrets)
        return self._post.channel.send(posting.hook.url, body, headers)
