"""Duties that pass to another body, and chains whose next stage begins from an event of its own."""

from datetime import date
from typing import Any

from sqlmodel import Session

from tests.services.entered import GROUP, shown, standing
from tests.services.moved import LATER, by_rule, clock_of, due, move, refused, told
from tests.services.test_respond import reply
from tracker.domain.words import ClockEntryKind, EventKind, Standing
from tracker.services.move_clock import undo_entry
from tracker.services.respond import respond
from tracker.storage.engine import Database
from tracker.storage.entries import owed, owed_for_item

TRANSFER, NEXT, EXTENSION = ClockEntryKind.TRANSFER, ClockEntryKind.NEXT_STAGE, ClockEntryKind.EXTENSION
RIVERS: dict[str, Any] = {"to_body": "ministry-of-rivers"}


def other_of(session: Session, id_: int) -> list[int]:
    [one] = owed(session, [id_])
    return [other.id for other in owed_for_item(session, one.item.id or 0) if other.id != id_]


def test_the_due_day_stays_with_all_that_moved_it(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        move(session, id_, EXTENSION, date(2026, 4, 10), new_due_on=date(2026, 6, 1))
        move(session, id_, ClockEntryKind.PAUSE, date(2026, 4, 15), ends_on=date(2026, 4, 16))
        assert due(session, id_) == date(2026, 6, 3)
        move(session, id_, TRANSFER, date(2026, 4, 20), **RIVERS)
        [other] = other_of(session, id_)
        assert due(session, other) == date(2026, 6, 3)
        assert standing(session, id_, LATER) is Standing.VOID


def test_where_the_rule_says_so_the_other_bodys_period_begins_on_that_day(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, by_rule("au-nsw-coroner-m2009-12", date(2026, 3, 9)))
        assert due(session, id_) == date(2026, 9, 9)
        move(session, id_, TRANSFER, date(2026, 4, 20), afresh=True, **RIVERS)
        [other] = other_of(session, id_)
        assert due(session, other) == date(2026, 10, 20)


def test_without_a_rule_no_period_begins_anew(database: Database) -> None:
    with database.writing() as session, refused("afresh"):
        move(session, clock_of(session), TRANSFER, date(2026, 4, 20), afresh=True, **RIVERS)


def test_a_transfer_taken_back_leaves_one_duty_and_can_be_noted_again(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        made = move(session, id_, TRANSFER, date(2026, 4, 20), **RIVERS)
        undo_entry(session, LATER, made, "It stayed.", actor=GROUP)
        assert other_of(session, id_) == []
        assert standing(session, id_, LATER) is Standing.UNCHECKED
        move(session, id_, TRANSFER, date(2026, 4, 21), **RIVERS)
        [other] = other_of(session, id_)
        assert due(session, other) == date(2026, 5, 4)


def test_what_began_by_an_entry_and_was_answered_is_not_taken_back_with_it(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        made = move(session, id_, TRANSFER, date(2026, 4, 20), **RIVERS)
        [other] = other_of(session, id_)
        respond(session, LATER, reply(other, body="ministry-of-rivers"), actor=GROUP)
        with refused("reason"):
            undo_entry(session, LATER, made, "It stayed.", actor=GROUP)


def test_a_chain_goes_on_from_its_own_event_and_the_stage_before_stays(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, by_rule("ca-env-petition-s22-2", date(2026, 4, 1)))
        was = shown(session, id_, LATER)
        made = move(session, id_, NEXT, date(2026, 4, 14), rule="ca-env-petition-s22")
        [next_] = other_of(session, id_)
        assert made.begins_id == next_
        [one] = owed(session, [next_])
        assert (one.obligation.period, one.terms.rule_key) == (2, "ca-env-petition-s22")
        assert due(session, next_) == date(2026, 8, 12)
        assert shown(session, id_, LATER) == was
        [said] = told(session, EventKind.LOGGED, next_)
        assert said.detail["what"] == "next_stage"


def test_a_stage_is_counted_once_and_not_as_a_repetition(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, by_rule("gb-commons-select-committee", date(2026, 4, 1)))
        move(session, id_, NEXT, date(2026, 4, 14), rule="gb-commons-select-committee")
        [second] = other_of(session, id_)
        assert due(session, second) == date(2026, 6, 14)
        move(session, second, ClockEntryKind.PAUSE, date(2026, 5, 1), ends_on=date(2026, 5, 2))
        assert due(session, second) == date(2026, 6, 16)
        move(session, second, NEXT, date(2026, 6, 1), rule="gb-foi-s10")
        third = max(other_of(session, id_))
        assert owed(session, [third])[0].obligation.period == 3


def test_only_what_follows_a_rule_can_follow_it(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, by_rule("ca-env-petition-s22-2", date(2026, 4, 1)))
        with refused("rule"):
            move(session, id_, NEXT, date(2026, 4, 14), rule="gb-foi-s10")
        with refused("rule"):
            move(session, id_, NEXT, date(2026, 4, 14), rule="no-such-rule")


def test_a_stage_begun_by_mistake_goes_with_its_entry(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, by_rule("ca-env-petition-s22-2", date(2026, 4, 1)))
        made = move(session, id_, NEXT, date(2026, 4, 14), rule="ca-env-petition-s22")
        undo_entry(session, LATER, made, "It was not forwarded.", actor=GROUP)
        assert other_of(session, id_) == []
