"""Telling subscribers: claim what waits, hand each message over. The claim is a short transaction of its own.

The caller enters the transactions; nothing is sent inside one. A crash before the claim's commit changes nothing;
after it, each message is claimed again when its lease has passed, under the same Message-ID.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.letter import Letter
from tracker.domain.link_tokens import Seal
from tracker.domain.parcel import Parcel
from tracker.domain.post import (
    LEASE,
    SENDING_TAKES,
    Channel,
    Fate,
    Message,
    Outcome,
    batch_of,
    message_id,
)
from tracker.services.make_parcels import make_parcels
from tracker.services.worth_telling import worth_telling
from tracker.storage import deliveries, outgoing
from tracker.storage.engine import Prompt
from tracker.storage.outgoing import Claim, Row
from tracker.storage.turns import take_turn

TURN = "post"
AT_ONCE = 100
"""Messages claimed in one go."""

log_ = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Post:
    """What delivering needs besides the database: the channels, who words a message, and the site's secret."""

    channels: Mapping[str, Channel]
    words: Mapping[str, Callable[[Parcel, datetime], Message]]
    """Who words what travels by a channel, by its name."""
    seal: Seal
    letter: Callable[[Letter, datetime], Message] | None = None
    """Who words a letter that is no news."""
    closed_at: dict[str, datetime] = field(default_factory=dict)
    """When a channel last took nothing from us at all: it is not asked again at once."""

    def only(self, *names: str) -> "Post":
        """The same for the channels named: each is drained by a job of its own, so that none waits for another."""
        kept = {name: channel for name, channel in self.channels.items() if name in names}
        return replace(self, channels=kept)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What came of looking for messages: those to send; `worked` says whether to look again."""

    parcels: Sequence[Parcel] = ()
    worked: bool = False


def claim(session: Session, post: Post, now: datetime, most: int = AT_ONCE) -> Claimed:
    """Claim the messages that are due next, those left behind by a crash before any other.

    The questions put to the database are the same few however many messages there are.
    """
    channels = tuple(sorted(post.channels))
    take_turn(session, f"{TURN} {' '.join(channels)}")
    until = now + LEASE
    batches = outgoing.left_behind(session, now, channels, most)
    if batches:
        outgoing.reclaim(session, batches, now, until)
    waiting = outgoing.waiting(session, now, channels, most - len(batches))
    batches += _claim_new(session, worth_telling(session, waiting), post, until)
    parcels = make_parcels(session, outgoing.in_batches(session, batches, until), post.seal, now)
    return Claimed(parcels, worked=bool(batches or waiting))


def _claim_new(session: Session, messages: Sequence[Sequence[Row]], post: Post, until: datetime) -> list[str]:
    """The rows of each message become a batch; the names of the batches."""
    named = {batch_of(row.id for row in rows): rows for rows in messages}
    claims = [
        Claim(row.id, batch, message_id(batch, post.channels[row.channel].sender_domain))
        for batch, rows in named.items()
        for row in rows
    ]
    outgoing.claim_rows(session, claims, until)
    return list(named)


def begin_some(database: Any, change: Prompt, parcels: Sequence[Parcel], now: datetime) -> list[Parcel]:
    """Just before sending: those of which the lease is ours and long enough, and nobody has left since the claim.

    All are under the same lease. An attempt counts from here: what was claimed together with a message that ended its
    worker was not tried.
    """
    begun = [parcel for parcel in parcels if parcel.lease_until_at - now > SENDING_TAKES]
    if not begun:
        return []
    held = deliveries.begin_some(change, [parcel.batch for parcel in begun], begun[0].lease_until_at)
    if held == sum(parcel.rows for parcel in begun):
        return begun
    with database.reading() as session:
        return [parcel for parcel in begun if _is_whole(session, parcel)]


def _is_whole(session: Session, parcel: Parcel) -> bool:
    return deliveries.rows_held(session, parcel.batch, parcel.lease_until_at) == parcel.rows


def send(post: Post, parcel: Parcel, now: datetime) -> Outcome:
    """Word the message and hand it to its channel; outside any transaction.

    A message that cannot be worded waits like one that was not taken, so that the others go on.
    """
    try:
        message = post.words[parcel.channel](parcel, now)
    except Exception as error:
        log_.exception("the message of batch %s cannot be worded", parcel.batch)
        return Outcome(Fate.LATER, f"cannot be worded: {type(error).__name__}")
    return post.channels[parcel.channel].send(message)
