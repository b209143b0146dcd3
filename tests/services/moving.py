"""A question by a rule that counts working days, and a site that was told of a day off."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tests.services.entered import item, owing, report
from tracker.domain.habits import Habits
from tracker.domain.partial import day
from tracker.domain.words import EventKind, Trigger
from tracker.services.reckon import Deadline
from tracker.services.recompute import ALL, Batch, Scope, begin, go_on
from tracker.storage.engine import Database
from tracker.storage.tables import Document, Event, Terms

ASKED = date(2026, 5, 5)
DUE = date(2026, 6, 3)
"""20 working days from 5 May 2026: the bank holiday of 25 May is left out."""
FUNERAL = ("GB", date(2026, 5, 20), "State funeral")
NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
RULE = "gb-foi-s10"
WORKING = Deadline(rule=RULE, trigger=Trigger.RECEIVED, trigger_on=day(ASKED))


def asked(session: Session, deadline: Deadline = WORKING, **more: Any) -> int:
    """The id of what one body owes by a deadline."""
    document = session.exec(select(Document)).first()
    key = document.key if document else report(session)
    return owing(session, item(session, deadline=deadline, now=NOW, document=key, **more))[0]


@contextmanager
def told_of(url: str, *days_off: tuple[str, date, str]) -> Iterator[Database]:
    """The same site after its configuration names more days off."""
    database = Database(url, Habits(days_off=days_off))
    try:
        yield database
    finally:
        database.close()


def recomputed(database: Database, now: datetime = NOW, scope: Scope = ALL) -> list[Batch]:
    """One whole pass, batch by batch."""
    with database.writing() as session:
        id_ = begin(session, now, scope)
    done = []
    while not done or not done[-1].finished:
        with database.writing() as session:
            done.append(go_on(session, now, id_, scope))
    return done


def moved(session: Session) -> list[Event]:
    """The moved dates of the log."""
    return list(session.exec(select(Event).where(col(Event.kind) == EventKind.DATE_MOVED)))


def terms(session: Session, obligation_id: int) -> list[Terms]:
    """All terms an obligation ever had, the first first."""
    wanted = select(Terms).where(col(Terms.obligation_id) == obligation_id).order_by(col(Terms.id))
    return list(session.exec(wanted))
