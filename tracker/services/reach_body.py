"""Put on record how a body is reached by mail: its own domains, its functional mailbox; never a person's."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from tracker.domain.addresses import AddressError, email_address
from tracker.domain.own_domain import ReachKind, is_shared, looks_personal
from tracker.domain.refusals import Refused, insist, refuse
from tracker.storage import contacts
from tracker.storage.entries import id_of
from tracker.storage.tables import Body, BodyReach

MOST_DOMAINS = 20
LONGEST_ADDRESS = 2000


def reach_body(
    session: Session,
    now: datetime,
    body: Body,
    domains: tuple[str, ...],
    mailbox: str,
    *,
    actor: str,
    surely_an_office: bool = False,
    mailbox_source: str = "",
) -> None:
    """Replace what is on record; earlier rows stay, superseded. Nothing of it is public.

    `mailbox_source`: the page on which the body publishes its mailbox; without one it gets no reminders.
    """
    wanted_domains = list(
        dict.fromkeys(one.strip().lower().removeprefix("@") for one in domains if one.strip())
    )
    source = mailbox_source.strip() if mailbox.strip() else ""
    complaints = [*_domain_complaints(wanted_domains), *_mailbox_complaints(mailbox, surely_an_office)]
    insist([*complaints, *_source_complaints(source)])
    wanted = {(ReachKind.DOMAIN, one) for one in wanted_domains}
    wanted |= {(ReachKind.MAILBOX, email_address(mailbox))} if mailbox.strip() else set()
    held = {(row.kind, row.value): row for row in contacts.reaches(session, id_of(body))}
    for key, row in held.items():
        row.superseded_at = None if key in wanted else now
        row.bounced_at = None  # whoever sends the form has looked at it
        if row.kind is ReachKind.MAILBOX:
            row.source_url = source or None
    for kind, value in sorted(wanted - set(held)):
        row = BodyReach(body_id=id_of(body), kind=kind, value=value, recorded_at=now, recorded_by=actor)
        row.source_url = source if source and kind is ReachKind.MAILBOX else None
        session.add(row)
    session.flush()


def _source_complaints(source: str) -> Iterator[Refused]:
    if source and not source.startswith(("https://", "http://")):
        yield refuse("mailbox_source", "Give the full address of the page, beginning with https://.")
    if len(source) > LONGEST_ADDRESS:
        yield refuse("mailbox_source", "Use at most %(most)s characters.", most=LONGEST_ADDRESS)


def _domain_complaints(domains: list[str]) -> Iterator[Refused]:
    if len(domains) > MOST_DOMAINS:
        yield refuse("domains", "Give at most %(most)s domains.", most=MOST_DOMAINS)
    for one in domains:
        try:
            email_address(f"office@{one}")
        except AddressError:
            yield refuse(
                "domains", "“%(domain)s” is no mail domain: write it like example.org.", domain=one[:80]
            )
            continue
        if is_shared(one):
            yield refuse(
                "domains",
                "%(domain)s is shared by many who have nothing to do with one another: it proves nothing.",
                domain=one,
            )


def _mailbox_complaints(mailbox: str, surely_an_office: bool) -> Iterator[Refused]:
    if not mailbox.strip():
        return
    try:
        address = email_address(mailbox)
    except AddressError as error:
        yield refuse("mailbox", str(error))
        return
    if looks_personal(address) and not surely_an_office:
        yield refuse(
            "surely_an_office",
            "%(address)s looks like one person's. Give the office's mailbox, or confirm that it is one.",
            address=address,
        )
