"""Clocks by a rule and by a stated date, and entries about them, for the tests of what moves a clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from tests.services.entered import GROUP, item, owing, shown
from tracker.domain.partial import day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import ClockEntryKind, EventKind
from tracker.services.move_clock import MoveClock, move_clock
from tracker.services.reckon import Deadline
from tracker.storage.entries import documents
from tracker.storage.tables import ClockEntry, Event

LATER = datetime(2026, 12, 1, 9, tzinfo=UTC)
"""A day on which everything these tests tell of has happened."""
EARLY = datetime(2026, 4, 1, 9, tzinfo=UTC)


def by_rule(rule: str, start: date, **more: object) -> Deadline:
    """A clock that a rule counts from a day."""
    return Deadline(rule=rule, trigger_on=day(start), **more)  # type: ignore[arg-type]


def clock_of(session: Session, deadline: Deadline | None = None) -> int:
    """One obligation, and its id."""
    more: dict[str, object] = {"deadline": deadline} if deadline else {}
    known = [document.key for document, _ in documents(session)]
    [id_] = owing(session, item(session, now=EARLY, document=known[0] if known else None, **more))
    return id_


def entry(id_: int, kind: ClockEntryKind, works_from_on: date, **more: object) -> MoveClock:
    """An entry about a clock."""
    wanted = {"obligation": id_, "kind": kind, "works_from_on": works_from_on, "reason": "So they wrote."}
    return MoveClock(**(wanted | more))  # type: ignore[arg-type]


def move(
    session: Session,
    id_: int,
    kind: ClockEntryKind,
    works_from_on: date,
    now: datetime = LATER,
    **more: object,
) -> ClockEntry:
    """The same, put on record."""
    return move_clock(session, now, entry(id_, kind, works_from_on, **more), actor=GROUP)


def due(session: Session, id_: int) -> date | None:
    """The due day the site shows when all has happened."""
    return shown(session, id_, LATER).due_on


def codes(session: Session, id_: int) -> list[str]:
    """The reasons it gives."""
    kept = shown(session, id_, LATER).detail.get("reasons", [])
    return [str(one["code"]) for one in kept]  # type: ignore[attr-defined]


def told(session: Session, kind: EventKind, id_: int) -> list[Event]:
    """The events of a kind about an obligation."""
    found = session.exec(select(Event).where(Event.obligation_id == id_)).all()
    return [event for event in found if event.kind is kind]


@contextmanager
def refused(*fields: str) -> Iterator[None]:
    """It is refused at these fields."""
    with pytest.raises(NotAccepted) as caught:
        yield
    assert tuple(one.field for one in caught.value.refusals) == fields
