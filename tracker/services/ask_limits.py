"""How many letters strangers can have us send: by mailbox, by network, in all; counted in the database."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session

from tracker.domain.addresses import mailbox
from tracker.domain.link_tokens import Seal
from tracker.domain.mail_status import Reason
from tracker.storage import asked_for, mail_stops

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OF_MAILBOX: tuple[tuple[timedelta, int], ...] = ((HOUR, 3), (DAY, 6))
"""Letters to one mailbox, whatever stands behind a plus sign in its address."""
OF_NETWORK: tuple[tuple[timedelta, int], ...] = ((HOUR, 20), (DAY, 60))
"""Wishes that come from one network."""
OF_SITE: tuple[tuple[timedelta, int], ...] = ((HOUR, 500), (DAY, 3000))
"""Letters that wishes from anywhere bring about; those that bring none use up nobody's share."""
AFTER_COMPLAINT = timedelta(days=7)
"""How long somebody who called our mail spam gets no letter, whoever enters the address."""
KEPT = timedelta(days=2)


class Crowd(StrEnum):
    """Who asked so often that nothing more is taken just now; it never depends on an address."""

    NETWORK = "network"
    SITE = "site"


def crowded(session: Session, seal: Seal, network: str, now: datetime) -> Crowd | None:
    """Count a wish; what is in the way where too many came: then it is not counted."""
    by_network = _key(seal, "network", network)
    if _over(session, by_network, OF_NETWORK, now):
        return Crowd.NETWORK
    if _over(session, _of_site(seal), OF_SITE, now):
        return Crowd.SITE
    asked_for.count(session, [by_network], now)
    return None


def may_write(session: Session, seal: Seal, address: str, now: datetime) -> bool:
    """Count a letter to a mailbox; False where it had its share, or its owner complained lately."""
    key = _key(seal, "mailbox", mailbox(address))
    if _over(session, key, OF_MAILBOX, now):
        return False
    address_hash, since = seal.address_hash(address), now - AFTER_COMPLAINT
    if mail_stops.since(session, address_hash, Reason.COMPLAINED, since):
        return False
    asked_for.count(session, [key, _of_site(seal)], now)
    return True


def forget_counts(session: Session, now: datetime) -> int:
    """Forget how often was asked the day before yesterday; how many counts."""
    return asked_for.forget_before(session, now - KEPT)


def _over(session: Session, key: str, most: tuple[tuple[timedelta, int], ...], now: datetime) -> bool:
    return any(asked_for.counted(session, key, now - span) >= number for span, number in most)


def _of_site(seal: Seal) -> str:
    return _key(seal, "site", "all")


def _key(seal: Seal, what: str, value: str) -> str:
    """A keyed hash: no network and no mailbox can be read from a count."""
    return seal.address_hash(f"{what}|{value}")
