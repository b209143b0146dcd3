"""Whatever happens to clocks, and in which order: an entry's number rises when its day or state does, and only then."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from tests.rendering.rfc5545 import Component, read
from tests.services import entered
from tests.services.entered import GROUP, STATED
from tests.web.open_site import Opened
from tracker.domain.partial import day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import ClockEntryKind
from tracker.services.correct import correct_terms, deadline_of
from tracker.services.move_clock import MoveClock, move_clock, undo_entry
from tracker.services.withhold import find_one, let_out, withhold
from tracker.storage.engine import Database
from tracker.storage.entries import documents, owed
from tracker.storage.tables import ClockEntry

START = datetime(2026, 4, 1, 9, tzinfo=UTC)
State = tuple[str, str]
"""The day and the status of an entry."""
Act = Callable[[Session, datetime, int, int], None]


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Opened]:
    opened = Opened(Database(sqlite_url), START)
    with opened.write() as session:
        entered.report(session)
    yield opened
    opened.database.close()


def _entry(kind: ClockEntryKind) -> Act:
    def act(session: Session, now: datetime, owed_id: int, days: int) -> None:
        moved: dict[ClockEntryKind, dict[str, Any]] = {
            ClockEntryKind.EXTENSION: {"new_due_on": now.date() + timedelta(days=days + 1)}
        }
        said = MoveClock(
            obligation=owed_id,
            kind=kind,
            works_from_on=now.date(),
            reason="Order",
            cures=True,
            **moved.get(kind, {}),
        )
        move_clock(session, now, said, actor=GROUP)

    return act


def _undone(session: Session, now: datetime, owed_id: int, _days: int) -> None:
    held = select(ClockEntry).where(
        ClockEntry.obligation_id == owed_id, col(ClockEntry.superseded_at).is_(None)
    )
    newest = session.exec(held.order_by(col(ClockEntry.id).desc())).first()
    if newest is not None:
        undo_entry(session, now, newest, "misread", actor=GROUP)


def _corrected(session: Session, now: datetime, owed_id: int, days: int) -> None:
    [held] = owed(session, [owed_id])
    said = replace(deadline_of(held), stated=day(date(2026, 4, 20) + timedelta(days=days)))
    correct_terms(session, now, owed_id, said, "misread", actor=GROUP)


def _hidden_and_shown(session: Session, now: datetime, owed_id: int, _days: int) -> None:
    [held] = owed(session, [owed_id])
    thing = find_one(session, held.item.key, "item")
    withhold(session, now, thing, "a court order", actor=GROUP)
    let_out(session, now, thing, "", actor=GROUP)


ACTS: dict[str, Act] = {
    "extended": _entry(ClockEntryKind.EXTENSION),
    "stopped": _entry(ClockEntryKind.PAUSE),
    "running": _entry(ClockEntryKind.RESTART),
    "lapsed": _entry(ClockEntryKind.VOID),
    "undone": _undone,
    "corrected": _corrected,
    "hidden and shown": _hidden_and_shown,
    "nothing": lambda *_: None,
}
histories = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 40), st.sampled_from((1, 24, 24 * 9))),
    min_size=2,
    max_size=9,
)


def shown(site: Opened, uid: str) -> tuple[State, int]:
    found: list[Component] = read(site.get("/obligations.ics").data).inside
    [one] = [event for event in found if event.raw("UID") == uid]
    return (one.raw("DTSTART"), one.raw("STATUS")), int(one.raw("SEQUENCE"))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_the_number_rises_with_every_change_and_never_without_one(
    site: Opened, history: list[tuple[str, int, int]]
) -> None:
    site.now = START
    with site.write() as session:
        [(document, _process)] = documents(session)
        made = entered.item(session, document=document.key, now=START, deadline=STATED)
        [owed_id] = entered.owing(session, made)
    uid = f"obligation-{owed_id}@answers.example.org"
    state, number = shown(site, uid)
    for name, days, hours in history:
        site.now += timedelta(hours=hours)
        before, old = state, number
        # Time alone may end a stop: what it changes is seen before anybody writes.
        state, number = shown(site, uid)
        assert (number > old) == (state != before) and number >= old
        before, old = state, number
        _done(site, name, owed_id, days)
        state, number = shown(site, uid)
        assert (number > old) == (state != before) and number >= old, (name, before, state)


def _done(site: Opened, name: str, owed_id: int, days: int) -> None:
    """What is refused changes nothing."""
    try:
        with site.write() as session:
            ACTS[name](session, site.now, owed_id, days)
    except NotAccepted:
        return
