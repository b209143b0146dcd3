"""A body's contact proves by mail that they write from the body's own domain; nothing else opens their page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.addresses import AddressError, email_address
from tracker.domain.letter import CONTACT
from tracker.domain.link_tokens import LIVES, Purpose, Seal
from tracker.domain.own_domain import nearer, own_domains, writes_for
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import Visibility
from tracker.services.write_letter import write_letter
from tracker.services.write_links import Subject, read, write
from tracker.storage import bodies, contacts, letters, objections, tokens
from tracker.storage.tables import Body, BodyContact
from tracker.storage.turns import take_turn

ONE_LETTER_EACH = timedelta(hours=1)
MOST_WAITING = 20
"""New addresses of a day that wait to be confirmed for one body."""
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
    """The domains from which somebody writes for a body: its website's unless another body's is there too."""
    recorded = contacts.domains(session, body.id or 0)
    return [
        one for one in own_domains(body.website, recorded) if one in recorded or _alone(session, body, one)
    ]


def _alone(session: Session, body: Body, domain: str) -> bool:
    websites, recorded = contacts.others_at(session, body.id or 0, domain)
    return domain not in {name for site in websites for name in own_domains(site)} | set(recorded)


def ask_to_object(session: Session, body: Body, given: str, seal: Seal, now: datetime, language: str) -> str:
    """Queue a letter that proves the address; the address as it is kept. The same whether it was known or not."""
    insist(_complaints(session, body, given))
    address = email_address(given)
    address_hash = seal.address_hash(address)
    take_turn(session, address_hash)
    insist(_too_many(session, body, now))
    if letters.sent_since(session, CONTACT, address_hash, now - ONE_LETTER_EACH):
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
    write_letter(
        session,
        now,
        CONTACT,
        address,
        seal=seal,
        language=language,
        link=f"contact:{contact.id}",
        said={"body": body.name},
        about={"body": body.key},
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
    elif not writes_for(given, "", own):
        yield refuse(
            "email", "Use an address of the body itself, at %(domains)s or beneath.", domains=", ".join(own)
        )
    elif _is_anothers(session, body, given, own):
        yield refuse("email", "This address is at a domain of another body that is named here.")


def _is_anothers(session: Session, body: Body, given: str, own: list[str]) -> bool:
    """Whether it stands beneath our domain, but at one of a body of its own: an agency's is not its ministry's."""
    for domain in own:
        websites, recorded = contacts.others_at(session, body.id or 0, domain)
        if nearer(given, own, [*recorded, *(name for site in websites for name in own_domains(site))]):
            return True
    return False


def _too_many(session: Session, body: Body, now: datetime) -> Iterator[Refused]:
    """Said openly: it depends on the body and the site, never on whether an address is known."""
    crowded = contacts.unverified(session, body.id or 0, now - DAY) >= MOST_WAITING
    if crowded or letters.queued_since(session, CONTACT, now - DAY) >= MOST_A_DAY:
        yield refuse(
            "email",
            "So many letters of this kind went out today that none is sent just now: try again tomorrow.",
        )


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
    if not writes_for(contact.address, body.website, contacts.domains(session, contact.body_id)):
        return None  # the domain was taken off the record since
    return Opened(contact, body, purpose is Purpose.OBJECT_CONFIRM)


def confirm_contact(session: Session, token: str, seal: Seal, now: datetime) -> str | None:
    """The button of the letter's page: the address is proved; the secret of the contact's page. Works once."""
    found = read(session, Purpose.OBJECT_CONFIRM, token, now)
    opened = _opened(session, int(found[1].value), Purpose.OBJECT_CONFIRM) if found else None
    if found is None or opened is None or not tokens.use(session, found[0], now):
        return None
    opened.contact.verified_at = now  # the page's days, and the address's, are counted from the last proof
    return write(session, seal, Purpose.OBJECT, Subject("contact", str(opened.contact.id)), now)


def forget_contacts(session: Session, now: datetime) -> int:
    """Erase addresses never confirmed while the link lived, and those whose page is over and nothing is open."""
    idle = contacts.never_confirmed(session, now - LIVES[Purpose.OBJECT_CONFIRM], AT_ONCE)
    past = contacts.confirmed_before(session, now - LIVES[Purpose.OBJECT], AT_ONCE)
    done = [*idle, *(one for one in past if not objections.open_of_contact(session, one.id or 0))]
    for one in done:
        one.address, one.address_hash, one.ended_at = "", "", now
    session.flush()
    return len(done)
