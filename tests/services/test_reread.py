"""Looking again at pages on which answers are awaited: on which days, how politely, and what is found there."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlmodel import Session

from scrapers.cage import Cage
from tests.services import entered
from tests.services.entered import GROUP, shown
from tests.services.register import (
    ANSWERED,
    NO_ANSWER_YET,
    VOICE,
    VOICE_ANSWER,
    Clock,
    Collecting,
    running_register,
    with_recordings,
)
from tests.services.reviewed import accept_item, drafted, rows, waiting
from tracker.domain.words import Standing
from tracker.services.draft_decision import draft_update
from tracker.services.reread import reread
from tracker.services.review import accept_response
from tracker.services.watched_now import to_reread
from tracker.storage import findings, watches
from tracker.storage.engine import Database
from tracker.storage.tables import Check, CheckObligation, Finding, PageVisit, Run, Source

A_YEAR = 24.0 * 365
DUE = date(2026, 3, 2)


@pytest.fixture
def collecting(database: Database, cage: Cage) -> Iterator[Collecting]:
    """One initiative is awaited; its source's own next reading lies a year ahead."""
    with running_register() as register:
        made = Collecting(database, with_recordings(register), cage, Clock())
        made.source(every_hours=A_YEAR)
        made.collect()
        yield made


def again(collecting: Collecting) -> list[int]:
    """One round of the job; the sources that were due."""
    due = to_reread(collecting.database, collecting.clock())
    for source_id in due:
        reread(collecting.database, collecting.gate(), collecting.cage, collecting.clock, source_id)
    return due


def look_again_on(collecting: Collecting, day: datetime) -> None:
    collecting.clock.at = day
    collecting.register.hits.clear()
    assert again(collecting)


def open_of(collecting: Collecting, kind: str) -> list[Finding]:
    return [one for one in rows(collecting.database, Finding) if one.kind == kind and one.state == "open"]


def test_a_page_is_read_daily_then_every_third_day_then_weekly_and_never_twice_a_day(
    collecting: Collecting,
) -> None:
    accept_item(collecting)
    look_again_on(collecting, datetime(2026, 2, 20, 9, tzinfo=UTC))
    read_at = [collecting.clock()]
    for _ in range(200 * 2):
        collecting.clock.forward(hours=12)
        if again(collecting):
            read_at.append(collecting.clock())
    gaps = [(later - earlier, (later.date() - DUE).days) for earlier, later in pairwise(read_at[1:])]
    daily = [gap for gap, after in gaps if after <= 30]
    thirdly = [gap for gap, after in gaps if 33 < after <= 90]
    weekly = [gap for gap, after in gaps if after > 97]
    assert len(daily) > 35 and set(daily) == {timedelta(days=1)}
    assert len(thirdly) > 15 and set(thirdly) == {timedelta(days=3)}
    assert len(weekly) > 5 and set(weekly) == {timedelta(days=7)}
    assert collecting.register.read(VOICE) == len(read_at)
    assert all(conditional for path, conditional in collecting.register.hits if path == VOICE)
    assert len(rows(collecting.database, Check)) == len(read_at)


def test_a_late_answer_on_an_old_page_is_found_without_the_source_being_due(collecting: Collecting) -> None:
    owed = accept_item(collecting)
    look_again_on(collecting, datetime(2026, 8, 1, 9, tzinfo=UTC))
    answered_page = NO_ANSWER_YET.replace(
        "</body>", "<p>The Commission adopted its Communication on 20 August 2026.</p></body>"
    )
    collecting.register.put(VOICE_ANSWER, answered_page)
    look_again_on(collecting, datetime(2026, 9, 1, 9, tzinfo=UTC))
    [found] = open_of(collecting, "response")
    assert found.obligation_id == owed
    with collecting.database.reading() as session:
        later = collecting.clock() + timedelta(minutes=1)
        assert shown(session, owed, later).standing is Standing.AWAITING_ASSESSMENT
    assert rows(collecting.database, Source)[0].last_checked_at < datetime(2026, 2, 1, tzinfo=UTC)


def test_a_page_that_several_wait_for_is_read_once(collecting: Collecting) -> None:
    first = accept_item(collecting)
    with collecting.database.writing() as session:
        other = shared_with(session, collecting)
        watches.keep(
            session, [other], 1, collecting.register.base + VOICE, collecting.clock(), "group:city-watch"
        )
    look_again_on(collecting, collecting.clock() + timedelta(days=2))
    assert collecting.register.read(VOICE) == 1
    assert {first, other} <= set(obligations_checked(collecting))


def shared_with(session: Session, collecting: Collecting) -> int:
    key = entered.report(session)
    item = entered.item(session, document=key, now=collecting.clock())
    return entered.owing(session, item)[0]


def obligations_checked(collecting: Collecting) -> list[int]:
    return [one.obligation_id for one in rows(collecting.database, CheckObligation)]


def held(collecting: Collecting) -> int:
    """The answer was found and taken over; the obligation."""
    owed = accept_item(collecting)
    collecting.register.put(VOICE_ANSWER, ANSWERED)
    look_again_on(collecting, datetime(2026, 2, 27, 9, tzinfo=UTC))
    finding = waiting(collecting, "response")
    with collecting.database.writing() as session:
        accept_response(session, collecting.clock(), finding, drafted(collecting, finding), actor=GROUP)
    return owed


@pytest.mark.parametrize(("status", "says"), [(404, "has no page"), (410, "gone for good")])
def test_an_answer_whose_page_is_gone_is_a_proposal_and_no_reversal(
    collecting: Collecting, status: int, says: str
) -> None:
    owed = held(collecting)
    with collecting.database.reading() as session:
        before = shown(session, owed, collecting.clock()).standing
    collecting.register.put(VOICE_ANSWER, "gone", status)
    look_again_on(collecting, collecting.clock() + timedelta(days=40))
    gone = [one for one in open_of(collecting, "update") if "no_longer_shown" in one.external_key]
    assert len(gone) == 1 and says in str(gone[0].content["summary"])
    assert gone[0].obligation_id == owed and gone[0].suggestion["item"]
    with collecting.database.reading() as session:
        assert shown(session, owed, collecting.clock()).standing is before
    look_again_on(collecting, collecting.clock() + timedelta(days=40))
    assert len([one for one in open_of(collecting, "update") if "no_longer" in one.external_key]) == 1


@pytest.mark.parametrize("status", [500, 502, 403])
def test_a_page_that_fails_is_no_disappearance_and_no_look(collecting: Collecting, status: int) -> None:
    held(collecting)
    collecting.register.put(VOICE_ANSWER, "trouble", status)
    checks = len(rows(collecting.database, Check))
    look_again_on(collecting, collecting.clock() + timedelta(days=40))
    assert open_of(collecting, "update") == []
    assert len(rows(collecting.database, Check)) == checks
    assert rows(collecting.database, PageVisit)[-1].failure
    assert rows(collecting.database, Source)[0].broken_since_at is None


def test_a_site_that_asks_for_patience_is_left_alone_for_that_long(collecting: Collecting) -> None:
    accept_item(collecting)
    for path in (VOICE, VOICE_ANSWER):
        collecting.register.put(path, "slow down", 429, Retry_After="7200")
    look_again_on(collecting, collecting.clock() + timedelta(days=2))
    assert rows(collecting.database, Run)[-1].state == "failed" and open_of(collecting, "update") == []
    collecting.clock.forward(hours=1)
    assert again(collecting) == []
    assert rows(collecting.database, Check) == []


def test_an_answer_that_is_no_longer_on_its_page_is_noticed(collecting: Collecting) -> None:
    held(collecting)
    collecting.register.put(VOICE_ANSWER, NO_ANSWER_YET)
    look_again_on(collecting, collecting.clock() + timedelta(days=40))
    [gone] = [one for one in open_of(collecting, "update") if "no_longer_shown" in one.external_key]
    assert "no longer on it" in str(gone.content["summary"])


def test_an_answer_that_is_shown_again_withdraws_what_was_proposed_meanwhile(collecting: Collecting) -> None:
    held(collecting)
    collecting.register.put(VOICE_ANSWER, NO_ANSWER_YET)
    look_again_on(collecting, collecting.clock() + timedelta(days=40))
    [gone] = [one for one in open_of(collecting, "update") if "no_longer_shown" in one.external_key]
    with collecting.database.reading() as session:
        found = findings.one(session, gone.id or 0)
        assert found is not None
        happened = draft_update(found).happened
    assert happened is not None and happened.value == collecting.clock().date()
    collecting.register.put(VOICE_ANSWER, ANSWERED)
    look_again_on(collecting, collecting.clock() + timedelta(days=40))
    assert [one for one in open_of(collecting, "update") if "no_longer_shown" in one.external_key] == []
