"""A clock that goes back says nothing twice, and after weeks without a worker only the last change is news."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from tests.services.entered import GROUP
from tests.services.told import Clock, Telling, telling_site
from tracker.domain.words import ClockEntryKind, EventKind
from tracker.jobs import run_once
from tracker.services.settle import settle
from tracker.storage.tables import ClockEntry, Event

EARLY = datetime(2026, 3, 20, 9, tzinfo=UTC)
TURNS = datetime(2026, 4, 19, 23, 30, tzinfo=UTC)
"""Half an hour after midnight in London on the day from which the answer is due soon."""
DUE_SOON, VOID = EventKind.DUE_SOON, EventKind.VOID


@pytest.fixture
def telling(database_url: str, tmp_path: Path) -> Iterator[Telling]:
    """Two answers due on 4 May, and somebody who wants all that is said about them."""
    with telling_site(database_url, tmp_path, Clock(EARLY)) as telling:
        telling.enter(2)
        telling.subscribe(list="obligations")
        telling.inbox.messages.clear()
        yield telling


def round_of_all(telling: Telling) -> None:
    for job in ("sweep", "sequence", "deliver"):
        run_once(job, telling.composed)


def said(telling: Telling) -> list[tuple[EventKind, bool]]:
    """What the log says of the first answer, and whether it is only for the record."""
    with telling.composed.database.reading() as session:
        of_first = select(Event).where(col(Event.obligation_id) == telling.owed[0])
        rows = session.exec(of_first.order_by(col(Event.id))).all()
        return [(row.kind, row.backfill) for row in rows]


def settled(telling: Telling) -> None:
    """Somebody writes something that changes no standing."""
    with telling.composed.database.writing() as session:
        settle(session, telling.owed, telling.clock(), actor=GROUP)


def ended(telling: Telling, on: datetime) -> None:
    """The duty ends on a day."""
    with telling.composed.database.writing() as session:
        session.add_all(
            ClockEntry(
                recorded_at=telling.clock(),
                obligation_id=id_,
                kind=ClockEntryKind.VOID,
                works_from_on=on.date(),
                reason="The order was revoked.",
            )
            for id_ in telling.owed
        )
        settle(session, telling.owed, telling.clock(), actor=GROUP)


@pytest.mark.parametrize("back", [timedelta(hours=2), timedelta(days=20), timedelta(days=365)])
def test_a_clock_that_goes_back_and_on_again_says_nothing_twice(telling: Telling, back: timedelta) -> None:
    telling.clock.at = TURNS
    round_of_all(telling)
    assert said(telling) == [(DUE_SOON, False)]
    for at in (TURNS - back, TURNS - back + timedelta(minutes=1), TURNS, TURNS + timedelta(hours=2)):
        telling.clock.at = at
        settled(telling)
        round_of_all(telling)
    assert said(telling) == [(DUE_SOON, False)]
    assert len(telling.inbox.messages) == 1


def test_what_somebody_writes_while_the_clock_is_back_is_said_all_the_same(telling: Telling) -> None:
    telling.clock.at = TURNS
    round_of_all(telling)
    telling.clock.at = TURNS - timedelta(hours=2)
    ended(telling, telling.clock.at)
    round_of_all(telling)
    telling.clock.at = TURNS + timedelta(hours=1)
    round_of_all(telling)
    assert said(telling) == [(DUE_SOON, False), (VOID, False)]
    assert len(telling.inbox.messages) == 2


def test_after_forty_days_without_a_worker_all_is_logged_and_only_the_last_is_told(telling: Telling) -> None:
    ended(telling, datetime(2026, 5, 13, tzinfo=UTC))
    telling.clock.at = TURNS - timedelta(days=10)
    round_of_all(telling)
    assert said(telling) == []
    telling.clock.at += timedelta(days=40)
    round_of_all(telling)
    round_of_all(telling)
    assert said(telling) == [(DUE_SOON, True), (VOID, False)]
    (message,) = telling.inbox.messages
    assert str(message["Subject"]).startswith("2 lapsed")
