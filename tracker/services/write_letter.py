"""Queues letters that are no news, and settles what became of them. Nothing is sent inside a transaction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.domain.addresses import without
from tracker.domain.letter import ALERT, LEASE, MOST_TRIES, REMINDER, WEBHOOK, WEBHOOKS
from tracker.domain.letter import Letter as Sealed
from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.mail_reports import ToldBy
from tracker.domain.mail_status import Reason
from tracker.domain.post import SENDING_TAKES, Fate, Outcome, wait_after
from tracker.services.alert_letter import alert_said_now
from tracker.services.reminder_letter import said_now, settle_reminders
from tracker.services.stop_address import stop_address
from tracker.services.webhook_letter import list_said_now
from tracker.services.write_links import Subject, again, write
from tracker.storage import letters
from tracker.storage.tables import Letter

WAITS = timedelta(days=14)
"""How long a letter waits for a relay; its links are over by then."""
COUNTED = timedelta(days=7)
"""How long the keyed hash of its address stays, so that nobody is written to too often."""
AT_ONCE = 100
ABOUT = "about"
NOT_PUBLIC = "no longer public"
NOTHING_LEFT = "nothing left to say"
_OPENS = {
    "contact": (Purpose.OBJECT_CONFIRM, "contact", "/object/"),
    "page": (Purpose.OBJECT, "contact", "/object/"),
    "reminders": (Purpose.REMINDERS, "reach", "/reminders/"),
    "alerts": (Purpose.ALERTS, "user", "/alerts/leave/"),
}
"""By what a letter's link acts on (an address to prove, the page of a proven one, a mailbox): the secret, its page."""
_SAID_LATE = {
    REMINDER: said_now,
    ALERT: alert_said_now,
    WEBHOOK: list_said_now,
    WEBHOOKS: list_said_now,
}
"""Kinds that say what holds when they leave; they may find that nothing is left to say."""
_SETTLES = {REMINDER: settle_reminders}
"""Kinds after which something is put on record."""


def write_letter(
    session: Session,
    now: datetime,
    kind: str,
    address: str,
    *,
    seal: Seal | None = None,
    language: str = "en",
    link: str = "",
    said: Mapping[str, Any] | None = None,
    about: Mapping[str, str] | None = None,
) -> Letter:
    """Queue a letter; `link` names what its link acts on (`contact:12`, `page:12`), or is a path of the site.

    `about` gives the keys of the item and body that it names: it is not sent once one of them is not public.
    """
    if seal is not None and link and not link.startswith("/"):
        _secret(session, seal, link, now)
    return letters.add(
        session,
        Letter(
            kind=kind,
            address=address,
            address_hash=seal.address_hash(address) if seal else "",
            language=language,
            subject=link,
            said={**(said or {}), **({ABOUT: dict(about)} if about else {})},
            queued_at=now,
            next_at=now,
        ),
    )


def _secret(session: Session, seal: Seal, link: str, now: datetime) -> str:
    purpose, subject, _path = _opens(link)
    return write(session, seal, purpose, subject, now)


def _opens(link: str) -> tuple[Purpose, Subject, str]:
    kind, _, value = link.partition(":")
    purpose, of, path = _OPENS[kind]
    return purpose, Subject(of, value), path


def claim_letter(session: Session, seal: Seal, now: datetime, domain: str) -> Sealed | None:
    """Take the letter that is due for longest, with the link it carries; None where none is due."""
    while (row := _next_that_may_go(session, now)) is not None:
        if not letters.claim(session, row, now, LEASE):
            return None
        late = _SAID_LATE.get(row.kind)
        said = late(session, row, now) if late else row.said
        if said is not None:
            return replace(sealed(session, row, seal, f"<letter-{row.id}@{domain}>"), said=said)
        _give_up(session, row, NOTHING_LEFT)
    return None


def _next_that_may_go(session: Session, now: datetime) -> Letter | None:
    """The one due for longest; those on the way to it that name what was withheld meanwhile are given up."""
    while (row := letters.next_due(session, now)) is not None:
        about = row.said.get(ABOUT)
        if not isinstance(about, dict) or letters.may_be_told(session, about):
            return row
        _give_up(session, row, NOT_PUBLIC)
    return None


def _give_up(session: Session, row: Letter, why: str) -> None:
    row.next_at, row.address, row.said, row.subject, row.error = None, "", {}, "", why
    session.flush()


def sealed(session: Session, row: Letter, seal: Seal, message_id: str = "") -> Sealed:
    """A letter with the path its link leads to."""
    return Sealed(
        id=row.id or 0,
        kind=row.kind,
        address=row.address,
        language=row.language,
        message_id=message_id,
        said=row.said,
        path=_path(session, row, seal),
        tries=row.attempts,
        lease_until_at=row.next_at,
    )


def _path(session: Session, row: Letter, seal: Seal) -> str:
    if not row.subject or row.subject.startswith("/"):
        return row.subject
    purpose, subject, path = _opens(row.subject)
    return f"{path}{again(session, seal, purpose, subject)}"


def forget_letters(session: Session, now: datetime) -> int:
    """Give up letters that no relay took for weeks, and forget whom those of last week were for; how many."""
    late = letters.unsent_before(session, now - WAITS, AT_ONCE)
    for row in late:
        row.next_at, row.address, row.said, row.subject = None, "", {}, ""
    past = letters.hashed_before(session, now - COUNTED, AT_ONCE)
    for row in past:
        row.address_hash = ""
    session.flush()
    return len(late) + len(past)


def begin_letter(session: Session, letter: Sealed, now: datetime) -> bool:
    """Just before sending: whether the lease is ours and long enough, and the letter was not given up meanwhile."""
    until = letter.lease_until_at
    return until is not None and until - now > SENDING_TAKES and _held(session, letter) is not None


def _held(session: Session, letter: Sealed) -> Letter | None:
    return letters.held(session, letter.id, letter.lease_until_at)


def settle_letter(session: Session, letter: Sealed, outcome: Outcome, now: datetime) -> None:
    """Write down what became of it; the address goes when it was sent or will never be.

    An address that takes no mail gets nothing more, and is marked where it is a body's. A relay out of reach
    is no try of the letter's; one that was given up on its way stays so, and one that somebody else claimed since
    is theirs.
    """
    row = _held(session, letter) or (letters.given_up(session, letter.id) if outcome.accepted else None)
    if row is None:
        return
    if outcome.fate is Fate.CLOSED:
        row.attempts -= 1
    address, given_up = (
        row.address,
        outcome.fate in (Fate.REFUSED, Fate.BOUNCED) or row.attempts >= MOST_TRIES,
    )
    row.error = without(address, outcome.error)[:500]
    if (outcome.accepted or given_up) and row.subject.startswith("/"):
        row.subject = ""  # a path may hold the secret of a link
    if outcome.accepted:
        row.sent_at, row.next_at, row.address, row.said = now, None, "", {}
    elif given_up:
        row.next_at, row.address, row.said = None, "", {}
    else:
        row.next_at = now + wait_after(row.attempts)
    session.flush()
    settles = _SETTLES.get(row.kind)
    if settles is not None and row.next_at is None:
        settles(session, row, outcome.fate, now)
    if outcome.fate is Fate.BOUNCED:
        stop_address(session, row.address_hash, address, Reason.BOUNCED, ToldBy.RELAY, now)
