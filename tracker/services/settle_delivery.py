"""Writes down what became of a batch: sent, waiting again, failed, or its address gone."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.addresses import without
from tracker.domain.mail_reports import ToldBy
from tracker.domain.mail_status import Reason
from tracker.domain.parcel import Parcel
from tracker.domain.post import MAX_ATTEMPTS, Fate, Outcome, wait_after
from tracker.domain.words import DeliveryState
from tracker.services.stop_address import EMAIL, put_off, stop_address
from tracker.services.unsubscribe import end_address
from tracker.storage import deliveries


def put_back(session: Session, parcel: Parcel, now: datetime) -> None:
    """A batch that was not sent is dissolved; what is still wanted of it waits again."""
    _settle(session, parcel, **_waiting_again(now), attempts=parcel.attempts - 1)


def goes_on(outcome: Outcome) -> bool:
    """Whether the next message may be tried now: not where the relay itself is out of reach."""
    return outcome.fate is not Fate.CLOSED


def settle(session: Session, parcel: Parcel, outcome: Outcome, now: datetime) -> None:
    """Write down what became of a batch, without the address that relays like to repeat."""
    error = without(parcel.address, outcome.error)[:500]
    _SETTLEMENTS[outcome.fate](session, parcel, error, now)
    if outcome.of_address and outcome.fate is not Fate.BOUNCED:
        put_off(session, parcel.address_hash, parcel.address, ToldBy.RELAY, now)


def _accepted(session: Session, parcel: Parcel, _error: str, now: datetime) -> None:
    _settle(session, parcel, state=DeliveryState.SENT, sent_at=now, next_at=None, error="")


def _later(session: Session, parcel: Parcel, error: str, now: datetime) -> None:
    if parcel.attempts >= MAX_ATTEMPTS:
        return _refused(session, parcel, error, now)
    again = now + wait_after(parcel.attempts)
    return _settle(session, parcel, **_waiting_again(again), error=error)


def _unclear(session: Session, parcel: Parcel, error: str, now: datetime) -> None:
    if parcel.attempts >= MAX_ATTEMPTS:
        return _refused(session, parcel, error, now)
    again = now + wait_after(parcel.attempts)
    return _settle(session, parcel, state=DeliveryState.QUEUED, next_at=again, error=error)


def _closed(session: Session, parcel: Parcel, error: str, now: datetime) -> None:
    again = now + wait_after(1)
    _settle(session, parcel, **_waiting_again(again), attempts=parcel.attempts - 1, error=error)


def _refused(session: Session, parcel: Parcel, error: str, _now: datetime) -> None:
    _settle(session, parcel, state=DeliveryState.FAILED, next_at=None, error=error)


def _bounced(session: Session, parcel: Parcel, error: str, now: datetime) -> None:
    _refused(session, parcel, error, now)
    if parcel.channel == EMAIL:
        stop_address(session, parcel.address_hash, parcel.address, Reason.BOUNCED, ToldBy.RELAY, now)
    else:
        end_address(session, parcel.channel, parcel.address_hash, "bounced", now)


_SETTLEMENTS: Mapping[Fate, Callable[[Session, Parcel, str, datetime], None]] = {
    Fate.ACCEPTED: _accepted,
    Fate.LATER: _later,
    Fate.UNCLEAR: _unclear,
    Fate.CLOSED: _closed,
    Fate.REFUSED: _refused,
    Fate.BOUNCED: _bounced,
}


def _waiting_again(next_at: datetime) -> dict[str, Any]:
    return {"state": DeliveryState.QUEUED, "batch": "", "message_id": "", "next_at": next_at}


def _settle(session: Session, parcel: Parcel, **values: Any) -> None:
    deliveries.settle(session, parcel.batch, parcel.lease_until_at, **values)
