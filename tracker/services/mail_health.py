"""How mail fares, in numbers: what waits, what was stopped and why; no address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.mail_status import Reason
from tracker.storage import contacts, mail_stops

LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class MailHealth:
    """Counts of the last thirty days; the names are those of bodies."""

    stopped: Mapping[Reason, int]
    """Addresses written to no more, by why."""
    deferring: int
    """Addresses that put us off and are tried again."""
    bodies: list[str]
    """Bodies from whose mailbox letters come back."""


def mail_health(session: Session, now: datetime) -> MailHealth:
    """The numbers of an instant."""
    found = mail_stops.counts(session, now - LATELY)
    return MailHealth(
        stopped={reason: found.get(reason.value, 0) for reason in Reason},
        deferring=mail_stops.deferring(session, now - LATELY),
        bodies=[body.name for _, body in contacts.out_of_reach(session)],
    )
