"""Leaving: an address goes with its subscriptions, what waits is not sent, a keyed hash remains."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.domain.link_tokens import LIVES, Purpose
from tracker.domain.webhook import WEBHOOK
from tracker.services.write_links import Subject, subject_of
from tracker.storage import deliveries, subscriptions, webhooks
from tracker.storage.tables import Subscription

AT_ONCE = 100


def leave(session: Session, token: str, now: datetime) -> bool:
    """One click: end what the link's message was sent for, at once; again is no error.

    False where there is no such link.
    """
    subject = subject_of(session, Purpose.UNSUBSCRIBE, token, now)
    if subject is None:
        return False
    end(session, _ended_by(session, subject), "left", now)
    return True


def leaving(session: Session, token: str, now: datetime) -> list[Subscription] | None:
    """What an unsubscribe link would end; None where there is no such link."""
    subject = subject_of(session, Purpose.UNSUBSCRIBE, token, now)
    return None if subject is None else _ended_by(session, subject)


def _ended_by(session: Session, subject: Subject) -> list[Subscription]:
    """The live subscriptions of a link's subject."""
    if subject.kind == "address":
        return subscriptions.live_of_address(session, subject.value)
    row = subscriptions.get(session, int(subject.value))
    return [row] if row is not None and row.ended_at is None else []


def end(session: Session, rows: Sequence[Subscription], reason: str, now: datetime) -> None:
    """End subscriptions: the address goes, nothing that waits is sent, the keyed hash remains."""
    for row in rows:
        row.address, row.ended_at, row.ended_reason = "", now, reason
    session.flush()
    deliveries.drop_for(session, [row.id for row in rows], reason)
    webhooks.forget_owners(session, [row.id for row in rows if row.channel == WEBHOOK])


def end_address(session: Session, channel: str, address_hash: str, reason: str, now: datetime) -> int:
    """End everything an address gets, was asked for or owns; how much that was."""
    rows = subscriptions.live(session, channel, address_hash)
    rows = [*rows, *subscriptions.pending(session, channel, address_hash)]
    rows += [row for _, row in webhooks.owned(session, address_hash)]
    end(session, rows, reason, now)
    return len(rows)


def forget_unconfirmed(session: Session, now: datetime) -> int:
    """Erase addresses that were never confirmed while the link lived; how many."""
    rows = subscriptions.never_confirmed(session, now - LIVES[Purpose.CONFIRM], AT_ONCE)
    end(session, rows, "never confirmed", now)
    return len(rows)
