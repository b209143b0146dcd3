"""One item and those who follow it: what is written about it, and what they are then told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from tests.services.entered import GROUP, STATED, item, owing, people
from tests.services.told import ADA, BOB, Telling, frame
from tests.web.open_site import Opened
from tracker.domain.partial import day
from tracker.domain.substance import Tick
from tracker.domain.words import EventKind, ResponseKind, Verdict
from tracker.jobs import run_once
from tracker.services.assess import Assess, assess
from tracker.services.look import Look, look
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.storage import entries
from tracker.storage.tables import Body, Event

WATER, RIVERS = "ministry-of-water", "ministry-of-rivers"
PLACES = ("https://water.example/answers",)
MORNING = time(5)
"""Before the daily digest, which goes out at seven of the subscriber's clock."""


@dataclass
class Story:
    """A ministry owes an answer by 4 May 2026; Ada is told at once of everything, Bob each morning of what is overdue."""

    telling: Telling
    owed: int = 0
    item: str = ""
    readers: tuple[int, int] = (0, 0)

    def begin(self, zone: str | None = None, **changes: Any) -> "Story":
        """The item is entered on 1 April, and both follow; what was told so far is forgotten."""
        self.to(date(2026, 4, 1))
        with self.telling.composed.database.writing() as session:
            self.readers, document = people(session), frame(session)
            for body in session.exec(select(Body)).all():
                body.zone = zone
            made = item(session, document=document, now=self.now, **({"deadline": STATED} | changes))
            [self.owed], self.item = owing(session, made), made.key
        self.telling.subscribe(ADA, list="obligations", frequency="instant")
        self.telling.subscribe(BOB, list="overdue", frequency="daily", zone="Europe/London")
        self.forget()
        return self

    @property
    def now(self) -> datetime:
        """What the clock of the site says."""
        return self.telling.clock.at

    def to(self, on: date, at: time = MORNING, zone: str = "UTC") -> None:
        """The day and hour at a place; no worker runs in between."""
        self.telling.clock.at = datetime.combine(on, at, ZoneInfo(zone)).astimezone(UTC)

    def work(self) -> None:
        """A round of the worker."""
        for job in ("sweep", "deliver"):
            run_once(job, self.telling.composed)

    def morning(self, on: date, at: time = time(8)) -> None:
        """A round of the worker once the digests of a day are due."""
        self.to(on, at)
        self.work()

    def write(self, act: Callable[[Session], Any]) -> Any:
        """Somebody writes something, ten minutes later."""
        self.telling.clock.forward(timedelta(minutes=10))
        with self.telling.composed.database.writing() as session:
            return act(session)

    def looked(self, on: date | None = None) -> None:
        """Somebody looks for the answer, and finds none."""
        said = Look(obligations=(self.owed,), looked_on=on or self.now.date(), places=PLACES)
        self.write(lambda session: look(session, self.now, said, actor=GROUP))

    def replied(self, published: date, kind: ResponseKind = ResponseKind.REPLY) -> int:
        """A reply is found today."""
        said = LogResponse(
            body=WATER,
            lines=(SaidFor(obligation=self.owed, kind=kind),),
            first_seen_on=self.now.date(),
            published=day(published),
            url=f"https://water.example/{published}",
            title="Our reply",
        )
        return entries.id_of(
            self.write(lambda session: _known(respond(session, self.now, said, actor=GROUP)))
        )

    def judged(self, response: int, said: Verdict = Verdict.SUBSTANTIVE) -> int:
        """One reader's verdict on a reply."""
        wanted = Assess(
            obligation=self.owed,
            responses=(response,),
            verdict=said,
            reasons="Because.",
            checklist={"position": Tick(ticked=True, quote="We accept this.", page="3")},
        )
        return entries.id_of(
            self.write(
                lambda session: _known(
                    assess(session, self.now, wanted, actor=GROUP, user_id=self.readers[0])
                )
            )
        )

    def forget(self) -> None:
        """What was mailed so far."""
        self.telling.inbox.messages.clear()
        self.telling.inbox.recipients.clear()
        self.telling.inbox.raw.clear()

    def subjects(self, address: str = ADA) -> list[str]:
        """What the mails to an address were about, since they were last asked for."""
        return [str(message["Subject"]) for message in self.telling.inbox.to(address)]

    def texts(self, address: str = ADA) -> list[str]:
        """Their words."""
        return [
            message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
            for message in self.telling.inbox.to(address)
        ]

    def log(self) -> list[tuple[EventKind, date, bool]]:
        """Every event of the log about the item but its entry: what, when, whether only for the record."""
        with self.telling.composed.database.reading() as session:
            rows = session.exec(select(Event).order_by(col(Event.id))).all()
            return [
                (row.kind, row.happened_on, row.backfill) for row in rows if row.kind is not EventKind.LOGGED
            ]

    def site(self) -> Opened:
        """The same site for a reader of pages and feeds."""
        return Opened(self.telling.composed.database, self.now)


def _known(row: Any) -> Any:
    assert row.id is not None
    return row
