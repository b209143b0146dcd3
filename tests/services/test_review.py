"""Reviewing: a proposal becomes a fact by a person's word, once, with its page as evidence."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from scrapers.cage import Cage
from tests.services.entered import GROUP, people, shown
from tests.services.register import (
    ANSWERED,
    LISTING,
    VOICE,
    VOICE_ANSWER,
    Clock,
    Collecting,
    running_register,
    with_recordings,
)
from tracker.domain.partial import day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Basis, EventKind, FindingState, ResponseKind, RunState, Standing
from tracker.services.draft_decision import UpdateDecision, draft_item, draft_response, draft_update
from tracker.services.release_run import release_run
from tracker.services.respond import LogResponse, SaidFor
from tracker.services.review import accept_new_item, accept_response, accept_update, open_findings, reject
from tracker.storage import entries, findings
from tracker.storage.engine import Database
from tracker.storage.tables import (
    Check,
    Event,
    Finding,
    Happening,
    Item,
    Obligation,
    Page,
    Response,
    Run,
    Source,
    Watch,
)


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as opened:
        yield opened


@pytest.fixture
def collecting(database: Database, cage: Cage) -> Iterator[Collecting]:
    with running_register() as register:
        made = Collecting(database, with_recordings(register), cage, Clock())
        made.source()
        made.collect()
        yield made


def rows(database: Database, table: Any) -> list[Any]:
    with database.reading() as session:
        found = list(session.exec(select(table).order_by(*table.__table__.primary_key)))
        session.expunge_all()
        return found


def waiting(collecting: Collecting, kind: str) -> int:
    """The id of the oldest finding of a kind that waits."""
    with collecting.database.reading() as session:
        found = open_findings(session, kind=kind)
        assert found, [(one.finding.kind, one.finding.content) for one in open_findings(session)]
        return found[0].finding.id or 0


def accept_item(collecting: Collecting) -> int:
    """Take the proposed initiative over as it is; the id of what is owed about it."""
    with collecting.database.writing() as session:
        accept_new_item(session, collecting.clock(), waiting(collecting, "new_item"), actor=GROUP)
    return int(rows(collecting.database, Obligation)[0].id)


def answered(collecting: Collecting) -> int:
    """The answer is published and collected; the id of what proposes it."""
    collecting.register.put(VOICE_ANSWER, ANSWERED)
    collecting.clock.at = collecting.clock.at.replace(month=2, day=27)
    collecting.collect()
    return waiting(collecting, "response")


def drafted(collecting: Collecting, finding_id: int, kind: ResponseKind = ResponseKind.REPLY) -> LogResponse:
    with collecting.database.reading() as session:
        one = findings.one(session, finding_id)
        assert one is not None
        said = draft_response(session, one)
    lines = tuple(replace(line, kind=kind) for line in said.lines)
    return replace(said, lines=lines)


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


def test_a_reading_of_the_watched_page_is_a_look_for_the_answer(collecting: Collecting) -> None:
    owed = accept_item(collecting)
    collecting.clock.at = collecting.clock.at.replace(month=3, day=4, hour=8)
    collecting.collect()
    (check,) = rows(collecting.database, Check)
    assert check.looked_on == date(2026, 3, 4) and check.recorded_by == "source:eci" and not check.news_only
    assert check.places == [collecting.register.base + VOICE]
    with collecting.database.reading() as session:
        segment = shown(session, owed, collecting.clock())
        assert segment.standing is Standing.OVERDUE and segment.days_overdue == 2


def test_a_look_that_could_not_read_the_answers_own_page_is_none(collecting: Collecting) -> None:
    owed = accept_item(collecting)
    collecting.clock.at = collecting.clock.at.replace(month=3, day=4)
    del collecting.register.pages[VOICE_ANSWER]
    collecting.collect()
    assert rows(collecting.database, Check) == []
    with collecting.database.reading() as session:
        assert shown(session, owed, collecting.clock()).standing in (Standing.UNCHECKED, Standing.RUNNING)
        assert shown(session, owed, collecting.clock()).standing is Standing.UNCHECKED


def test_a_page_with_a_question_is_no_look_until_somebody_has_answered_it(collecting: Collecting) -> None:
    accept_item(collecting)
    before = collecting.register.pages[VOICE].body
    collecting.register.put(VOICE, before.replace(b"Valid initiative", b"Splendid initiative"))
    collecting.clock.forward(days=60)
    collecting.collect()
    assert rows(collecting.database, Check) == []
    with collecting.database.writing() as session:
        for one in open_findings(session, kind="question"):
            reject(
                session, collecting.clock(), one.finding.id or 0, "Only a new word for the same.", actor=GROUP
            )
    collecting.clock.forward(days=1)
    collecting.collect()
    assert len(rows(collecting.database, Check)) == 1


def test_a_watched_page_is_read_even_when_the_listing_no_longer_leads_there(collecting: Collecting) -> None:
    accept_item(collecting)
    listing = collecting.register.pages[LISTING].body
    collecting.register.put(LISTING, listing.replace(b"/details/2024/000004_en", b"/details/2024/000009_en"))
    collecting.register.put(
        "/initiatives/details/2024/000009_en",
        collecting.register.pages[VOICE].body.replace(b"ECI(2024)000004", b"ECI(2024)000009"),
    )
    collecting.clock.forward(days=1)
    collecting.register.hits.clear()
    collecting.collect()
    assert collecting.register.read(VOICE) == 1
    assert len(rows(collecting.database, Check)) == 1


def test_a_proposed_answer_suspends_the_flag_and_is_no_look(collecting: Collecting) -> None:
    owed = accept_item(collecting)
    finding = answered(collecting)
    assert rows(collecting.database, Check) == []
    with collecting.database.reading() as session:
        row = session.get(Finding, finding)
        assert row is not None and row.obligation_id == owed
        codes = [code for code, _ in row.suggestion["matches"][0]["reasons"]]  # type: ignore[index]
        assert codes[:3] == ["same_reference", "watched_page", "same_body"]
        later = collecting.clock.at.replace(month=3, day=20)
        assert shown(session, owed, later).standing is Standing.AWAITING_ASSESSMENT


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


def test_a_rejected_answer_lets_the_clock_go_on_and_the_looks_count(collecting: Collecting) -> None:
    owed = accept_item(collecting)
    finding = answered(collecting)
    with collecting.database.writing() as session:
        reject(session, collecting.clock(), finding, "A press release.", actor=GROUP)
    with collecting.database.reading() as session:
        assert shown(session, owed, collecting.clock()).standing is Standing.DUE_SOON
    collecting.clock.forward(days=7)
    collecting.collect()
    with collecting.database.reading() as session:
        assert shown(session, owed, collecting.clock()).standing is Standing.OVERDUE


def test_an_answer_read_before_its_item_was_accepted_finds_it_afterwards(collecting: Collecting) -> None:
    finding = answered(collecting)
    with collecting.database.reading() as session:
        assert session.get(Finding, finding).obligation_id is None  # type: ignore[union-attr]
    owed = accept_item(collecting)
    with collecting.database.reading() as session:
        assert session.get(Finding, finding).obligation_id == owed  # type: ignore[union-attr]
        assert shown(session, owed, collecting.clock()).standing is Standing.AWAITING_ASSESSMENT


def test_a_reading_is_no_look_where_its_response_could_be_either_debtors(collecting: Collecting) -> None:
    accept_item(collecting)
    body = ANSWERED.replace("ECI(2024)000004", "")
    collecting.register.put(VOICE_ANSWER, body)
    collecting.clock.at = collecting.clock.at.replace(month=3, day=10)
    collecting.collect()
    collecting.clock.forward(days=1)
    collecting.collect()
    assert rows(collecting.database, Check) == []


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


def quarantined(collecting: Collecting) -> int:
    """The listing shrank to nothing; the id of the reading that was set aside."""
    collecting.register.put(
        LISTING, b"<html><body><h1>Find initiatives</h1><p>Current status: Registered</p></body></html>"
    )
    collecting.clock.forward(days=1)
    collecting.collect()
    run = rows(collecting.database, Run)[-1]
    assert run.state is RunState.QUARANTINED, run.problems
    return int(run.id)


def test_a_page_that_really_changed_is_released_by_a_person(collecting: Collecting) -> None:
    run = quarantined(collecting)
    with pytest.raises(NotAccepted, match="really changed"), collecting.database.writing() as session:
        release_run(session, collecting.clock(), run, "", actor=GROUP)
    with collecting.database.writing() as session:
        release_run(session, collecting.clock(), run, "The register was emptied on purpose.", actor=GROUP)
    source = rows(collecting.database, Source)[0]
    assert source.broken_since_at is None and rows(collecting.database, Run)[-1].state is RunState.HEALTHY
    assert [event.kind for event in rows(collecting.database, Event)][-1] is EventKind.SOURCE_MENDED
    with pytest.raises(NotAccepted, match="cannot be released"), collecting.database.writing() as session:
        release_run(session, collecting.clock(), run, "Again.", actor=GROUP)


def test_a_lost_listing_is_noticed_although_watched_pages_are_read_anyway(collecting: Collecting) -> None:
    accept_item(collecting)
    quarantined(collecting)
    assert rows(collecting.database, Check) == []


def test_the_process_that_reviewing_made_stays_the_sources_own(collecting: Collecting) -> None:
    collecting.source(process="")
    accept_item(collecting)
    made = rows(collecting.database, Source)[0].process_id
    assert made is not None
    collecting.source(process="")
    assert rows(collecting.database, Source)[0].process_id == made


def test_an_error_page_is_never_released(collecting: Collecting) -> None:
    collecting.register.put(LISTING, "")
    collecting.clock.forward(days=1)
    collecting.collect()
    run = rows(collecting.database, Run)[-1].id
    with (
        pytest.raises(NotAccepted, match="not the page we asked for"),
        collecting.database.writing() as session,
    ):
        release_run(session, collecting.clock(), run, "It is empty now.", actor=GROUP)
