"""Before a first verdict against a body takes effect, its functional mailbox is told and has some days to answer."""

from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.letter import NOTICE
from tracker.domain.words import Role, Verdict
from tracker.services.choose import today_where
from tracker.services.write_letter import write_letter
from tracker.storage import assessments, contacts, entries
from tracker.storage.engine import habits_of
from tracker.storage.entries import Owed
from tracker.storage.tables import Assessment


def give_notice(session: Session, now: datetime, made: Assessment) -> bool:
    """Queue the notice and hold the verdict back until its days are over; False where it counts at once."""
    [one] = entries.owed(session, [made.obligation_id])
    days = notice_days(session, made, one)
    if not days:
        return False
    until = today_where(one, now) + timedelta(days=days)
    made.notice_until_on = until
    write_letter(
        session,
        now,
        NOTICE,
        contacts.mailbox(session, one.body.id or 0),
        link=f"/object?body={one.body.key}",
        said={
            "body": one.body.name,
            "title": one.item.title,
            "reasons": made.reasons,
            "until": until.isoformat(),
        },
        about={"item": one.item.key, "body": one.body.key},
    )
    return True


def notice_days(session: Session, made: Assessment, one: Owed) -> int:
    """How many days of notice a verdict is given; 0 where no mailbox is on record, or it is not the first."""
    days = habits_of(session).notice_days
    flags = one.addressee.role is not Role.SUPPORTING and not one.terms.no_date
    if not days or made.verdict is not Verdict.NOT or not flags or made.notice_until_on is not None:
        return 0
    reached = contacts.mailbox(session, one.body.id or 0)
    earlier = assessments.against_body(session, one.body.id or 0, made.id or 0)
    return days if reached and not earlier else 0
