"""Watched pages: when a reading is a look for an answer, and when it is none."""

from datetime import date

import pytest

from tests.services.entered import GROUP, shown
from tests.services.register import (
    ANSWERED,
    LISTING,
    VOICE,
    VOICE_ANSWER,
    Collecting,
)
from tests.services.reviewed import accept_item, answered, quarantined, rows
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import EventKind, RunState, Standing
from tracker.services.release_run import release_run
from tracker.services.review import open_findings, reject
from tracker.storage.tables import (
    Check,
    Event,
    Finding,
    Run,
    Source,
)


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


def test_a_reading_within_the_time_a_source_takes_to_publish_says_nothing_yet(
    collecting: Collecting,
) -> None:
    owed = accept_item(collecting)
    with collecting.database.writing() as session:
        session.get_one(Source, 1).publication_lag_days = 2
    collecting.clock.at = collecting.clock.at.replace(month=3, day=4, hour=8)
    collecting.collect()
    with collecting.database.reading() as session:
        assert shown(session, owed, collecting.clock()).standing is Standing.UNCHECKED


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


def test_a_reading_is_no_look_where_its_response_could_be_either_debtors(collecting: Collecting) -> None:
    accept_item(collecting)
    body = ANSWERED.replace("ECI(2024)000004", "")
    collecting.register.put(VOICE_ANSWER, body)
    collecting.clock.at = collecting.clock.at.replace(month=3, day=10)
    collecting.collect()
    collecting.clock.forward(days=1)
    collecting.collect()
    assert rows(collecting.database, Check) == []


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
