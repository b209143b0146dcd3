"""Reviewing: a proposal becomes a fact by a person's word, once, with its page as evidence."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from tests.services.entered import GROUP, people, shown
from tests.services.register import (
    VOICE,
    Collecting,
)
from tests.services.reviewed import accept_item, answered, drafted, rows, waiting
from tracker.domain.partial import day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Basis, EventKind, FindingState, ResponseKind, Standing
from tracker.services.draft_decision import UpdateDecision, draft_item, draft_update
from tracker.services.respond import SaidFor
from tracker.services.review import accept_new_item, accept_response, accept_update, open_findings, reject
from tracker.storage import entries, findings
from tracker.storage.tables import (
    Event,
    Finding,
    Happening,
    Item,
    Page,
    Response,
    Source,
    Watch,
)


def test_an_accepted_initiative_is_owed_an_answer_after_six_months(collecting: Collecting) -> None:
    owed = accept_item(collecting)
    with collecting.database.reading() as session:
        (one,) = entries.owed(session, [owed])
        assert one.terms.rule_key == "eu-eci-art15" and one.terms.trigger_on == date(2025, 9, 1)
        assert one.terms.computed_on == date(2026, 3, 2) and one.terms.stated_on is None
        assert one.terms.basis is Basis.STATUTE and one.terms.steps
        assert one.body.name == "European Commission" and one.item.ref == "ECI(2024)000004"
        assert one.process.key == "european-citizens-initiative"
        assert one.item.facts_source.endswith(VOICE)
        segment = shown(session, owed, collecting.clock())
        assert segment.standing is Standing.RUNNING and segment.due_on == date(2026, 3, 2)
        watch = session.exec(select(Watch)).one()
        assert (watch.obligation_id, watch.address) == (owed, collecting.register.base + VOICE)
        assert EventKind.LOGGED in [event.kind for event in session.exec(select(Event))]


def test_who_decided_and_when_stays_with_the_finding_and_its_page(collecting: Collecting) -> None:
    with collecting.database.writing() as session:
        reviewer, _ = people(session)
        accept_new_item(
            session, collecting.clock(), waiting(collecting, "new_item"), actor=GROUP, user_id=reviewer
        )
    with collecting.database.reading() as session:
        finding = session.exec(select(Finding).where(Finding.kind == "new_item")).one()
        assert (finding.state, finding.decided_by_id, finding.decided_at) == (
            FindingState.ACCEPTED,
            reviewer,
            collecting.clock.at,
        )
        assert finding.suggestion["became"] == session.exec(select(Item)).one().key
        assert session.get(Page, finding.page_sha256) is not None


def test_an_accepted_answer_awaits_assessment_with_its_page_as_evidence(collecting: Collecting) -> None:
    owed = accept_item(collecting)
    finding = answered(collecting)
    with collecting.database.writing() as session:
        response = accept_response(
            session, collecting.clock(), finding, drafted(collecting, finding), actor=GROUP
        )
        assert response.published_on == date(2026, 2, 26) and response.received_on is None
        assert response.first_seen_on == date(2026, 2, 27)
    with collecting.database.reading() as session:
        page = session.get(Page, session.exec(select(Response)).one().page_sha256)
        assert page is not None and b"Communication on 26 February 2026" in page.body
        assert shown(session, owed, collecting.clock()).standing is Standing.AWAITING_ASSESSMENT
        row = session.get(Finding, finding)
        assert row is not None and row.response_id is not None
        found = session.exec(select(Event).where(Event.kind == EventKind.RESPONSE_FOUND)).one()
        assert found.obligation_id == owed and found.actor == GROUP


def test_a_holding_reply_confirmed_as_one_does_not_answer(collecting: Collecting) -> None:
    owed = accept_item(collecting)
    finding = answered(collecting)
    said = drafted(collecting, finding, ResponseKind.HOLDING)
    with collecting.database.writing() as session:
        accept_response(session, collecting.clock(), finding, said, actor=GROUP)
        assert shown(session, owed, collecting.clock()).standing is Standing.DUE_SOON


def test_an_answer_read_before_its_item_was_accepted_finds_it_afterwards(collecting: Collecting) -> None:
    finding = answered(collecting)
    with collecting.database.reading() as session:
        assert session.get(Finding, finding).obligation_id is None  # type: ignore[union-attr]
    owed = accept_item(collecting)
    with collecting.database.reading() as session:
        assert session.get(Finding, finding).obligation_id == owed  # type: ignore[union-attr]
        assert shown(session, owed, collecting.clock()).standing is Standing.AWAITING_ASSESSMENT


def test_deciding_twice_is_refused_and_says_so(collecting: Collecting) -> None:
    finding = waiting(collecting, "new_item")
    accept_item(collecting)
    with (
        pytest.raises(NotAccepted, match="accepted this on 2026-01-12 already"),
        collecting.database.writing() as session,
    ):
        accept_new_item(session, collecting.clock(), finding, actor=GROUP)
    with pytest.raises(NotAccepted, match="accepted this"), collecting.database.writing() as session:
        reject(session, collecting.clock(), finding, "No.", actor=GROUP)
    with pytest.raises(NotAccepted, match="no such finding"), collecting.database.writing() as session:
        reject(session, collecting.clock(), 99999, "No.", actor=GROUP)
    assert len(rows(collecting.database, Item)) == 1


def test_a_refused_acceptance_leaves_the_finding_open(collecting: Collecting) -> None:
    finding = waiting(collecting, "new_item")
    with pytest.raises(NotAccepted), collecting.database.writing() as session:
        one = findings.one(session, finding)
        assert one is not None
        accept_new_item(
            session, collecting.clock(), finding, replace(draft_item(session, one), title=""), actor=GROUP
        )
    assert waiting(collecting, "new_item") == finding
    assert rows(collecting.database, Item) == []


def test_a_rejected_finding_comes_back_only_when_the_source_says_something_else(
    collecting: Collecting,
) -> None:
    finding = waiting(collecting, "new_item")
    with pytest.raises(NotAccepted, match="Say why"), collecting.database.writing() as session:
        reject(session, collecting.clock(), finding, " ", actor=GROUP)
    with collecting.database.writing() as session:
        reject(session, collecting.clock(), finding, "Not ours.", actor=GROUP)
    collecting.clock.forward(days=1)
    collecting.collect()
    with collecting.database.reading() as session:
        assert open_findings(session, kind="new_item") == []
    collecting.register.put(
        VOICE, collecting.register.pages[VOICE].body.replace(b"01/09/2025", b"02/09/2025")
    )
    collecting.clock.forward(days=1)
    collecting.collect()
    assert waiting(collecting, "new_item") != finding


def test_what_changed_about_an_accepted_item_is_an_update_of_it(collecting: Collecting) -> None:
    accept_item(collecting)
    collecting.register.put(
        VOICE, collecting.register.pages[VOICE].body.replace(b"01/09/2025", b"02/09/2025")
    )
    collecting.clock.forward(days=1)
    collecting.collect()
    finding = waiting(collecting, "update")
    with collecting.database.writing() as session:
        one = findings.one(session, finding)
        assert one is not None
        said = draft_update(one)
        assert said.item == session.exec(select(Item)).one().key
    with pytest.raises(NotAccepted), collecting.database.writing() as session:
        nowhere = UpdateDecision(item="nowhere", text="")
        accept_update(session, collecting.clock(), finding, nowhere, actor=GROUP)
    with collecting.database.writing() as session:
        noted = replace(said, text="The register corrected the date.", happened=day(date(2026, 1, 13)))
        accept_update(session, collecting.clock(), finding, noted, actor=GROUP)
    assert [note.text for note in rows(collecting.database, Happening)] == [
        "The register corrected the date."
    ]


def test_a_question_is_answered_with_a_note_and_becomes_no_fact(collecting: Collecting) -> None:
    collecting.register.put(
        VOICE, collecting.register.pages[VOICE].body.replace(b"Valid initiative", b"Splendid")
    )
    collecting.clock.forward(days=1)
    collecting.collect()
    with pytest.raises(NotAccepted, match="question of the reader"), collecting.database.writing() as session:
        accept_new_item(session, collecting.clock(), waiting(collecting, "question"), actor=GROUP)


def test_a_response_needs_a_kind_that_a_person_has_confirmed(collecting: Collecting) -> None:
    accept_item(collecting)
    finding = answered(collecting)
    with pytest.raises(NotAccepted, match="Tick at least one"), collecting.database.writing() as session:
        accept_response(
            session, collecting.clock(), finding, replace(drafted(collecting, finding), lines=()), actor=GROUP
        )
    said = replace(
        drafted(collecting, finding), body="Nobody", lines=(SaidFor(obligation=1, kind=ResponseKind.REPLY),)
    )
    with pytest.raises(NotAccepted, match="No body is called"), collecting.database.writing() as session:
        accept_response(session, collecting.clock(), finding, said, actor=GROUP)


def test_the_process_that_reviewing_made_stays_the_sources_own(collecting: Collecting) -> None:
    collecting.source(process="")
    accept_item(collecting)
    made = rows(collecting.database, Source)[0].process_id
    assert made is not None
    collecting.source(process="")
    assert rows(collecting.database, Source)[0].process_id == made
