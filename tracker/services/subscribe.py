"""Asking for a list by mail, confirming it with a second click, and changing it later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.listing import ListQuery
from tracker.domain.past_digests import Rhythm
from tracker.services.ask_limits import may_write
from tracker.services.read_wish import Changed, Wish
from tracker.services.unsubscribe import end, end_address
from tracker.services.write_links import Subject, read, subject_of, write
from tracker.storage import deliveries, log, subscriptions, tokens
from tracker.storage.tables import Delivery, Subscription
from tracker.storage.turns import take_turn

EMAIL = "email"
ONE_LETTER_EACH = timedelta(hours=1)
MOST_PENDING = 20
MOST_LIVE = 100
"""Lists of one address."""
CONSENT = "1: send me news of this list by e-mail until I leave; the address is used for nothing else"
CONFIRM, ALREADY = "confirm", "already"


def ask(session: Session, wish: Wish, seal: Seal, now: datetime) -> None:
    """Keep the wish and queue a letter that asks to confirm it; one letter an hour for each address.

    Nothing tells the caller whether the address was known: the answer is the same for everybody.
    """
    address_hash = seal.address_hash(wish.address)
    take_turn(session, address_hash)
    lately = deliveries.letter_since(session, EMAIL, address_hash, now - ONE_LETTER_EACH)
    live = subscriptions.live(session, EMAIL, address_hash)
    same = _same(live, wish.query)
    asked = same or _pending(session, wish, address_hash, len(live), now)
    if asked is not None and not lately and may_write(session, seal, wish.address, now):
        _queue_letter(session, asked, ALREADY if same else CONFIRM, now)


def _same(rows: Sequence[Subscription], query: ListQuery) -> Subscription | None:
    return next((row for row in rows if subscriptions.query_of(row) == query), None)


def _pending(
    session: Session, wish: Wish, address_hash: str, lists: int, now: datetime
) -> Subscription | None:
    """The subscription that waits to be confirmed; None where one address has asked for too many."""
    waiting = subscriptions.pending(session, EMAIL, address_hash)
    found = _same(waiting, wish.query)
    if found is None and (len(waiting) >= MOST_PENDING or lists + len(waiting) >= MOST_LIVE):
        return None
    row = found or Subscription(
        channel=EMAIL,
        address=wish.address,
        address_hash=address_hash,
        list_name=wish.query.name.value,
        filters=dict(wish.query.filters.given()),
        created_at=now,
    )
    row.frequency, row.weekday, row.zone = wish.frequency, wish.weekday, wish.zone
    row.language, row.tells_quiet, row.consent = wish.language, wish.tells_quiet, CONSENT
    subscriptions.add(session, row)
    return row


def _queue_letter(session: Session, subscription: Subscription, letter: str, now: datetime) -> None:
    assert subscription.id is not None  # noqa: S101 - it was flushed
    row = Delivery(
        subscription_id=subscription.id,
        letter=letter,
        channel=subscription.channel,
        queued_at=now,
        next_at=now,
    )
    deliveries.add(session, [row])


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link of a letter shows: what waits to be confirmed, and what the address gets already."""

    purpose: Purpose
    pending: Sequence[Subscription]
    live: Sequence[Subscription]


def open_link(session: Session, token: str, now: datetime) -> Opened | None:
    """What a confirmation or management link leads to, without changing anything; None where it leads nowhere."""
    found = _found(session, Purpose.CONFIRM, token, now)
    if found is not None:
        return Opened(Purpose.CONFIRM, *_of_address(session, found))
    subject = subject_of(session, Purpose.MANAGE, token, now)
    if subject is None or subject.kind != "address":
        return None
    live = subscriptions.live(session, EMAIL, subject.value)
    return Opened(Purpose.MANAGE, (), live)


def _found(session: Session, purpose: Purpose, token: str, now: datetime) -> Subscription | None:
    """The subscription a token acts on."""
    subject = subject_of(session, purpose, token, now)
    if subject is None or subject.kind != "subscription":
        return None
    return subscriptions.get(session, int(subject.value))


def _of_address(session: Session, row: Subscription) -> tuple[list[Subscription], list[Subscription]]:
    return (
        subscriptions.pending(session, row.channel, row.address_hash),
        subscriptions.live(session, row.channel, row.address_hash),
    )


def confirm(session: Session, token: str, chosen: Sequence[int], seal: Seal, now: datetime) -> str | None:
    """Confirm the wishes chosen among those that wait for this address; the link to manage them.

    Only the first time does anything; later times answer the same. None where the link leads nowhere.
    """
    found = read(session, Purpose.CONFIRM, token, now)
    row = _found(session, Purpose.CONFIRM, token, now)
    if found is None or row is None:
        return None
    if tokens.use(session, found[0], now):
        waiting = subscriptions.pending(session, row.channel, row.address_hash)
        for wish in waiting:
            if wish.id in chosen:
                _begin(session, wish, now)
    return write(session, seal, Purpose.MANAGE, Subject("address", row.address_hash), now)


def _begin(session: Session, row: Subscription, now: datetime) -> None:
    row.confirmed_at = now
    row.queued_to_seq = log.size(session)
    row.next_due_at = rhythm_of(row).next_at(now)
    session.flush()


def change(session: Session, token: str, subscription_id: int, changed: Changed, now: datetime) -> bool:
    """Another rhythm, language or pause for one list of the address; False where the link does not reach it."""
    row = _managed(session, token, subscription_id, now)
    if row is None:
        return False
    rhythm = changed.rhythm
    row.frequency, row.weekday, row.zone = rhythm.frequency, rhythm.weekday, rhythm.zone
    row.language, row.tells_quiet = changed.language or row.language, changed.tells_quiet
    pause = changed.not_before_on
    # What is not due is not looked through: the news of a pause is found at its end, as one digest.
    row.next_due_at = rhythm.after(pause) if pause else rhythm.next_at(now)
    session.flush()
    return True


def paused_until(row: Subscription, now: datetime) -> datetime | None:
    """The instant until which somebody wants to hear nothing of a list; None where it is not paused."""
    usual = rhythm_of(row).next_at(now)
    due = row.next_due_at
    return due if due is not None and due > now and (usual is None or due > usual) else None


def rhythm_of(row: Subscription) -> Rhythm:
    """How often a subscription is told, and by whose clock."""
    return Rhythm(row.frequency, row.weekday, row.zone)


def leave_one(session: Session, token: str, subscription_id: int, now: datetime) -> bool:
    """End one list of the address by the management link; False where the link does not reach it."""
    row = _managed(session, token, subscription_id, now)
    if row is None:
        return False
    end(session, [row], "left", now)
    return True


def leave_all(session: Session, token: str, now: datetime) -> bool:
    """End all an address gets or owns and erase it, by the management link; False where the link leads nowhere."""
    subject = managed_address(session, token, now)
    if subject is None:
        return False
    end_address(session, EMAIL, subject, "left", now)
    return True


def managed_address(session: Session, token: str, now: datetime) -> str | None:
    """The keyed hash of the address a management link is for."""
    subject = subject_of(session, Purpose.MANAGE, token, now)
    return subject.value if subject is not None and subject.kind == "address" else None


def _managed(session: Session, token: str, subscription_id: int, now: datetime) -> Subscription | None:
    address_hash, row = managed_address(session, token, now), subscriptions.get(session, subscription_id)
    reached = address_hash is not None and row is not None and row.address_hash == address_hash
    return row if reached and row is not None and row.ended_at is None else None
