"""News is of the day it happened: what is taken back opens again that day, and nothing is wrong that was never shown."""

from datetime import date

from sqlmodel import Session, select

from tests.services.entered import GROUP
from tests.services.moved import LATER, by_rule, clock_of, move, told
from tracker.domain.partial import day
from tracker.domain.segments import EARLIEST
from tracker.domain.words import Basis, ClockEntryKind, EndCause, EventKind
from tracker.services.end_many import EndMany, end_many, undo_act
from tracker.services.look import Look, look
from tracker.services.move_clock import undo_entry
from tracker.services.reckon import Deadline
from tracker.storage import segments
from tracker.storage.engine import Database
from tracker.storage.entries import documents
from tracker.storage.tables import Event

VOID = ClockEntryKind.VOID
UNDATED = Deadline(basis=Basis.PROMISE, stated=day(date(2027, 3, 1)))


def test_a_duty_whose_end_is_taken_back_is_open_again_on_the_day_of_that(database: Database) -> None:
    with database.writing() as session:
        for deadline in (None, UNDATED, by_rule("gb-foi-s10", date(2026, 4, 1))):
            id_ = clock_of(session, deadline)
            made = move(session, id_, VOID, date(2026, 11, 20))
            undo_entry(session, LATER, made, "Another order.", actor=GROUP)
            [again] = told(session, EventKind.REOPENED, id_)
            assert again.happened_on == LATER.date()
        assert _first_day(session) > EARLIEST


def test_an_act_that_is_taken_back_opens_all_again_on_the_day_of_that(database: Database) -> None:
    with database.writing() as session:
        ids = [clock_of(session, UNDATED), clock_of(session)]
        [(document, _process)] = documents(session)
        said = EndMany(
            cause=EndCause.REVOKED,
            works_from_on=date(2026, 5, 20),
            reason="Revoked.",
            source_url="https://orders.example/9",
            document=document.key,
        )
        undo_act(session, LATER, end_many(session, LATER, said, actor=GROUP), "Not ours.", actor=GROUP)
        assert {told(session, EventKind.REOPENED, id_)[0].happened_on for id_ in ids} == {LATER.date()}
        assert _first_day(session) > EARLIEST


def test_a_stop_that_is_taken_back_ends_on_the_day_of_that(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, UNDATED)
        made = move(session, id_, ClockEntryKind.PAUSE, date(2026, 11, 20))
        undo_entry(session, LATER, made, "Another letter.", actor=GROUP)
        [again] = told(session, EventKind.RESUMED, id_)
        assert again.happened_on == LATER.date()


def test_a_lapse_corrects_nothing_where_nothing_else_was_shown_since(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        move(session, id_, VOID, LATER.date())
        assert told(session, EventKind.CORRECTED, id_) == []


def test_a_lapse_noted_days_later_corrects_what_was_shown_meanwhile(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        move(session, id_, VOID, date(2026, 11, 20))
        [wrong] = told(session, EventKind.CORRECTED, id_)
        assert wrong.happened_on == LATER.date()


def test_a_lapse_of_what_was_only_entered_today_corrects_nothing(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        for row in segments.current(session, id_):
            row.recorded_at = LATER
        session.flush()
        seen = Look(obligations=(id_,), looked_on=date(2026, 12, 1), places=("site",))
        look(session, LATER, seen, actor=GROUP)
        move(session, id_, VOID, date(2026, 11, 20))
        assert told(session, EventKind.CORRECTED, id_) == []


def _first_day(session: Session) -> date:
    return min(event.happened_on for event in session.exec(select(Event)).all())
