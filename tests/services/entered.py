"""A process, a document, bodies and people as they would have been entered, for the services' tests."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.partial import day
from tracker.domain.words import Basis, ProcessKind, Standing, Trigger, UserRole
from tracker.services.enter import EnterItem, OwedBy, enter_item
from tracker.services.enter_process import (
    EnterBody,
    EnterDocument,
    EnterProcess,
    enter_body,
    enter_document,
    enter_process,
)
from tracker.services.people import add_user
from tracker.services.reckon import Deadline
from tracker.storage import segments
from tracker.storage.entries import at_the_moment, id_of, owed_for_item
from tracker.storage.tables import Item, Segment

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
GROUP = "group:city-watch"
DUE = date(2026, 5, 4)


def people(session: Session) -> tuple[int, int]:
    """An editor and a reviewer of the same group."""
    first = add_user(
        session, NOW, "first@example.org", UserRole.REVIEWER, "city-watch", password="three calm herons"
    ).user
    second = add_user(
        session, NOW, "second@example.org", UserRole.REVIEWER, "city-watch", password="three wild herons"
    ).user
    return id_of(first), id_of(second)


def report(session: Session) -> str:
    """A document of an assembly, and two ministries; its key."""
    assembly = EnterProcess(
        name="Citizens’ Assembly on Water", kind=ProcessKind.CITIZENS_ASSEMBLY, jurisdiction="GB"
    )
    process = enter_process(session, NOW, assembly, actor=GROUP)
    said = EnterDocument(process=process.key, title="Final report", published=day(date(2026, 3, 9)))
    for name in ("Ministry of Water", "Ministry of Rivers"):
        enter_body(session, NOW, EnterBody(name=name, jurisdiction="GB"), actor=GROUP)
    return enter_document(session, NOW, said, actor=GROUP).key


STATED = Deadline(
    basis=Basis.CONVENTION, stated=day(DUE), trigger=Trigger.PUBLISHED, trigger_on=day(date(2026, 3, 9))
)


def item(session: Session, *bodies: str, now: datetime = NOW, **changes: Any) -> Item:
    """An item whose answer was due on 4 May 2026."""
    wanted: dict[str, Any] = {
        "document": changes.pop("document", None) or report(session),
        "title": "Publish the river data",
        "addressees": tuple(OwedBy(body=body) for body in bodies or ("ministry-of-water",)),
        "deadline": STATED,
    }
    return enter_item(session, now, EnterItem(**wanted | changes), actor=GROUP)


def owing(session: Session, entered: Item) -> list[int]:
    """The ids of what is owed about an item."""
    return [owed.id for owed in owed_for_item(session, id_of(entered))]


def shown(session: Session, obligation_id: int, now: datetime = NOW) -> Segment:
    """What the site shows of an obligation."""
    found = at_the_moment(segments.current(session, obligation_id), now)
    assert found is not None
    return found


def standing(session: Session, obligation_id: int, now: datetime = NOW) -> Standing:
    """Where an obligation stands."""
    return shown(session, obligation_id, now).standing
