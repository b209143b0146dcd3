"""A desk with people who are told by mail, and things that come to wait there, in the steps that bring them."""

from datetime import timedelta
from email.message import EmailMessage

from sqlmodel import Session, select

from tests.services.entered import item, owing
from tests.services.queued import finding, source
from tests.services.told import Telling, frame
from tracker.domain.words import ObjectionKind, ObjectionState, UserRole
from tracker.jobs import run_once
from tracker.services.alert_wishes import Chosen, choose_alerts
from tracker.services.note_health import note_failure, note_success
from tracker.services.people import add_user
from tracker.storage.entries import id_of
from tracker.storage.people import user_by_email
from tracker.storage.tables import (
    Finding,
    Objection,
    Source,
)

WORDS = "three calm herons"
EDITOR, REVIEWER, ADMIN = "editor@example.org", "reviewer@example.org", "admin@example.org"
DAY = timedelta(days=1)


def add(telling: Telling, email: str, role: UserRole, group: str = "city-watch") -> int:
    with telling.composed.database.writing() as session:
        return id_of(add_user(session, telling.clock(), email, role, group, password=WORDS).user)


def alert(telling: Telling) -> None:
    """A round of the worker: what waits is queued, and what was queued is sent."""
    run_once("alerts", telling.composed)
    telling.work()


def morning(telling: Telling, days: int = 1) -> None:
    """Time goes on, to after seven o’clock."""
    telling.clock.forward(days * DAY)
    alert(telling)


def choose(telling: Telling, email: str, **often: str) -> None:
    with telling.composed.database.writing() as session:
        user = user_by_email(session, email)
        assert user is not None
        said = Chosen(often, "0", True, "UTC", "en")
        choose_alerts(session, telling.clock(), id_of(user), said, ("en", "es"))


def findings(
    telling: Telling, *titles: str, key: str = "answers", process_id: int | None = None
) -> list[int]:
    with telling.composed.database.writing() as session:
        known = session.exec(select(Source).where(Source.key == key)).one_or_none()
        where = source(session, key, process_id) if known is None else (id_of(known), _run(session, known))
        return [finding(session, where, title, found_at=telling.clock()) for title in titles]


def _run(session: Session, known: Source) -> int:
    found = session.exec(select(Finding).where(Finding.source_id == known.id)).first()
    assert found is not None
    return found.run_id


def subjects(telling: Telling, to: str = EDITOR) -> list[str]:
    return [str(message["Subject"]) for message in telling.inbox.to(to)]


def text(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def broken(telling: Telling, key: str) -> None:
    with telling.composed.database.writing() as session:
        found = session.exec(select(Source).where(Source.key == key)).one()
        note_failure(session, found, "The page is gone.", telling.clock(), code="gone")


def mended(telling: Telling, key: str) -> None:
    with telling.composed.database.writing() as session:
        found = session.exec(select(Source).where(Source.key == key)).one()
        note_success(session, found, 3, telling.clock())


def objected(telling: Telling) -> None:
    with telling.composed.database.writing() as session:
        owed = owing(session, item(session, document=frame(session)))
        rows = [
            Objection(
                obligation_id=id_,
                kind=ObjectionKind.WE_ANSWERED,
                state=ObjectionState.OPEN,
                number="2026-0001",
                text="private words",
                recorded_at=telling.clock(),
                recorded_by="contact:1",
            )
            for id_ in owed * 2
        ]
        session.add_all(rows)
