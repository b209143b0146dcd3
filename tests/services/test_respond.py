"""Logging what came back; striking our error; noting what a body withdrew."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests.services.entered import GROUP, NOW, item, owing, standing
from tracker.domain.partial import PartialDate, day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import EventKind, Precision, ResponseKind, Standing
from tracker.services.correct_response import correct_response, facts_of_response
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.services.take_back import retract, strike
from tracker.storage import exports
from tracker.storage.engine import Database
from tracker.storage.entries import id_of
from tracker.storage.lines import Moment
from tracker.storage.responses import came_for, lines_of
from tracker.storage.signers import public_signers, signers_of
from tracker.storage.tables import Event

REPLY = LogResponse(
    body="ministry-of-water",
    lines=(),
    first_seen_on=date(2026, 5, 11),
    published=day(date(2026, 5, 6)),
    url="https://water.example/reply",
)


def reply(*ids: int, kind: ResponseKind = ResponseKind.REPLY, **more: object) -> LogResponse:
    lines = tuple(SaidFor(obligation=id_, kind=kind) for id_ in ids)
    return replace(REPLY, **({"lines": lines} | more))  # type: ignore[arg-type]


def test_a_reply_awaits_assessment_and_is_told(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        response = respond(session, NOW, reply(id_), actor=GROUP)
        assert response.key == "ministry-of-water-2026-05-06"
        assert standing(session, id_) is Standing.AWAITING_ASSESSMENT
        [event] = [e for e in session.exec(select(Event)).all() if e.kind is EventKind.RESPONSE_FOUND]
        assert (event.response_id, event.backfill, event.actor) == (response.id, False, GROUP)


def test_a_holding_reply_does_not_stop_the_clock(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        respond(session, NOW, reply(id_, kind=ResponseKind.HOLDING), actor=GROUP)
        assert standing(session, id_) is Standing.OVERDUE_UNSUBSTANTIVE


def test_one_response_speaks_for_many_and_on_behalf_only_where_that_is_said(database: Database) -> None:
    with database.writing() as session:
        water, rivers = owing(session, item(session, "ministry-of-water", "ministry-of-rivers"))
        with pytest.raises(NotAccepted) as caught:
            respond(session, NOW, reply(water, rivers), actor=GROUP)
        assert [one.field for one in caught.value.refusals] == [f"on_behalf-{rivers}"]
        lines = (
            SaidFor(obligation=water, kind=ResponseKind.REPLY),
            SaidFor(obligation=rivers, kind=ResponseKind.REPLY, on_behalf=True),
        )
        respond(session, NOW, reply(lines=lines), actor=GROUP)
        assert standing(session, rivers) is Standing.AWAITING_ASSESSMENT


def test_a_struck_response_is_as_if_it_had_never_been(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        response = respond(session, NOW, reply(id_), actor=GROUP)
        strike(session, NOW, response, "another ministry's letter", actor=GROUP)
        assert standing(session, id_) is Standing.UNCHECKED
        assert came_for(session, id_) == []
        corrected = [e for e in session.exec(select(Event)).all() if e.kind is EventKind.CORRECTED]
        assert [e.detail["what"] for e in corrected] == ["response_struck"]
        with pytest.raises(NotAccepted):
            strike(session, NOW, response, "again", actor=GROUP)


def test_a_withdrawn_response_counts_until_the_day_before(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        response = respond(session, NOW, reply(id_), actor=GROUP)
        with pytest.raises(NotAccepted):
            retract(session, NOW, response, date(2026, 5, 20), actor=GROUP)
        retract(session, NOW, response, date(2026, 5, 12), actor=GROUP)
        assert standing(session, id_) is not Standing.AWAITING_ASSESSMENT


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": "", "text": " "}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"body": "ministry-of-magic"}, "body"),
        ({"first_seen_on": date(2026, 5, 13), "published": None}, "first_seen_on"),
        ({"published": day(date(2026, 5, 12))}, "published"),
        ({"received": PartialDate(date(2026, 6, 1), Precision.MONTH)}, "received"),
    ],
)
def test_what_cannot_be_a_response_is_refused_at_its_field(
    database: Database, changes: dict[str, object], field: str
) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        with pytest.raises(NotAccepted) as caught:
            respond(session, NOW, reply(id_, **changes), actor=GROUP)  # type: ignore[arg-type]
        assert [one.field for one in caught.value.refusals] == [field]


def test_a_response_to_nothing_or_twice_to_the_same_is_refused(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        for ids in ((), (id_, id_)):
            with pytest.raises(NotAccepted) as caught:
                respond(session, NOW, reply(*ids), actor=GROUP)
            assert [one.field for one in caught.value.refusals] == ["obligations"]


def test_who_signed_too_speaks_for_itself(database: Database) -> None:
    with database.writing() as session:
        water, rivers = owing(session, item(session, "ministry-of-water", "ministry-of-rivers"))
        response = respond(session, NOW, reply(water, rivers, signers=("ministry-of-rivers",)), actor=GROUP)
        assert [body.key for body in signers_of(session, id_of(response))] == ["ministry-of-rivers"]
        assert {line.on_behalf for line in lines_of(session, id_of(response))} == {False}
        assert standing(session, rivers) is Standing.AWAITING_ASSESSMENT
        found = [e for e in session.exec(select(Event)).all() if e.kind is EventKind.RESPONSE_FOUND]
        assert [event.detail["signed_too"] for event in found] == [["ministry-of-rivers"]] * 2


def test_a_signer_nobody_knows_is_a_complaint_beside_its_field(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        with pytest.raises(NotAccepted) as caught:
            respond(session, NOW, reply(id_, signers=("Ministry of Nothing",)), actor=GROUP)
        assert [one.field for one in caught.value.refusals] == ["signers"]


def test_who_is_named_twice_signed_once(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        response = respond(session, NOW, reply(id_, signers=("ministry-of-water",)), actor=GROUP)
        assert signers_of(session, id_of(response)) == []


def test_a_signer_is_corrected_in_public_and_the_old_one_kept(database: Database) -> None:
    with database.writing() as session:
        water, rivers = owing(session, item(session, "ministry-of-water", "ministry-of-rivers"))
        response = respond(session, NOW, reply(water, rivers, signers=("ministry-of-rivers",)), actor=GROUP)
        held = facts_of_response(session, response)
        with pytest.raises(NotAccepted) as caught:
            correct_response(session, NOW, response, replace(held, signers=()), "It did not.", actor=GROUP)
        assert [one.field for one in caught.value.refusals] == [f"on_behalf-{rivers}"]
        alone = respond(session, NOW, reply(water), actor=GROUP)
        held = facts_of_response(session, alone)
        later = NOW + timedelta(days=1)
        joint = replace(held, signers=("ministry-of-rivers",))
        assert correct_response(session, later, alone, joint, "It signed too.", actor=GROUP)
        assert [body.key for body in signers_of(session, id_of(alone))] == ["ministry-of-rivers"]
        then = public_signers(session, [id_of(alone)], Moment(at=NOW, known_by=NOW))
        assert then == {}


def test_all_who_signed_are_named_in_what_is_exported(database: Database) -> None:
    with database.writing() as session:
        water, rivers = owing(session, item(session, "ministry-of-water", "ministry-of-rivers"))
        respond(session, NOW, reply(water, rivers, signers=("ministry-of-rivers",)), actor=GROUP)
        session.flush()
        assert {row[4] for row in exports.responses(session)} == {"ministry-of-water; ministry-of-rivers"}
