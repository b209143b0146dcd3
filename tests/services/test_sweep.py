"""The sweep: what the passing of a day changed is said once, and after a stop only the last change is news."""

from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from tests.services.told import Telling
from tracker.domain.words import EventKind, Standing
from tracker.jobs import run_once
from tracker.storage.tables import Event, Obligation

EARLY = datetime(2026, 3, 20, 9, tzinfo=UTC)
SOON = datetime(2026, 4, 22, 9, tzinfo=UTC)
AFTER = datetime(2026, 5, 12, 9, tzinfo=UTC)


def news(telling: Telling) -> list[tuple[EventKind, bool]]:
    with telling.composed.database.reading() as session:
        rows = session.exec(select(Event).order_by(col(Event.id))).all()
        return [(row.kind, row.backfill) for row in rows if row.kind is not EventKind.LOGGED]


def test_a_day_that_changes_a_standing_is_announced_once(telling: Telling) -> None:
    telling.clock.at = EARLY
    telling.enter(2)
    assert run_once("sweep", telling.composed) == 0
    telling.clock.at = SOON
    assert run_once("sweep", telling.composed) == 2
    assert run_once("sweep", telling.composed) == 0
    assert news(telling) == [(EventKind.DUE_SOON, False)] * 2


def test_after_a_long_stop_what_was_passed_is_logged_and_not_news(telling: Telling) -> None:
    telling.clock.at = EARLY
    telling.enter(1)
    telling.clock.at = AFTER
    run_once("sweep", telling.composed)
    # Nobody has looked since the due day: the obligation is unchecked, which accuses nobody and is no event.
    assert news(telling) == [(EventKind.DUE_SOON, True)]
    with telling.composed.database.reading() as session:
        owed = session.get(Obligation, telling.owed[0])
        assert owed is not None
        assert owed.announced_standing is Standing.UNCHECKED


def test_a_subscriber_is_mailed_what_the_sweep_announced(telling: Telling) -> None:
    telling.clock.at = EARLY
    telling.enter(1)
    telling.subscribe(list="calendar")
    telling.clock.at = SOON + timedelta(hours=1)
    run_once("sweep", telling.composed)
    telling.work()
    assert [m["Subject"].startswith("Due soon: Ministry of Water") for m in telling.inbox.messages[1:]] == [
        True
    ]
