"""Extensions by date and by length, from the start or the previous expiry, in time, late, and beyond the rule."""

from datetime import date

from tests.services.moved import by_rule, clock_of, codes, due, move, refused, told
from tracker.domain.words import ClockEntryKind, EventKind
from tracker.storage.engine import Database
from tracker.storage.entries import clock_entries

EXTENSION, PAUSE = ClockEntryKind.EXTENSION, ClockEntryKind.PAUSE
CORONER = by_rule("gb-eaw-coroner-pfd", date(2026, 3, 9))
ATIA = by_rule("ca-atia-s7", date(2026, 4, 1))
EU = by_rule("eu-1049-art7", date(2026, 4, 1))
MONTHS = by_rule("gb-commons-select-committee", date(2026, 1, 31))


def test_an_extension_by_days_of_a_rule_counted_in_days_runs_from_the_start(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, CORONER)
        move(session, id_, EXTENSION, date(2026, 4, 20), amount=14)
        assert due(session, id_) == date(2026, 5, 18)
        [moved] = told(session, EventKind.DATE_MOVED, id_)
        assert (moved.detail["old"], moved.detail["new"], moved.actor) == (
            "2026-05-04",
            "2026-05-18",
            "group:city-watch",
        )
        assert moved.detail["reason"] == "So they wrote."


def test_months_from_the_start_and_from_the_previous_expiry_differ(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, MONTHS)
        assert due(session, id_) == date(2026, 3, 31)
        made = move(session, id_, EXTENSION, date(2026, 3, 1), amount=1, counts_from="start")
        assert made.new_due_on == date(2026, 4, 30)
    with database.writing() as session:
        id_ = clock_of(session, by_rule("gb-commons-select-committee", date(2025, 12, 31)))
        assert due(session, id_) == date(2026, 2, 28)
        from_start = move(session, id_, EXTENSION, date(2026, 2, 1), amount=1, counts_from="start")
        assert from_start.new_due_on == date(2026, 3, 31)
        previous = move(session, id_, EXTENSION, date(2026, 3, 2), amount=1, counts_from="previous")
        assert previous.new_due_on == date(2026, 4, 30)


def test_an_extension_in_another_unit_than_the_rules_own(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, by_rule("gb-commons-select-committee", date(2026, 3, 4)))
        move(
            session, id_, EXTENSION, date(2026, 4, 20), amount=15, unit="working_days", counts_from="previous"
        )
        # 25 May is a bank holiday.
        assert due(session, id_) == date(2026, 5, 26)


def test_an_extension_of_a_stated_date_by_length_counts_from_that_date(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        move(session, id_, EXTENSION, date(2026, 4, 20), amount=10, unit="working_days")
        assert due(session, id_) == date(2026, 5, 18)


def test_an_extension_given_too_late_is_shown_and_the_date_stands_where_the_rule_does_not_cure(
    database: Database,
) -> None:
    for deadline in (ATIA, EU, by_rule("ie-foi-s13", date(2026, 4, 1))):
        with database.writing() as session:
            id_ = clock_of(session, deadline)
            was = due(session, id_)
            assert was is not None
            move(session, id_, EXTENSION, date(2026, 8, 1), amount=10)
            assert due(session, id_) == was
            assert "extension_too_late" in codes(session, id_)
            assert told(session, EventKind.DATE_MOVED, id_) == []
            assert len(clock_entries(session, id_)) == 1


def test_a_coroner_may_extend_after_the_day(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, CORONER)
        move(session, id_, EXTENSION, date(2026, 5, 20), amount=28)
        assert due(session, id_) == date(2026, 6, 1)


def test_an_extension_beyond_the_rule_moves_the_day_and_says_what_the_rule_allows(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, EU)
        was = due(session, id_)
        made = move(session, id_, EXTENSION, date(2026, 4, 10), amount=60)
        assert due(session, id_) == made.new_due_on
        assert "extension_beyond_rule" in codes(session, id_)
        assert made.limit_on is not None and was is not None
        assert made.new_due_on is not None and was < made.limit_on < made.new_due_on


def test_an_editor_may_count_it_only_up_to_what_the_rule_allows(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, EU)
        made = move(session, id_, EXTENSION, date(2026, 4, 10), amount=60, to_limit=True)
        assert due(session, id_) == made.limit_on
        assert "extension_beyond_rule" not in codes(session, id_)


def test_an_extension_within_the_rule_has_no_limit_to_tell(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, EU)
        made = move(session, id_, EXTENSION, date(2026, 4, 10), amount=15)
        assert made.limit_on is None


def test_a_pause_noted_later_but_working_earlier_lets_an_extension_by_length_follow(
    database: Database,
) -> None:
    with database.writing() as session:
        id_ = clock_of(session, by_rule("gb-foi-s10", date(2026, 4, 1)))
        move(session, id_, EXTENSION, date(2026, 4, 20), amount=5)
        assert due(session, id_) == date(2026, 5, 11)
        move(session, id_, PAUSE, date(2026, 4, 13), ends_on=date(2026, 4, 17))
        assert due(session, id_) == date(2026, 5, 18)
        [extended] = [one for one in clock_entries(session, id_) if one.kind is EXTENSION]
        assert extended.new_due_on == date(2026, 5, 18)


def test_what_cannot_extend_is_refused_at_its_field(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        on = date(2026, 4, 20)
        with refused("new_due_on"):
            move(session, id_, EXTENSION, on)
        with refused("amount"):
            move(session, id_, EXTENSION, on, amount=5, new_due_on=date(2026, 6, 1))
        with refused("amount"):
            move(session, id_, EXTENSION, on, amount=0)
        with refused("amount"):
            move(session, id_, EXTENSION, on, amount=20_001)
        with refused("unit"):
            move(session, id_, EXTENSION, on, amount=5, unit="fortnights")
        with refused("unit"):
            move(session, id_, EXTENSION, on, amount=5, unit="fixed_date")
        with refused("counts_from"):
            move(session, id_, EXTENSION, on, amount=5, counts_from="now")
