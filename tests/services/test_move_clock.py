"""Extensions, pauses, restarts, transfers and voids, entered in time and late."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from tests.services.entered import GROUP, NOW, item, owing, shown, standing
from tracker.domain.partial import day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import ClockEntryKind, EventKind, Standing
from tracker.services.look import Look, look
from tracker.services.move_clock import MoveClock, move_clock, undo_entry
from tracker.services.reckon import Deadline
from tracker.storage.engine import Database
from tracker.storage.entries import clock_entries, owed_for_item
from tracker.storage.tables import Event

APRIL = datetime(2026, 4, 20, 9, tzinfo=UTC)
FOI = Deadline(rule="gb-foi-s10", trigger_on=day(date(2026, 4, 1)))


def entry(id_: int, kind: ClockEntryKind, works_from_on: date, **more: object) -> MoveClock:
    wanted = {
        "obligation": id_,
        "kind": kind,
        "works_from_on": works_from_on,
        "reason": "The minister wrote so.",
    }
    return MoveClock(**(wanted | more))  # type: ignore[arg-type]


def events(session: Session, kind: EventKind) -> list[Event]:
    return [event for event in session.exec(select(Event)).all() if event.kind is kind]


def overdue(session: Session) -> int:
    [id_] = owing(session, item(session, now=APRIL))
    look(session, NOW, Look(obligations=(id_,), looked_on=date(2026, 5, 12), places=("site",)), actor=GROUP)
    assert standing(session, id_) is Standing.OVERDUE
    return id_


def test_an_extension_given_in_time_moves_the_date_and_says_old_and_new(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session, now=APRIL))
        said = entry(id_, ClockEntryKind.EXTENSION, date(2026, 4, 20), new_due_on=date(2026, 6, 1))
        move_clock(session, APRIL, said, actor=GROUP)
        assert shown(session, id_, APRIL).due_on == date(2026, 6, 1)
        [moved] = events(session, EventKind.DATE_MOVED)
        assert (moved.detail["old"], moved.detail["new"]) == ("2026-05-04", "2026-06-01")
        assert events(session, EventKind.CORRECTED) == []


def test_an_extension_recorded_late_works_from_its_day_and_corrects_what_was_shown(
    database: Database,
) -> None:
    with database.writing() as session:
        id_ = overdue(session)
        said = entry(id_, ClockEntryKind.EXTENSION, date(2026, 4, 30), new_due_on=date(2026, 6, 1))
        move_clock(session, NOW, said, actor=GROUP)
        assert standing(session, id_) in (Standing.RUNNING, Standing.DUE_SOON)
        assert len(events(session, EventKind.CORRECTED)) == 1


def test_an_extension_given_after_the_due_day_is_only_recorded_unless_it_cures(database: Database) -> None:
    with database.writing() as session:
        id_ = overdue(session)
        late = entry(id_, ClockEntryKind.EXTENSION, date(2026, 5, 11), new_due_on=date(2026, 6, 1))
        move_clock(session, NOW, late, actor=GROUP)
        assert standing(session, id_) is Standing.OVERDUE
        cures = entry(
            id_, ClockEntryKind.EXTENSION, date(2026, 5, 11), new_due_on=date(2026, 6, 1), cures=True
        )
        move_clock(session, NOW, cures, actor=GROUP)
        assert standing(session, id_) is Standing.RUNNING


def test_a_pause_stops_the_clock_and_its_end_moves_a_stated_date_a_day_for_a_day(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session, now=APRIL))
        move_clock(session, APRIL, entry(id_, ClockEntryKind.PAUSE, date(2026, 4, 20)), actor=GROUP)
        assert standing(session, id_, NOW) is Standing.PAUSED
        with pytest.raises(NotAccepted):
            move_clock(session, APRIL, entry(id_, ClockEntryKind.PAUSE, date(2026, 4, 20)), actor=GROUP)
        move_clock(session, NOW, entry(id_, ClockEntryKind.RESTART, date(2026, 5, 9)), actor=GROUP)
        assert shown(session, id_).due_on == date(2026, 5, 24)
        assert standing(session, id_) is Standing.DUE_SOON
        with pytest.raises(NotAccepted):
            move_clock(session, NOW, entry(id_, ClockEntryKind.RESTART, date(2026, 5, 9)), actor=GROUP)


def test_a_pause_moves_a_computed_date_by_the_rules_own_units(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session, now=APRIL, deadline=FOI))
        assert shown(session, id_, APRIL).due_on == date(2026, 5, 1)
        said = entry(id_, ClockEntryKind.PAUSE, date(2026, 4, 13), ends_on=date(2026, 4, 17))
        move_clock(session, APRIL, said, actor=GROUP)
        # Five working days more, past the holiday of 4 May.
        assert shown(session, id_, APRIL).due_on == date(2026, 5, 11)


def test_an_entry_taken_back_puts_the_date_where_it_was_in_public(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session, now=APRIL))
        said = entry(id_, ClockEntryKind.EXTENSION, date(2026, 4, 20), new_due_on=date(2026, 6, 1))
        made = move_clock(session, APRIL, said, actor=GROUP)
        undo_entry(session, NOW, made, "another report's letter", actor=GROUP)
        assert shown(session, id_).due_on == date(2026, 5, 4)
        assert clock_entries(session, id_) == []
        assert len(events(session, EventKind.CORRECTED)) == 1


def test_a_transfer_makes_the_other_body_owe_by_the_same_terms(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session, now=APRIL))
        said = entry(id_, ClockEntryKind.TRANSFER, date(2026, 4, 20), to_body="ministry-of-rivers")
        move_clock(session, APRIL, said, actor=GROUP)
        [first, second] = owed_for_item(session, 1)
        assert standing(session, first.id, APRIL) is Standing.VOID
        assert second.body.key == "ministry-of-rivers"
        assert shown(session, second.id, APRIL).due_on == date(2026, 5, 4)


def test_a_void_keeps_the_days_it_was_overdue(database: Database) -> None:
    with database.writing() as session:
        id_ = overdue(session)
        move_clock(session, NOW, entry(id_, ClockEntryKind.VOID, date(2026, 5, 12)), actor=GROUP)
        assert standing(session, id_) is Standing.VOID
        assert events(session, EventKind.VOID)


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        (ClockEntryKind.EXTENSION, {}, "new_due_on"),
        (ClockEntryKind.EXTENSION, {"new_due_on": date(2026, 5, 4)}, "new_due_on"),
        (ClockEntryKind.EXTENSION, {"new_due_on": date(2026, 6, 1), "reason": " "}, "reason"),
        (
            ClockEntryKind.EXTENSION,
            {"new_due_on": date(2026, 6, 1), "works_from_on": date(2026, 5, 20)},
            "works_from_on",
        ),
        (ClockEntryKind.PAUSE, {"ends_on": date(2026, 4, 1)}, "ends_on"),
        (ClockEntryKind.TRANSFER, {"to_body": "nobody"}, "to_body"),
        (ClockEntryKind.TRANSFER, {"to_body": "ministry-of-water"}, "to_body"),
        (ClockEntryKind.VOID, {"source_url": "file:///etc"}, "source_url"),
    ],
)
def test_what_cannot_move_a_clock_is_refused_at_its_field(
    database: Database, kind: ClockEntryKind, more: dict[str, object], field: str
) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        wanted = {"works_from_on": date(2026, 4, 30)} | more
        with pytest.raises(NotAccepted) as caught:
            move_clock(session, NOW, entry(id_, kind, **wanted), actor=GROUP)  # type: ignore[arg-type]
        assert [one.field for one in caught.value.refusals] == [field]
        assert clock_entries(session, id_) == []
