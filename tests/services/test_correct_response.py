"""A response's days and words are put right in place, with what stood there kept and told."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session, select

from tests.services.entered import GROUP, NOW, item, owing, standing
from tests.services.test_respond import reply
from tracker.domain.partial import day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import EventKind, Standing
from tracker.services.correct_response import correct_response, facts_of_response
from tracker.services.respond import respond
from tracker.services.take_back import strike
from tracker.storage.engine import Database
from tracker.storage.tables import Event, Revision

LAST_YEAR = day(date(2025, 5, 6))


def kinds(session: Session) -> list[EventKind]:
    return [event.kind for event in session.exec(select(Event)).all()]


def test_a_response_older_than_the_clock_is_asked_about(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        with pytest.raises(NotAccepted) as caught:
            respond(session, NOW, reply(id_, published=LAST_YEAR), actor=GROUP)
        [asked] = caught.value.refusals
        assert asked.field == "came_before_start"
        assert "2026-03-09" in str(asked) and "is the year right?" in str(asked)
        respond(session, NOW, reply(id_, published=LAST_YEAR, came_before_start=True), actor=GROUP)
        assert standing(session, id_) is Standing.AWAITING_ASSESSMENT


def test_a_corrected_day_keeps_the_old_one_and_settles_once(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        wrong = reply(id_, published=day(date(2026, 4, 6)))
        response = respond(session, NOW, wrong, actor=GROUP)
        told = len(kinds(session))
        said = replace(
            facts_of_response(session, response), published=day(date(2026, 5, 6)), title="Our reply"
        )
        assert correct_response(session, NOW, response, said, "the wrong month", actor=GROUP)
        assert standing(session, id_) is Standing.AWAITING_ASSESSMENT
        assert EventKind.BECAME_OVERDUE not in kinds(session)[told:]
        [event] = [e for e in session.exec(select(Event)).all() if e.kind is EventKind.CORRECTED]
        assert event.detail["changed"] == {
            "published": ["2026-04-06", "2026-05-06"],
            "title": ["", "Our reply"],
        }
        assert event.detail["reason"] == "the wrong month"
        [kept] = session.exec(select(Revision)).all()
        assert kept.before["published_on"] == "2026-04-06"
        assert response.published_as_written == "2026-05-06"


def test_a_correction_without_a_change_or_a_reason_is_none(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        response = respond(session, NOW, reply(id_), actor=GROUP)
        said = facts_of_response(session, response)
        assert not correct_response(session, NOW, response, said, "nothing", actor=GROUP)
        for wrong, reason in (
            (replace(said, title="x"), " "),
            (replace(said, published=LAST_YEAR), "slip"),
            (replace(said, published=day(date(2026, 6, 1))), "slip"),
            (replace(said, body="ministry-of-rivers"), "slip"),
            (replace(said, body="nobody"), "slip"),
            (replace(said, url=""), "slip"),
        ):
            with pytest.raises(NotAccepted):
                correct_response(session, NOW, response, wrong, reason, actor=GROUP)
        strike(session, NOW, response, "another case", actor=GROUP)
        with pytest.raises(NotAccepted):
            correct_response(session, NOW, response, replace(said, title="x"), "slip", actor=GROUP)
