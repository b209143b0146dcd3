"""The sweep: what the passing of a day changed is said once, and after a stop only the last change is news."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, select

from tests.services.entered import GROUP
from tests.services.told import Telling
from tracker.domain.words import ClockEntryKind, EventKind, Standing
from tracker.jobs import run_once
from tracker.services.settle import settle
from tracker.storage.tables import ClockEntry, Event, Obligation

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


def test_a_clock_that_stopped_and_ran_on_while_no_worker_did_is_logged_and_the_last_is_told(
    telling: Telling,
) -> None:
    telling.clock.at = EARLY
    telling.enter(1)
    with telling.composed.database.writing() as session:
        session.add(
            ClockEntry(
                recorded_at=EARLY,
                obligation_id=telling.owed[0],
                kind=ClockEntryKind.PAUSE,
                works_from_on=date(2026, 3, 25),
                ends_on=date(2026, 3, 31),
                new_due_on=date(2026, 5, 11),
                reason="Consultation.",
            )
        )
        settle(session, telling.owed, EARLY, actor=GROUP)
    telling.clock.at = datetime(2026, 4, 10, 9, tzinfo=UTC)
    assert run_once("sweep", telling.composed) == 1
    assert news(telling) == [(EventKind.PAUSED, True), (EventKind.RESUMED, False)]
    assert run_once("sweep", telling.composed) == 0


def test_a_stop_of_days_gone_by_that_changes_nothing_today_is_for_the_record_only(telling: Telling) -> None:
    telling.clock.at = EARLY
    telling.enter(1)
    telling.clock.at = datetime(2026, 4, 10, 9, tzinfo=UTC)
    with telling.composed.database.writing() as session:
        session.add(
            ClockEntry(
                recorded_at=telling.clock(),
                obligation_id=telling.owed[0],
                kind=ClockEntryKind.PAUSE,
                works_from_on=date(2026, 3, 25),
                ends_on=date(2026, 3, 31),
                new_due_on=date(2026, 5, 11),
                reason="Consultation.",
            )
        )
        settle(session, telling.owed, telling.clock(), actor=GROUP)
    assert news(telling) == [(EventKind.PAUSED, True), (EventKind.RESUMED, True)]
    assert run_once("sweep", telling.composed) == 0
