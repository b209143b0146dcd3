"""A site that mails through a real relay on loopback, and news to tell, for the tests of being told."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from socket import create_server
from typing import Any

from aiosmtpd.controller import Controller
from sqlmodel import Session, col, select

from tests.services.entered import GROUP, item, owing
from tracker.compose import Composed, compose
from tracker.config import Archive, Config, Database, Logs, Mail, Site
from tracker.domain.keys import key_of
from tracker.domain.link_tokens import Seal
from tracker.domain.partial import day
from tracker.domain.words import Basis, BodyKind, DeliveryState, EventKind, ProcessKind
from tracker.jobs import run_once
from tracker.services.read_wish import wish_from
from tracker.services.record_event import record_event
from tracker.services.subscribe import ask, confirm
from tracker.storage.columns import partial_fields
from tracker.storage.tables import Body, Delivery, Document, Obligation, Process, Subscription

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
SECRET = "a secret of the tests, long enough for any check"
ADA, BOB = "ada@example.org", "bob@example.org"


@dataclass
class Clock:
    """A clock that stands still until it is told to go on."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def forward(self, by: timedelta) -> None:
        self.at += by


def _nothing() -> None:
    """Nobody wants to know."""


class Inbox:
    """Takes every message, or answers as it is told for each recipient."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.refusals: dict[str, str] = {}
        self.before: dict[str, Callable[[], None]] = {}
        """What happens, by command, before it is answered."""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self.before.get("RCPT", _nothing)()
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.raw.append(envelope.original_content)
        self.messages.append(message_from_bytes(envelope.original_content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        self.before.get("DATA", _nothing)()
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """The messages an address got."""
        return [m for m, who in zip(self.messages, self.recipients, strict=True) if who == address]


@contextmanager
def relay(inbox: Inbox, port: int, **settings: Any) -> Iterator[int]:
    """A real SMTP server on loopback; its port."""
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **settings)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def site(url: str, clock: Any, port: int, folder: Path, host: str = "127.0.0.1") -> Composed:
    """A site on a database that has its tables, mailing through a relay on loopback."""
    base = Config()
    config = replace(
        base,
        site=Site(name="Answer Watch", base_url="https://answers.example.org", publisher="City Watch"),
        database=Database(url),
        web=replace(base.web, secret_key=SECRET),
        mail=Mail(
            host=host, port=port, starttls=False, sender="alerts@example.org", sender_name="Answer Watch"
        ),
        logs=Logs(folder / "signing.key"),
        archive=Archive(folder / "archive"),
    )
    return compose(config, clock)


def frame(session: Session) -> str:
    """A document and the ministry it asks, as rows: what is counted in the log here is news. Its key."""
    recorded: dict[str, Any] = {"recorded_at": NOW - timedelta(days=90), "recorded_by": GROUP}
    process = Process(
        key="citizens-assembly-on-water",
        kind=ProcessKind.CITIZENS_ASSEMBLY,
        name="Citizens’ Assembly on Water",
        jurisdiction="GB",
        language="en",
        **recorded,
    )
    rows: list[Body | Process] = [
        Body(key=key_of(name, "body"), name=name, kind=BodyKind.GOVERNMENT, jurisdiction="GB", **recorded)
        for name in ("Ministry of Water", "Ministry of Rivers")
    ]
    session.add_all([process, *rows])
    session.flush()
    published = partial_fields("published", day(date(2026, 3, 9)))
    key = "citizens-assembly-on-water-final-report"
    session.add(Document(key=key, process_id=process.id or 0, title="Final report", **published, **recorded))
    session.flush()
    return key


@dataclass
class Telling:
    """A site with its clock and inbox, in the steps people and workers take."""

    composed: Composed
    clock: Clock
    inbox: Inbox
    owed: list[int] = field(default_factory=list)

    def work(self) -> int:
        """One round of the deliver job."""
        return run_once("deliver", self.composed)

    def ask(self, address: str = ADA, **fields: str) -> None:
        with self.composed.database.writing() as session:
            ask(session, wish_from({"email": address, **fields}, "en"), Seal(SECRET), self.clock())

    def confirm(self, address: str = ADA) -> str:
        """Press the button of the newest letter, for everything that waits; the management token."""
        token = link(self.inbox.to(address)[-1], "subscriptions")
        with self.composed.database.writing() as session:
            chosen = [row.id or 0 for row in session.exec(select(Subscription)).all()]
            found = confirm(session, token, chosen, Seal(SECRET), self.clock())
        assert found is not None
        return found

    def subscribe(self, address: str = ADA, **fields: str) -> str:
        """Ask, get the letter, confirm; an hour later."""
        self.ask(address, **fields)
        self.work()
        managing = self.confirm(address)
        self.clock.forward(timedelta(hours=2))
        return managing

    def enter(self, items: int = 1) -> None:
        """Items that somebody owes an answer to."""
        with self.composed.database.writing() as session:
            document = frame(session)
            for number in range(items):
                title = f"Recommendation {number + 1}"
                self.owed += owing(
                    session, item(session, document=document, title=title, now=NOW - timedelta(days=60))
                )

    def happen(self, kind: EventKind = EventKind.BECAME_OVERDUE, which: int = 0, **changes: Any) -> int:
        """Something is announced about an obligation; the event's id."""
        with self.composed.database.writing() as session:
            return happen(session, self.owed[which], kind, self.clock(), **changes)

    def ledger(self) -> list[Delivery]:
        """Every row of news, in order."""
        with self.composed.database.reading() as session:
            rows = list(session.exec(select(Delivery).order_by(col(Delivery.id))).all())
            session.expunge_all()
        return [row for row in rows if not row.letter]

    def states(self) -> list[DeliveryState]:
        return [row.state for row in self.ledger()]

    def subscriptions(self) -> list[Subscription]:
        with self.composed.database.reading() as session:
            rows = list(session.exec(select(Subscription).order_by(col(Subscription.id))).all())
            session.expunge_all()
        return rows


def happen(
    session: Session, obligation_id: int, kind: EventKind, now: datetime, *, backfill: bool = False
) -> int:
    obligation = session.get(Obligation, obligation_id)
    event = record_event(
        session,
        kind,
        now=now,
        happened_on=now.date(),
        obligation=obligation,
        actor=GROUP,
        backfill=backfill,
        detail={"basis": Basis.CONVENTION.value, "days_overdue": 8, "checked_on": now.date().isoformat()},
    )
    session.flush()
    assert event.id is not None
    return event.id


def link(message: EmailMessage, place: str) -> str:
    """The token of the first link to a place in the message's plain text."""
    body = message.get_body(("plain",))
    assert body is not None
    found = re.search(rf"https://answers\.example\.org/{place}/([\w-]+)", body.get_content())
    assert found is not None, body.get_content()
    return found[1]


@contextmanager
def telling_site(url: str, folder: Path, clock: Clock | None = None) -> Iterator[Telling]:
    """A site on a database, with a clock that stands still and a real relay."""
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    inbox, clock = Inbox(), clock or Clock()
    with relay(inbox, port):
        composed = site(url, clock, port, folder)
        yield Telling(composed, clock, inbox)
        composed.database.close()
