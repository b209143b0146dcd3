"""A mailbox asks for no more reminders: the link of each letter leads there, and only its button does it."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain.link_tokens import Purpose
from tracker.domain.words import EventKind, Visibility
from tracker.services.record_event import record_event
from tracker.services.write_links import subject_of
from tracker.storage import mailboxes
from tracker.storage.mailboxes import Mailbox
from tracker.storage.tables import Body, BodyReach

STOPPED = "reminders_stopped"


def opened(session: Session, token: str, now: datetime) -> tuple[Mailbox, list[Body]] | None:
    """The mailbox a letter's link is about and the public bodies that have it; None where it leads nowhere."""
    subject = subject_of(session, Purpose.REMINDERS, token, now)
    if subject is None or subject.kind != "reach":
        return None
    reach = session.get(BodyReach, int(subject.value))
    if reach is None:
        return None
    box = mailboxes.of_reach(session, reach)
    return box, [one for one in mailboxes.bodies_at(session, reach) if one.visibility is Visibility.PUBLIC]


def stop_reminders(session: Session, token: str, now: datetime) -> bool:
    """No more reminders to that mailbox, whichever body has it; public for each, without the address.

    False where the link leads nowhere; pressing twice changes nothing.
    """
    found = opened(session, token, now)
    if found is None:
        return False
    box, bodies = found
    if box.reach is None or not mailboxes.stop(session, box.reach.id or 0, now):
        return True
    for body in bodies:
        record_event(
            session,
            EventKind.NOTED,
            now=now,
            happened_on=now.date(),
            body=body,
            actor=f"body:{body.key}",
            detail={"what": STOPPED},
        )
    return True
