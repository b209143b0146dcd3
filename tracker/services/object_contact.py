"""A body's contact proves by mail that they write from the body's own domain; nothing else opens their page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.addresses import AddressError, email_address
from tracker.domain.letter import CONTACT
from tracker.domain.link_tokens import LIVES, Purpose, Seal
from tracker.domain.own_domain import own_domains, writes_for
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import Visibility
from tracker.services.write_letter import write_letter
from tracker.services.write_links import Subject, read, write
from tracker.storage import bodies, contacts, letters, objections, tokens
from tracker.storage.tables import Body, BodyContact
from tracker.storage.turns import take_turn

ONE_LETTER_EACH = timedelta(hours=1)
MOST_WAITING = 20
"""Addresses that wait to be confirmed for one body."""
MOST_A_DAY = 300
"""Letters of this kind to anybody."""
DAY = timedelta(days=1)
AT_ONCE = 100
SHOWN = (Visibility.PUBLIC, Visibility.LINK_ONLY)


def body_to_object(session: Session, key: str) -> Body | None:
    """The public body of that key."""
    found = bodies.by_key(session, key)
    return found if found is not None and found.visibility in SHOWN else None


def domains_of(session: Session, body: Body) -> list[str]:
    """The domains from which somebody writes for a body."""
    return own_domains(body.website, contacts.domains(session, body.id or 0))


def ask_to_object(session: Session, body: Body, given: str, seal: Seal, now: datetime, language: str) -> str:
    """Queue a letter that proves the address; the address as it is kept. The same whether it was known or not."""
    insist(_complaints(session, body, given))
    address = email_address(given)
    address_hash = seal.address_hash(address)
    take_turn(session, address_hash)
    if _too_many(session, body, address_hash, now):
        return address
    contact = contacts.of_address(session, body.id or 0, address_hash) or contacts.add(
        session,
        BodyContact(
            body_id=body.id or 0,
            address=address,
            address_hash=address_hash,
            language=language,
            asked_at=now,
        ),
    )
    contact.language = language
    said = {"body": body.name}
    write_letter(
        session, now, CONTACT, address, seal=seal, language=language, link=f"contact:{contact.id}", said=said
    )
    return address


def _complaints(session: Session, body: Body, given: str) -> Iterator[Refused]:
    try:
        email_address(given)
    except AddressError as error:
        yield refuse("email", str(error))
        return
    own = domains_of(session, body)
    if not own:
        yield refuse(
            "email",
            "No mail domain of this body is on record here yet, so an address proves nothing: write to us instead.",
        )
    elif not writes_for(given, body.website, contacts.domains(session, body.id or 0)):
        yield refuse(
            "email", "Use an address of the body itself, at %(domains)s or beneath.", domains=", ".join(own)
        )


def _too_many(session: Session, body: Body, address_hash: str, now: datetime) -> bool:
    lately = letters.sent_since(session, CONTACT, address_hash, now - ONE_LETTER_EACH)
    known = contacts.of_address(session, body.id or 0, address_hash) is not None
    crowded = not known and contacts.unverified(session, body.id or 0) >= MOST_WAITING
    return bool(lately) or crowded or letters.queued_since(session, CONTACT, now - DAY) >= MOST_A_DAY


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link shows: the contact, their body, and whether the address is still to be confirmed."""

    contact: BodyContact
    body: Body
    to_confirm: bool


def open_contact(session: Session, token: str, now: datetime) -> Opened | None:
    """What a link of a letter leads to, without changing anything; None where it leads nowhere."""
    for purpose in (Purpose.OBJECT, Purpose.OBJECT_CONFIRM):
        found = read(session, purpose, token, now)
        if found is not None and found[0].used_at is None and found[1].kind == "contact":
            return _opened(session, int(found[1].value), purpose)
    return None


def _opened(session: Session, contact_id: int, purpose: Purpose) -> Opened | None:
    contact = contacts.get(session, contact_id)
    body = session.get(Body, contact.body_id) if contact else None
    if contact is None or body is None or contact.ended_at is not None or body.visibility not in SHOWN:
        return None
    if purpose is Purpose.OBJECT and contact.verified_at is None:
        return None
    return Opened(contact, body, purpose is Purpose.OBJECT_CONFIRM)


def confirm_contact(session: Session, token: str, seal: Seal, now: datetime) -> str | None:
    """The button of the letter's page: the address is proved; the secret of the contact's page. Works once."""
    found = read(session, Purpose.OBJECT_CONFIRM, token, now)
    opened = _opened(session, int(found[1].value), Purpose.OBJECT_CONFIRM) if found else None
    if found is None or opened is None or not tokens.use(session, found[0], now):
        return None
    opened.contact.verified_at = opened.contact.verified_at or now
    return write(session, seal, Purpose.OBJECT, Subject("contact", str(opened.contact.id)), now)


def forget_contacts(session: Session, now: datetime) -> int:
    """Erase addresses never confirmed while the link lived, and those whose page is over and nothing is open."""
    idle = contacts.never_confirmed(session, now - LIVES[Purpose.OBJECT_CONFIRM], AT_ONCE)
    past = contacts.confirmed_before(session, now - LIVES[Purpose.OBJECT], AT_ONCE)
    done = [*idle, *(one for one in past if not objections.open_of_contact(session, one.id or 0))]
    for one in done:
        one.address, one.ended_at = "", now
    session.flush()
    return len(done)
