"""A site that reminds bodies over a real relay on loopback, and days that are near."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from tests.services.entered import GROUP, STATED, item, owing
from tests.services.told import Clock, Inbox, frame, relay, site
from tracker.compose import Composed, compose
from tracker.config import Reminders
from tracker.domain.partial import day
from tracker.domain.words import ClockEntryKind, ResponseKind
from tracker.jobs import run_once
from tracker.services.look import Look, look
from tracker.services.move_clock import MoveClock, move_clock
from tracker.services.reach_body import reach_body
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.storage.tables import Body, Event, Reminder

BOX = "office@water.gov.example"
DUE = date(2026, 5, 4)
START = datetime(2026, 3, 10, 9, tzinfo=UTC)
"""The day after the report came out, eight weeks before the day."""


class Reminding:
    """A site with its clock and inbox, in the steps people and workers take."""

    def __init__(self, composed: Composed, clock: Clock, inbox: Inbox) -> None:
        self.composed, self.clock, self.inbox = composed, clock, inbox
        self.document = ""

    def enter(self, *titles: str, **changes: Any) -> list[int]:
        """Items the ministry owes an answer to by 4 May 2026."""
        with self.composed.database.writing() as session:
            self.document = self.document or frame(session)
            changes = {"deadline": STATED, **changes}
            made = [
                item(session, document=self.document, title=title, now=self.clock(), **changes)
                for title in titles or ("Publish the river data",)
            ]
            return [id_ for one in made for id_ in owing(session, one)]

    def due(self, title: str, on: date) -> list[int]:
        """An item due on another day."""
        return self.enter(title, deadline=replace(STATED, stated=day(on)))

    def reach(
        self, mailbox: str = BOX, source: str = "https://water.gov.example/contact", **more: Any
    ) -> None:
        """Put the ministry's mailbox on record."""
        with self.composed.database.writing() as session:
            reach_body(
                session, self.clock(), body(session), (), mailbox, actor=GROUP, mailbox_source=source, **more
            )

    def look(self, *owed: int, on: date) -> None:
        """Somebody looked and found nothing."""
        with self.composed.database.writing() as session:
            said = Look(obligations=owed, looked_on=on, places=("https://water.example/answers",))
            look(session, self.clock(), said, actor=GROUP)

    def work(self) -> list[EmailMessage]:
        """One round of reminding and of sending; the messages it brought."""
        before = len(self.inbox.messages)
        run_once("remind", self.composed)
        run_once("deliver", self.composed)
        return self.inbox.messages[before:]

    def days(self, until: date) -> list[tuple[date, EmailMessage]]:
        """A round on every day up to one; what came on which."""
        found = []
        while self.clock().date() <= until:
            found += [(self.clock().date(), message) for message in self.work()]
            self.clock.forward(timedelta(days=1))
        return found

    def on(self, on: date) -> None:
        """It is nine in the morning of that day."""
        self.clock.at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)

    def told(self) -> list[Event]:
        """What the log says of reminders."""
        with self.composed.database.reading() as session:
            rows = session.exec(select(Event).order_by(col(Event.id))).all()
            return [row for row in rows if row.detail.get("what") == "reminded"]

    def noted(self) -> list[Event]:
        """What the log says of reminders and of their end."""
        with self.composed.database.reading() as session:
            rows = session.exec(select(Event).order_by(col(Event.id))).all()
            return [row for row in rows if str(row.detail.get("what")).startswith("remind")]

    def rows(self, table: type[Any] = Reminder) -> list[Any]:
        """All rows of a table."""
        with self.composed.database.reading() as session:
            return list(session.exec(select(table).order_by(table.id)).all())


def body(session: Session) -> Body:
    """The ministry."""
    return session.exec(select(Body).where(Body.key == "ministry-of-water")).one()


def extend(session: Session, owed: int, until: date, now: datetime) -> None:
    """The day is moved, with its reason."""
    said = MoveClock(
        obligation=owed,
        kind=ClockEntryKind.EXTENSION,
        works_from_on=now.date(),
        new_due_on=until,
        reason="More time was asked for.",
        source_url="https://water.gov.example/more-time",
        cures=True,
    )
    move_clock(session, now, said, actor=GROUP)


def answer(session: Session, owed: int, now: datetime) -> None:
    """A reply came that nobody has judged yet."""
    said = LogResponse(
        body="ministry-of-water",
        lines=(SaidFor(obligation=owed, kind=ResponseKind.REPLY),),
        first_seen_on=now.date(),
        received=day(now.date()),
        text="We accept it and publish the data in June.",
    )
    respond(session, now, said, actor=GROUP)


def reminding_site(
    url: str, clock: Clock, port: int, folder: Path, plan: Reminders | None = None, *, demo: bool = False
) -> Composed:
    """The site with reminders switched on, unless another plan is given."""
    plain = site(url, clock, port, folder)
    wanted = plan or Reminders(enabled=True)
    config = replace(plain.config, reminders=wanted)
    config = replace(config, site=replace(config.site, demo=demo, contact_email="desk@example.org"))
    plain.close()
    return compose(config, clock)


@contextmanager
def reminding(
    url: str, port: int, folder: Path, plan: Reminders | None = None, **more: Any
) -> Iterator[Reminding]:
    """A site, its clock and its relay."""
    inbox, clock = Inbox(), Clock(START)
    with relay(inbox, port):
        composed = reminding_site(url, clock, port, folder, plan, **more)
        try:
            yield Reminding(composed, clock, inbox)
        finally:
            composed.close()
