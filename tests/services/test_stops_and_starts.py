"""Stops that overlap, end, are noted late; fresh starts; and taking each of them back."""

from datetime import UTC, date, datetime

from sqlmodel import Session

from tests.services.entered import GROUP, shown, standing
from tests.services.moved import LATER, by_rule, clock_of, codes, due, move, refused, told
from tracker.domain.words import ClockEntryKind, DueSource, EventKind, Standing
from tracker.services.move_clock import undo_entry
from tracker.storage.engine import Database
from tracker.storage.entries import clock_entries, open_pause, owed

PAUSE, RESTART, EXTENSION = ClockEntryKind.PAUSE, ClockEntryKind.RESTART, ClockEntryKind.EXTENSION
FOI = by_rule("gb-foi-s10", date(2026, 4, 1))
TWO_MONTHS = by_rule("gb-commons-select-committee", date(2026, 3, 4))
IN_APRIL = datetime(2026, 4, 21, 9, tzinfo=UTC)


def test_days_inside_two_stops_count_once_where_the_date_is_stated(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        move(session, id_, PAUSE, date(2026, 4, 10), ends_on=date(2026, 4, 19))
        move(session, id_, PAUSE, date(2026, 4, 15), ends_on=date(2026, 4, 24))
        move(session, id_, PAUSE, date(2026, 4, 16), ends_on=date(2026, 4, 18))
        # From 10 to 24 April the clock stood still for fifteen days.
        assert due(session, id_) == date(2026, 5, 19)


def test_days_inside_two_stops_count_once_where_the_rule_counts(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, TWO_MONTHS)
        move(session, id_, PAUSE, date(2026, 4, 10), ends_on=date(2026, 4, 19))
        move(session, id_, PAUSE, date(2026, 4, 15), ends_on=date(2026, 4, 24))
        assert due(session, id_) == date(2026, 5, 19)


def test_a_stop_noted_after_a_later_one_takes_its_days_first(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        move(session, id_, PAUSE, date(2026, 4, 15), ends_on=date(2026, 4, 24))
        move(session, id_, PAUSE, date(2026, 4, 10), ends_on=date(2026, 4, 19))
        assert due(session, id_) == date(2026, 5, 19)


def test_a_rule_counted_in_months_moves_by_calendar_days(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, by_rule("gb-commons-select-committee", date(2026, 1, 31)))
        assert due(session, id_) == date(2026, 3, 31)
        move(session, id_, PAUSE, date(2026, 2, 10), ends_on=date(2026, 2, 12))
        assert due(session, id_) == date(2026, 4, 3)


def test_a_stop_noted_late_is_a_correction_even_where_it_is_over(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        move(session, id_, PAUSE, date(2026, 4, 10), IN_APRIL, ends_on=date(2026, 4, 15))
        assert standing(session, id_, IN_APRIL) is Standing.RUNNING
        [said] = told(session, EventKind.CORRECTED, id_)
        assert (said.detail["old"], said.detail["new"]) == ("2026-05-04", "2026-05-10")


def test_a_stop_before_the_open_one_may_still_be_noted(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        move(session, id_, PAUSE, date(2026, 4, 20))
        move(session, id_, PAUSE, date(2026, 4, 2), ends_on=date(2026, 4, 3))
        assert due(session, id_) == date(2026, 5, 6)
        with refused("works_from_on"):
            move(session, id_, PAUSE, date(2026, 4, 18), ends_on=date(2026, 4, 22))


def test_a_clarified_request_begins_afresh_and_the_old_date_stays_in_the_log(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, FOI)
        move(session, id_, RESTART, date(2026, 4, 20))
        # Twenty working days from 20 April, past 4 and 25 May.
        assert due(session, id_) == date(2026, 5, 19)
        [moved] = told(session, EventKind.DATE_MOVED, id_)
        assert (moved.detail["old"], moved.detail["new"]) == ("2026-05-01", "2026-05-19")
        assert shown(session, id_, LATER).due_source is DueSource.COMPUTED


def test_a_fresh_start_after_the_due_day_is_only_recorded(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, FOI)
        move(session, id_, RESTART, date(2026, 5, 2))
        assert due(session, id_) == date(2026, 5, 1)
        assert "restart_only_recorded" in codes(session, id_)


def test_stops_and_extensions_after_a_fresh_start_count_from_it(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, FOI)
        move(session, id_, PAUSE, date(2026, 4, 7), ends_on=date(2026, 4, 8))
        move(session, id_, RESTART, date(2026, 4, 20))
        assert due(session, id_) == date(2026, 5, 19)
        move(session, id_, PAUSE, date(2026, 5, 5), ends_on=date(2026, 5, 6))
        assert due(session, id_) == date(2026, 5, 21)
        move(session, id_, EXTENSION, date(2026, 5, 11), amount=2)
        assert due(session, id_) == date(2026, 5, 26)


def test_a_restart_may_end_a_stop_and_begin_afresh(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, FOI)
        move(session, id_, PAUSE, date(2026, 4, 8))
        move(session, id_, RESTART, date(2026, 4, 20), afresh=True)
        assert open_pause(session, id_) is None
        assert due(session, id_) == date(2026, 5, 19)


def test_without_a_rule_nothing_begins_afresh(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        with refused("works_from_on"):
            move(session, id_, RESTART, date(2026, 4, 20))
        foi = clock_of(session, FOI)
        with refused("works_from_on"):
            move(session, foi, RESTART, date(2026, 3, 20))
        with refused("works_from_on"):
            move(session, foi, RESTART, date(2026, 4, 20), afresh=False)


def test_taking_back_a_restart_opens_the_stop_again(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        move(session, id_, PAUSE, date(2026, 4, 20))
        made = move(session, id_, RESTART, date(2026, 4, 28))
        undo_entry(session, LATER, made, "It did not start again.", actor=GROUP)
        assert standing(session, id_, LATER) is Standing.PAUSED
        moved = told(session, EventKind.DATE_MOVED, id_)
        assert [one.detail["new"] for one in moved] == ["2026-05-13", "2026-05-04"]


def test_taking_back_a_stop_takes_its_end_with_it(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        move(session, id_, PAUSE, date(2026, 4, 20))
        move(session, id_, RESTART, date(2026, 4, 28))
        stop = next(one for one in clock_entries(session, id_) if one.kind is PAUSE)
        undo_entry(session, LATER, stop, "Another case.", actor=GROUP)
        assert clock_entries(session, id_) == []
        assert due(session, id_) == date(2026, 5, 4)


def test_taking_back_a_fresh_start_puts_the_old_date_in_force(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, FOI)
        made = move(session, id_, RESTART, date(2026, 4, 20))
        undo_entry(session, LATER, made, "No clarification came.", actor=GROUP)
        assert due(session, id_) == date(2026, 5, 1)


def _says_of_stops(session: Session, id_: int, **said: bool) -> None:
    [one] = owed(session, [id_])
    one.terms.rule_snapshot = {**one.terms.rule_snapshot, "pause": said}
    session.flush()


def test_a_rule_that_knows_no_stop_is_not_stopped_unless_the_entry_counts_all_the_same(
    database: Database,
) -> None:
    with database.writing() as session:
        id_ = clock_of(session, FOI)
        _says_of_stops(session, id_, allowed=False)
        made = move(session, id_, PAUSE, date(2026, 4, 13), ends_on=date(2026, 4, 17))
        assert due(session, id_) == date(2026, 5, 1)
        assert "pause_not_allowed" in codes(session, id_)
        undo_entry(session, LATER, made, "Said more exactly.", actor=GROUP)
        move(session, id_, PAUSE, date(2026, 4, 13), ends_on=date(2026, 4, 17), cures=True)
        assert due(session, id_) == date(2026, 5, 11)


def test_where_the_rule_counts_the_day_it_starts_again_that_day_is_not_inside(database: Database) -> None:
    for deadline, moved_to in ((FOI, date(2026, 5, 8)), (TWO_MONTHS, date(2026, 5, 8))):
        with database.writing() as session:
            id_ = clock_of(session, deadline)
            _says_of_stops(session, id_, allowed=True, inclusive=False)
            move(session, id_, PAUSE, date(2026, 4, 13))
            move(session, id_, RESTART, date(2026, 4, 17), afresh=False)
            assert due(session, id_) == moved_to
            assert standing(session, id_, datetime(2026, 4, 16, 9, tzinfo=UTC)) is Standing.PAUSED
            assert standing(session, id_, datetime(2026, 4, 17, 9, tzinfo=UTC)) is not Standing.PAUSED
