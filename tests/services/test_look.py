"""A look that found nothing is what makes a missing answer overdue."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from tests.services.entered import GROUP, NOW, item, owing, report, shown, standing
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import EventKind, Standing
from tracker.services.look import Look, look
from tracker.services.take_back import withdraw_look
from tracker.storage.checks import places_before
from tracker.storage.engine import Database
from tracker.storage.tables import Event

PLACES = ("https://water.example/replies",)


def told(session: object) -> list[EventKind]:
    rows = session.exec(select(Event)).all()  # type: ignore[attr-defined]
    return [event.kind for event in rows if not event.backfill]


def test_a_look_after_the_due_day_makes_a_missing_answer_overdue_and_news(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        look(session, NOW, Look(obligations=(id_,), looked_on=date(2026, 5, 12), places=PLACES), actor=GROUP)
        assert standing(session, id_) is Standing.OVERDUE
        assert shown(session, id_).days_overdue == 8
        assert EventKind.BECAME_OVERDUE in told(session)


def test_a_late_entry_alerts_nobody(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        said = Look(obligations=(id_,), looked_on=date(2026, 5, 6), places=PLACES, late_entry=True)
        look(session, NOW, said, actor=GROUP)
        assert standing(session, id_) is Standing.OVERDUE
        assert [kind for kind in told(session) if kind is not EventKind.NOTED] == [EventKind.LOGGED]


def test_one_look_counts_for_many_obligations(database: Database) -> None:
    with database.writing() as session:
        ids = owing(session, item(session, "ministry-of-water", "ministry-of-rivers"))
        look(
            session,
            NOW,
            Look(obligations=tuple(ids), looked_on=date(2026, 5, 12), places=PLACES),
            actor=GROUP,
        )
        assert [standing(session, id_) for id_ in ids] == [Standing.OVERDUE, Standing.OVERDUE]
        assert places_before(session, ids) == list(PLACES)


def test_a_day_that_has_not_begun_where_the_body_is_cannot_have_been_looked_on(database: Database) -> None:
    early = datetime(2026, 5, 12, 23, 30, tzinfo=UTC)
    with database.writing() as session:
        [id_] = owing(session, item(session))
        said = Look(obligations=(id_,), looked_on=date(2026, 5, 13), places=PLACES)
        assert look(session, early, said, actor=GROUP).id  # half past midnight in London
        later = Look(obligations=(id_,), looked_on=date(2026, 5, 14), places=PLACES)
        with pytest.raises(NotAccepted) as caught:
            look(session, early, later, actor=GROUP)
        assert [one.field for one in caught.value.refusals] == ["looked_on"]


def test_a_look_needs_places_and_obligations_that_are_public(database: Database) -> None:
    with database.writing() as session:
        draft = owing(session, item(session, draft=True))
        for said, fields in (
            (Look(obligations=(), looked_on=date(2026, 5, 12), places=()), ["places", "obligations"]),
            (Look(obligations=(9999,), looked_on=date(2026, 5, 12), places=PLACES), ["obligations"]),
            (Look(obligations=tuple(draft), looked_on=date(2026, 5, 12), places=PLACES), ["obligations"]),
        ):
            with pytest.raises(NotAccepted) as caught:
                look(session, NOW, said, actor=GROUP)
            assert [one.field for one in caught.value.refusals] == fields


def test_a_look_taken_back_takes_its_flag_with_it_and_says_so_in_public(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session, document=report(session)))
        made = look(
            session, NOW, Look(obligations=(id_,), looked_on=date(2026, 5, 12), places=PLACES), actor=GROUP
        )
        withdraw_look(session, NOW, made, "the page was last month's", actor=GROUP)
        assert standing(session, id_) is Standing.UNCHECKED
        assert EventKind.CORRECTED in told(session)
