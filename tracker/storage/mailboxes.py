"""Where bodies can be reminded: the functional mailbox of each, and why one gets nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.domain.own_domain import ReachKind, looks_personal
from tracker.domain.reminding import NotReminded
from tracker.storage.prepared import IDS
from tracker.storage.tables import Body, BodyContact, BodyReach, ReminderStop


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A body's mailbox as reminders see it; `problem` says why it gets none."""

    reach: BodyReach | None = None
    problem: NotReminded | None = NotReminded.NO_MAILBOX
    since_at: datetime | None = None
    """Since when it asked for none, or its mail came back."""
    language: str = ""
    """Of whoever proved that they read it; empty where nobody did."""


NONE = Mailbox()


def mailboxes(session: Session, body_ids: Iterable[int]) -> Mapping[int, Mailbox]:
    """By body, its mailbox; a body without one is left out."""
    found = session.execute(_MAILBOXES, {IDS.key: sorted(set(body_ids))}).scalars()
    rows = {row.body_id: row for row in found}
    if not rows:
        return {}
    stops = _stops(session, [row.value for row in rows.values()])
    proved = _proved(session, rows)
    return {id_: _seen(row, stops, proved.get(id_)) for id_, row in rows.items()}


_MAILBOXES = (
    select(BodyReach)
    .where(
        col(BodyReach.body_id).in_(IDS),
        col(BodyReach.kind) == ReachKind.MAILBOX,
        col(BodyReach.superseded_at).is_(None),
    )
    .order_by(col(BodyReach.id))
)


def mailbox_of(session: Session, body_id: int) -> Mailbox:
    """One body's mailbox."""
    return mailboxes(session, [body_id]).get(body_id, NONE)


def of_reach(session: Session, row: BodyReach) -> Mailbox:
    """What is known of one mailbox, also where another has taken its place since."""
    return _seen(row, _stops(session, [row.value]), _proved(session, {row.body_id: row}).get(row.body_id))


def bodies_at(session: Session, row: BodyReach) -> list[Body]:
    """The bodies whose mailbox has the address of this one, by name."""
    wanted = (
        select(Body)
        .join(BodyReach, col(BodyReach.body_id) == col(Body.id))
        .where(
            col(BodyReach.kind) == ReachKind.MAILBOX,
            col(BodyReach.superseded_at).is_(None),
            func.lower(col(BodyReach.value)) == row.value.lower(),
        )
        .distinct()
    )
    return sorted(session.execute(wanted).scalars(), key=lambda body: body.name)


def _seen(row: BodyReach, stops: Mapping[str, ReminderStop], language: str | None) -> Mailbox:
    stop = stops.get(row.value.lower())
    if stop is not None:
        return Mailbox(row, NotReminded.ASKED, stop.recorded_at, language or "")
    if row.bounced_at is not None:
        return Mailbox(row, NotReminded.BOUNCED, row.bounced_at, language or "")
    problem = NotReminded.PERSONAL if looks_personal(row.value) else None
    if problem is None and not row.source_url and language is None:
        problem = NotReminded.UNSOURCED
    return Mailbox(row, problem, None, language or "")


def _stops(session: Session, addresses: Iterable[str]) -> Mapping[str, ReminderStop]:
    """The stops in force, by mailbox: of whatever body, and whenever it was put on record."""
    wanted = (
        select(func.lower(col(BodyReach.value)), ReminderStop)
        .join(BodyReach, col(BodyReach.id) == col(ReminderStop.reach_id))
        .where(
            col(ReminderStop.lifted_at).is_(None),
            func.lower(col(BodyReach.value)).in_(sorted({one.lower() for one in addresses})),
        )
        .order_by(col(ReminderStop.id).desc())
    )
    return {str(row[0]): row[1] for row in session.execute(wanted).all()}


def _proved(session: Session, rows: Mapping[int, BodyReach]) -> Mapping[int, str]:
    """By body, the language of the contact who proved by mail that they read its mailbox."""
    wanted = select(BodyContact).where(
        col(BodyContact.body_id).in_(sorted(rows)),
        col(BodyContact.verified_at).is_not(None),
        col(BodyContact.ended_at).is_(None),
    )
    return {
        one.body_id: one.language
        for one in session.execute(wanted.order_by(col(BodyContact.id))).scalars()
        if one.address.lower() == rows[one.body_id].value.lower()
    }


def stop(session: Session, reach_id: int, now: datetime) -> bool:
    """Send that mailbox no reminders from now on; False where it got none already."""
    row = session.get(BodyReach, reach_id)
    if row is None or _stops(session, [row.value]):
        return False
    session.add(ReminderStop(reach_id=reach_id, recorded_at=now))
    session.flush()
    return True


def lift(session: Session, reach_id: int, now: datetime, actor: str) -> bool:
    """Let that mailbox get reminders again; False where nothing stopped them."""
    row = session.get(BodyReach, reach_id)
    if row is None or not _stops(session, [row.value]):
        return False
    same = select(col(BodyReach.id)).where(func.lower(col(BodyReach.value)) == row.value.lower())
    wanted = select(ReminderStop).where(
        col(ReminderStop.reach_id).in_(same), col(ReminderStop.lifted_at).is_(None)
    )
    for one in session.execute(wanted).scalars():
        one.lifted_at, one.lifted_by = now, actor
    session.flush()
    return True


def stopped(session: Session, most: int = 200) -> list[tuple[BodyReach, ReminderStop]]:
    """The mailboxes that asked for no reminders, the last first."""
    wanted = (
        select(BodyReach, ReminderStop)
        .join(ReminderStop, col(ReminderStop.reach_id) == col(BodyReach.id))
        .where(col(ReminderStop.lifted_at).is_(None))
        .order_by(col(ReminderStop.id).desc())
    )
    return [(row[0], row[1]) for row in session.execute(wanted.limit(most)).all()]
