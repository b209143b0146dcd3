"""How bodies are reached by mail: their own domains, their mailboxes, and contacts who proved that they are theirs."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from tracker.domain.own_domain import ReachKind
from tracker.storage.tables import Body, BodyContact, BodyReach, BodySuccession


def reaches(session: Session, body_id: int) -> list[BodyReach]:
    """What is on record of how a body is reached, in order."""
    wanted = select(BodyReach).where(
        col(BodyReach.body_id) == body_id, col(BodyReach.superseded_at).is_(None)
    )
    return list(session.execute(wanted.order_by(col(BodyReach.kind), col(BodyReach.id))).scalars())


def domains(session: Session, body_id: int) -> list[str]:
    """The mail domains an administrator has put on record for a body."""
    return [one.value for one in reaches(session, body_id) if one.kind is ReachKind.DOMAIN]


def others_at(session: Session, body_id: int, domain: str) -> tuple[list[str], list[str]]:
    """The websites and the recorded domains of other bodies that name a domain or one beneath it.

    A body's predecessors and successors are no others: often they kept the house and its name.
    """
    came, went = col(BodySuccession.successor_id), col(BodySuccession.body_id)
    whole = (col(BodySuccession.superseded_at).is_(None), col(BodySuccession.obligation_id).is_(None))
    kin = select(came).where(went == body_id, *whole).union(select(went).where(came == body_id, *whole))
    not_ours = (col(Body.id) != body_id, col(Body.id).not_in(kin))
    sites = select(col(Body.website)).where(*not_ours, func.lower(col(Body.website)).contains(domain))
    recorded = (
        select(col(BodyReach.value))
        .join(Body, col(Body.id) == col(BodyReach.body_id))
        .where(
            *not_ours,
            col(BodyReach.kind) == ReachKind.DOMAIN,
            col(BodyReach.superseded_at).is_(None),
            col(BodyReach.value).contains(domain),
        )
    )
    return list(session.execute(sites).scalars()), list(session.execute(recorded).scalars())


def mailbox(session: Session, body_id: int) -> str:
    """Where a body takes letters; empty where none is on record, or where they come back."""
    held = [one for one in reaches(session, body_id) if one.kind is ReachKind.MAILBOX]
    boxes = [one.value for one in held if one.bounced_at is None]
    return boxes[-1] if boxes else ""


def get(session: Session, contact_id: int) -> BodyContact | None:
    """The contact of that id."""
    return session.get(BodyContact, contact_id)


def of_address(session: Session, body_id: int, address_hash: str) -> BodyContact | None:
    """A body's contact of that address, if it has not ended."""
    wanted = select(BodyContact).where(
        col(BodyContact.body_id) == body_id,
        col(BodyContact.address_hash) == address_hash,
        col(BodyContact.ended_at).is_(None),
    )
    return session.execute(wanted.order_by(col(BodyContact.id).desc()).limit(1)).scalar_one_or_none()


def unverified(session: Session, body_id: int, asked_since: datetime) -> int:
    """How many addresses that were entered for a body since an instant wait to be confirmed."""
    wanted = select(func.count(col(BodyContact.id))).where(
        col(BodyContact.body_id) == body_id,
        col(BodyContact.asked_at) > asked_since,
        col(BodyContact.verified_at).is_(None),
        col(BodyContact.ended_at).is_(None),
    )
    return int(session.execute(wanted).scalar_one())


def add(session: Session, contact: BodyContact) -> BodyContact:
    """Keep one."""
    session.add(contact)
    session.flush()
    return contact


def never_confirmed(session: Session, asked_before: datetime, most: int) -> list[BodyContact]:
    """Addresses that were entered before an instant and never confirmed."""
    wanted = select(BodyContact).where(
        col(BodyContact.verified_at).is_(None),
        col(BodyContact.ended_at).is_(None),
        col(BodyContact.asked_at) < asked_before,
    )
    return list(session.execute(wanted.limit(most)).scalars())


def confirmed_before(session: Session, verified_before: datetime, most: int) -> list[BodyContact]:
    """Contacts who confirmed before an instant and whose address is still kept."""
    wanted = select(BodyContact).where(
        col(BodyContact.verified_at) < verified_before, col(BodyContact.ended_at).is_(None)
    )
    return list(session.execute(wanted.limit(most)).scalars())


def mark_bounced(session: Session, address_hash: str, spelt: str, now: datetime) -> int:
    """Letters to an address came back: it is marked wherever it is a body's, until somebody renews it; how many."""
    boxes = update(BodyReach).where(
        col(BodyReach.kind) == ReachKind.MAILBOX,
        func.lower(col(BodyReach.value)) == spelt,
        col(BodyReach.superseded_at).is_(None),
        col(BodyReach.bounced_at).is_(None),
    )
    people = update(BodyContact).where(
        col(BodyContact.address_hash) == address_hash,
        col(BodyContact.ended_at).is_(None),
        col(BodyContact.bounced_at).is_(None),
    )
    done = 0
    for one in (boxes, people):
        marked = session.execute(one.values(bounced_at=now).execution_options(synchronize_session=False))
        done += int(marked.rowcount)  # type: ignore[attr-defined]
    return done


def out_of_reach(session: Session) -> list[tuple[BodyReach, Body]]:
    """Mailboxes of bodies from which letters come back, the longest first."""
    wanted = (
        select(BodyReach, Body)
        .join(Body, col(Body.id) == col(BodyReach.body_id))
        .where(col(BodyReach.bounced_at).is_not(None), col(BodyReach.superseded_at).is_(None))
    )
    return [(row[0], row[1]) for row in session.execute(wanted.order_by(col(BodyReach.bounced_at))).all()]
