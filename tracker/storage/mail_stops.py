"""Addresses that are written to no more, and those that put us off: by keyed hash, never by address."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from tracker.storage.tables import Deferred, Delivery, Letter, MailReport, MailStop, Subscription
from tracker.storage.turns import take_turn


def add(session: Session, address_hash: str, reason: str, told_by: str, now: datetime) -> None:
    """Remember that an address is written to no more."""
    session.add(MailStop(address_hash=address_hash, reason=reason, told_by=told_by, at=now))
    session.flush()


def since(session: Session, address_hash: str, reason: str, at: datetime) -> bool:
    """Whether an address was stopped for a reason after an instant."""
    wanted = select(col(MailStop.id)).where(
        col(MailStop.address_hash) == address_hash, col(MailStop.reason) == reason, col(MailStop.at) > at
    )
    return session.execute(wanted.limit(1)).first() is not None


def counts(session: Session, at: datetime) -> dict[str, int]:
    """How many addresses were stopped since an instant, by reason."""
    wanted = select(col(MailStop.reason), func.count(col(MailStop.id)))
    rows = session.execute(wanted.where(col(MailStop.at) > at).group_by(col(MailStop.reason))).all()
    return {str(reason): int(number) for reason, number in rows}


def deferring(session: Session, at: datetime) -> int:
    """How many addresses put us off since an instant."""
    wanted = select(func.count(col(Deferred.id))).where(col(Deferred.last_at) > at)
    return int(session.execute(wanted).scalar_one())


def deferred(session: Session, address_hash: str) -> Deferred | None:
    """Since when and how often an address has put us off."""
    take_turn(session, f"deferred {address_hash}")
    wanted = select(Deferred).where(col(Deferred.address_hash) == address_hash)
    return session.execute(wanted).scalar_one_or_none()


def keep_deferred(session: Session, row: Deferred) -> None:
    """Keep or change what is counted of an address."""
    session.add(row)
    session.flush()


def forget_deferred(session: Session, address_hash: str) -> None:
    """The address took a message, or is stopped."""
    session.execute(delete(Deferred).where(col(Deferred.address_hash) == address_hash))


def took_since(session: Session, channel: str, address_hash: str, at: datetime) -> bool:
    """Whether the relay took a message for an address after an instant."""
    wanted = (
        select(col(Delivery.id))
        .join(Subscription, col(Subscription.id) == col(Delivery.subscription_id))
        .where(
            col(Subscription.address_hash) == address_hash,
            col(Delivery.channel) == channel,
            col(Delivery.sent_at) > at,
        )
    )
    return session.execute(wanted.limit(1)).first() is not None


def news_went_to(session: Session, batch: str, address_hash: str) -> bool:
    """Whether a batch was claimed for an address."""
    wanted = (
        select(col(Delivery.id))
        .join(Subscription, col(Subscription.id) == col(Delivery.subscription_id))
        .where(col(Delivery.batch) == batch, col(Subscription.address_hash) == address_hash)
    )
    return session.execute(wanted.limit(1)).first() is not None


def letter_went_to(session: Session, letter_id: int, address_hash: str) -> bool:
    """Whether a letter that is no news was sent to an address."""
    row = session.get(Letter, letter_id)
    return row is not None and row.sent_at is not None and row.address_hash == address_hash


def first_time(session: Session, id_hash: str, now: datetime) -> bool:
    """Remember a report; False where it was taken in before."""
    take_turn(session, f"report {id_hash}")
    known = session.execute(select(col(MailReport.id)).where(col(MailReport.id_hash) == id_hash)).first()
    if known is not None:
        return False
    session.add(MailReport(id_hash=id_hash, received_at=now))
    session.flush()
    return True


def forget_before(session: Session, reports: datetime, deferrals: datetime) -> int:
    """Forget reports received, and addresses that put us off last, before an instant each; how many."""
    old = session.execute(delete(MailReport).where(col(MailReport.received_at) < reports))
    done = session.execute(delete(Deferred).where(col(Deferred.last_at) < deferrals))
    return int(old.rowcount + done.rowcount)  # type: ignore[attr-defined]
