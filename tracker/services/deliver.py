"""Telling subscribers: queue ledger rows, claim a batch, hand it over, settle. Each a short transaction of its own.

The caller enters the transactions; nothing is sent inside one. A crash before the claim's commit changes nothing;
after it, the batch is claimed again when its lease has passed, under the same Message-ID.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from tracker.domain.letter import Letter
from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.parcel import Head, News, Parcel, Tokens, Wanted
from tracker.domain.post import (
    LEASE,
    MAX_ATTEMPTS,
    SENDING_TAKES,
    Channel,
    Fate,
    Message,
    Outcome,
    batch_of,
    message_id,
)
from tracker.domain.telling import last_of_each
from tracker.domain.words import DeliveryState
from tracker.services.subscribe import CONFIRM
from tracker.services.write_links import Subject, write
from tracker.storage import deliveries, log, subscriptions
from tracker.storage.events import events
from tracker.storage.tables import Delivery, Subscription
from tracker.storage.turns import take_turn

TURN = "post"
SUPERSEDED = "a later change of the same obligation was told"
TOLD = "told already by another subscription of this address"
WITHHELD = "no longer public"
NO_ANSWER = "every attempt ended without an answer"

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

    def only(self, *names: str) -> "Post":
        """The same for the channels named: each is drained by a job of its own, so that none waits for another."""
        kept = {name: channel for name, channel in self.channels.items() if name in names}
        return replace(self, channels=kept)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What came of looking for a batch: one to send, or none; `worked` says whether to look again."""

    parcel: Parcel | None = None
    worked: bool = False


def claim(session: Session, post: Post, now: datetime) -> Claimed:
    """Claim the batch that is due next, one left behind by a crash before any other."""
    channels = tuple(sorted(post.channels))
    take_turn(session, f"{TURN} {' '.join(channels)}")
    until = now + LEASE
    left = deliveries.abandoned(session, now, channels) or deliveries.held_back(session, now, channels)
    if left is not None:
        deliveries.reclaim(session, left, now, until)
        return Claimed(_parcel(session, left, post, now), worked=True)
    first = deliveries.next_waiting(session, now, channels)
    if first is None:
        return Claimed()
    batch = _claim_new(session, first, post, now, until)
    return Claimed(_parcel(session, batch, post, now) if batch else None, worked=True)


def _claim_new(session: Session, first: Delivery, post: Post, now: datetime, until: datetime) -> str | None:
    owner = subscriptions.get(session, first.subscription_id)
    if owner is None or owner.ended_at is not None:
        deliveries.drop(session, [first.id], "left")
        return None
    rows = [first] if first.letter else _worth_telling(session, first, owner, now)
    if not rows:
        return None
    ids = [row.id for row in rows if row.id is not None]
    batch = batch_of(ids)
    name = message_id(batch, post.channels[first.channel].sender_domain)
    deliveries.claim(session, ids, batch, name, until)
    return batch


def _worth_telling(session: Session, first: Delivery, owner: Subscription, now: datetime) -> list[Delivery]:
    """All that waits for the address, less what it knows, what was superseded and what is no longer public."""
    rows = deliveries.waiting_with(session, first, owner.address_hash, now)
    known = deliveries.told_already(
        session, first.channel, owner.address_hash, {row.event_id for row in rows}
    )
    rows = _without(session, rows, lambda row: row.event_id in known, TOLD)
    public = _news(session, rows)
    rows = _without(session, rows, lambda row: row.event_id not in public, WITHHELD)
    last = {event.id for event in last_of_each(public.values())}
    return _without(session, rows, lambda row: row.event_id not in last, SUPERSEDED)


def _without(
    session: Session, rows: list[Delivery], unwanted: Callable[[Delivery], bool], why: str
) -> list[Delivery]:
    dropped = [row.id for row in rows if unwanted(row)]
    if dropped:
        deliveries.drop(session, dropped, why)
    return [row for row in rows if row.id not in dropped]


def _news(session: Session, rows: Sequence[Delivery]) -> dict[int, News]:
    """The events of the rows that may be shown, by id."""
    ids = {row.event_id for row in rows if row.event_id is not None}
    found = events(session, ListQuery(ListName.ALL), ids=ids, order="log") if ids else []
    return {event.id: event for event in found}


def _parcel(session: Session, batch: str, post: Post, now: datetime) -> Parcel | None:
    """What the claimed rows say, with the links its message carries; None where nothing is left to say."""
    rows = deliveries.in_batch(session, batch)
    if not rows or rows[0].lease_until_at is None:
        return None
    first, until = rows[0], rows[0].lease_until_at
    news = last_of_each(_news(session, rows).values())
    if first.attempts > MAX_ATTEMPTS or not (news or first.letter):
        _give_up(session, batch, until, NO_ANSWER if first.attempts > MAX_ATTEMPTS else WITHHELD)
        return None
    owners = _owners(session, rows)
    newest = owners[-1]
    head = log.last_head(session)
    return Parcel(
        batch=batch,
        message_id=first.message_id,
        lease_until_at=until,
        rows=len(rows),
        attempts=first.attempts,
        channel=first.channel,
        address=newest.address,
        address_hash=newest.address_hash,
        language=newest.language,
        wanted=[Wanted(row.id or 0, subscriptions.query_of(row), row.frequency) for row in owners],
        tokens=_tokens(session, first.letter, owners, post.seal, now),
        letter=first.letter,
        news=news,
        head=Head(head.size, head.hash) if head else None,
    )


def _owners(session: Session, rows: Sequence[Delivery]) -> list[Subscription]:
    """The subscriptions a batch serves, the newest last; leaving drops their rows, so all are live."""
    ids = sorted({row.subscription_id for row in rows})
    return [row for row in (subscriptions.get(session, id_) for id_ in ids) if row is not None]


def _tokens(
    session: Session, letter: str, owners: Sequence[Subscription], seal: Seal, now: datetime
) -> Tokens:
    """A confirmation opens one wish; news can be left by what it was sent for, and managed by address."""
    one = Subject("subscription", str(owners[0].id))
    everything = Subject("address", owners[0].address_hash)
    if letter == CONFIRM:
        return Tokens(confirm=write(session, seal, Purpose.CONFIRM, one, now))
    leaves = one if len(owners) == 1 else everything
    return Tokens(
        manage=write(session, seal, Purpose.MANAGE, everything, now),
        unsubscribe=write(session, seal, Purpose.UNSUBSCRIBE, leaves, now),
    )


def still_wanted(session: Session, parcel: Parcel, now: datetime) -> bool:
    """Just before sending: the lease is ours and long enough, and nobody has left since the claim."""
    held = deliveries.rows_held(session, parcel.batch, parcel.lease_until_at)
    return held == parcel.rows and parcel.lease_until_at - now > SENDING_TAKES


def _give_up(session: Session, batch: str, lease_until_at: datetime, why: str) -> None:
    state = DeliveryState.FAILED if why == NO_ANSWER else DeliveryState.DROPPED
    deliveries.settle(session, batch, lease_until_at, state=state, next_at=None, error=why)


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
