"""Recomputation: a rule or calendar that reads differently moves the open dates it decides, and tells each once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.services.entered import GROUP, people, shown, standing
from tests.services.moving import (
    ASKED,
    DUE,
    FUNERAL,
    NOW,
    RULE,
    WORKING,
    asked,
    moved,
    recomputed,
    terms,
    told_of,
)
from tests.services.test_assess import answered, verdict
from tracker.domain.catalogue import catalogue
from tracker.domain.partial import day
from tracker.domain.rules import Rule, Version
from tracker.domain.words import (
    Basis,
    ClockEntryKind,
    DueSource,
    EventKind,
    Standing,
    Verdict,
)
from tracker.services import recompute
from tracker.services.assess import assess
from tracker.services.correct import confirm_rule
from tracker.services.look import Look, look
from tracker.services.move_clock import MoveClock, move_clock, undo_entry
from tracker.services.reckon import Deadline
from tracker.services.recompute import Scope
from tracker.services.sweep import sweep
from tracker.storage.engine import Database
from tracker.storage.tables import ClockEntry, Event, Segment

LATER = NOW + timedelta(hours=1)
NEXT_DAY = date(2026, 6, 4)
"""The due day after the funeral has been left out."""

Reads = Callable[..., None]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """The catalogue reads a rule otherwise from now on."""

    def otherwise(key: str = RULE, **changes: Any) -> None:
        rules = {**catalogue(), key: replace(catalogue()[key], **changes)}
        _catalogue_is(monkeypatch, rules)

    return otherwise


def _catalogue_is(monkeypatch: pytest.MonkeyPatch, rules: dict[str, Rule]) -> None:
    from tracker.services import reckon, renew

    for module in (reckon, renew, recompute):
        monkeypatch.setattr(module, "catalogue", lambda: MappingProxyType(rules))
    renew._snapshot.cache_clear()
    monkeypatch.setattr(recompute, "_laws", {})


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    from tracker.services import renew

    yield
    renew._snapshot.cache_clear()


@contextmanager
def after_a_funeral(database: Database, now: datetime = LATER) -> Iterator[Session]:
    """The site was told of a day off, all is reckoned anew, and somebody looks at what is there."""
    with told_of(database.url, FUNERAL) as again:
        recomputed(again, now)
        with again.reading() as session:
            yield session


def test_a_day_off_moves_the_working_day_clocks_that_cross_it_and_no_other(database: Database) -> None:
    with database.writing() as session:
        crossing = asked(session)
        past = asked(session, replace(WORKING, trigger_on=day(date(2026, 4, 1))))
        ahead = asked(session, replace(WORKING, trigger_on=day(date(2026, 5, 20))))
        calendar_days = asked(session, replace(WORKING, rule="gb-eaw-coroner-pfd"))
    with after_a_funeral(database) as session:
        [event] = moved(session)
        assert event.obligation_id == crossing
        assert event.detail == {
            "what": "recomputed",
            "old": DUE.isoformat(),
            "new": NEXT_DAY.isoformat(),
            "why": [{"code": "holiday_added", "day": "2026-05-20", "name": "State funeral"}],
        }
        assert shown(session, crossing, LATER).due_on == NEXT_DAY
        assert [len(terms(session, id_)) for id_ in (past, calendar_days)] == [2, 1]
        assert len(terms(session, ahead)) == 2


def test_new_terms_name_the_holiday_and_the_old_ones_stay_on_record(database: Database) -> None:
    with database.writing() as session:
        owed = asked(session)
    with after_a_funeral(database) as session:
        old, new = terms(session, owed)
        assert (old.computed_on, old.superseded_at) == (DUE, LATER)
        assert (new.computed_on, new.superseded_at, new.recorded_by) == (NEXT_DAY, None, "clock")
        assert "State funeral" not in str(old.steps)
        assert "State funeral" in str(new.steps)
        assert new.calendar_version != old.calendar_version


def test_a_second_pass_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        owed = asked(session)
    with told_of(database.url, FUNERAL) as again:
        recomputed(again, LATER)
        [batch] = recomputed(again, LATER)
        assert (batch.examined, batch.renewed, batch.moved) == (1, 0, ())
        with again.reading() as session:
            assert len(moved(session)) == 1
            assert len(terms(session, owed)) == 2


def test_a_day_off_that_was_none_moves_the_date_back_and_says_so(database: Database) -> None:
    with told_of(database.url, FUNERAL) as with_day_off, with_day_off.writing() as session:
        owed = asked(session)
    recomputed(database, LATER)
    with database.reading() as session:
        [event] = moved(session)
        assert (event.obligation_id, event.detail["new"]) == (owed, DUE.isoformat())
        assert event.detail["why"] == [
            {"code": "holiday_removed", "day": "2026-05-20", "name": "State funeral"}
        ]


def test_a_stated_date_keeps_winning_and_the_computed_one_beside_it_is_refreshed(database: Database) -> None:
    with database.writing() as session:
        owed = asked(session, replace(WORKING, stated=day(DUE)))
    with after_a_funeral(database) as session:
        assert moved(session) == []
        assert terms(session, owed)[-1].computed_on == NEXT_DAY
        segment = shown(session, owed, LATER)
        assert (segment.due_on, segment.due_source) == (DUE, DueSource.STATED)


def test_amounts_calendars_and_reasons_given_by_hand_stay(database: Database) -> None:
    by_hand = replace(
        WORKING,
        amount=25,
        calendar="GB-SCT",
        basis=Basis.PROMISE,
        legal_basis="Their own word",
        source_url="https://example.org/word",
    )
    with database.writing() as session:
        owed = asked(session, by_hand)
    with told_of(database.url, ("GB-SCT", date(2026, 5, 20), "Fair")) as again:
        recomputed(again, LATER)
        with again.reading() as session:
            new = terms(session, owed)[-1]
            assert (new.amount, new.calendar, new.basis) == (25, "GB-SCT", Basis.PROMISE)
            assert (new.legal_basis, new.source_url) == ("Their own word", "https://example.org/word")
            assert "Fair" in str(new.steps)


def test_a_rule_that_now_reads_differently_moves_the_date_and_says_which_part(
    database: Database, reads: Reads
) -> None:
    with database.writing() as session:
        owed = asked(session)
    reads(amount=21)
    recomputed(database, LATER)
    with database.reading() as session:
        [event] = moved(session)
        assert event.detail["why"] == [
            {"code": "rule_changed", "rule": RULE, "changed": {"amount": [20, 21]}}
        ]
        assert terms(session, owed)[-1].rule_snapshot["amount"] == 21


def test_a_new_version_does_not_touch_a_period_begun_before_it(database: Database, reads: Reads) -> None:
    with database.writing() as session:
        before = asked(session)
        after = asked(session, replace(WORKING, trigger_on=day(date(2026, 5, 11))))
    old = Version(valid_to=date(2026, 5, 10), amount=20)
    reads(amount=30, versions=(old,))
    recomputed(database, LATER)
    with database.reading() as session:
        assert [event.obligation_id for event in moved(session)] == [after]
        assert terms(session, before)[-1].computed_on == DUE


def test_a_text_that_is_not_yet_in_force_leaves_the_one_a_period_began_under(
    database: Database, reads: Reads
) -> None:
    with database.writing() as session:
        owed = asked(session)
    reads(amount=30, valid_from=date(2026, 5, 10))
    recomputed(database, LATER)
    with database.reading() as session:
        assert moved(session) == []
        assert terms(session, owed)[-1].rule_snapshot["amount"] == 20


def test_other_words_in_a_rule_are_shown_and_are_no_news(database: Database, reads: Reads) -> None:
    with database.writing() as session:
        owed = asked(session)
    reads(notes="Read again in May.")
    recomputed(database, LATER)
    with database.reading() as session:
        assert moved(session) == []
        assert terms(session, owed)[-1].rule_snapshot["notes"] == "Read again in May."


def _confirmed(database: Database, reads: Reads) -> int:
    reads(checked=False)
    with database.writing() as session:
        owed = asked(session)
        assert not terms(session, owed)[-1].rule_checked
        confirm_rule(session, NOW, RULE, "https://example.org/act", actor=GROUP)
    return owed


def test_an_editors_confirmation_survives_other_words(database: Database, reads: Reads) -> None:
    owed = _confirmed(database, reads)
    reads(checked=False, notes="Read again in May.")
    recomputed(database, LATER)
    with database.reading() as session:
        new = terms(session, owed)[-1]
        assert (new.rule_checked, new.source_url) == (True, "https://example.org/act")
        assert new.rule_snapshot["notes"] == "Read again in May."


def test_a_rule_of_another_substance_must_be_confirmed_anew(database: Database, reads: Reads) -> None:
    owed = _confirmed(database, reads)
    reads(checked=False, amount=25)
    recomputed(database, LATER)
    with database.reading() as session:
        assert not terms(session, owed)[-1].rule_checked


def test_a_pause_is_recounted_by_the_new_calendar(database: Database) -> None:
    with database.writing() as session:
        owed = asked(session)
        stop = MoveClock(
            obligation=owed,
            kind=ClockEntryKind.PAUSE,
            works_from_on=date(2026, 5, 6),
            ends_on=date(2026, 5, 8),
            reason="Clarification",
        )
        move_clock(session, NOW, stop, actor=GROUP)
        old = shown(session, owed).due_on
    with after_a_funeral(database) as session:
        assert old == date(2026, 6, 8)
        assert shown(session, owed, LATER).due_on == date(2026, 6, 9)
        pauses = session.exec(select(ClockEntry)).all()
        assert [pause.new_due_on for pause in pauses if pause.superseded_at is None] == [date(2026, 6, 9)]


def test_a_date_that_moves_past_today_lifts_the_flag_and_is_no_answer(database: Database) -> None:
    flagged_at = datetime(2026, 6, 4, 9, tzinfo=NOW.tzinfo)
    with database.writing() as session:
        owed = asked(session)
        looked = Look(
            obligations=(owed,), looked_on=flagged_at.date(), places=("https://example.org/replies",)
        )
        look(session, flagged_at, looked, actor=GROUP)
        sweep(session, owed, flagged_at)
        assert standing(session, owed, flagged_at) is Standing.OVERDUE
    with after_a_funeral(database, flagged_at) as session:
        assert standing(session, owed, flagged_at) is Standing.DUE_SOON
        [event] = moved(session)
        assert (event.detail["before"], event.detail["standing"]) == ("overdue", "due_soon")
        kinds = {event.kind for event in session.exec(select(Event)).all()}
        assert not kinds & {EventKind.ANSWERED, EventKind.ANSWERED_LATE, EventKind.REOPENED}


def test_what_is_answered_keeps_its_date(database: Database) -> None:
    with database.writing() as session:
        first, _ = people(session)
        owed, response = answered(session, deadline=WORKING)
        said = verdict(owed, response, Verdict.SUBSTANTIVE)
        assess(session, NOW, said, actor=GROUP, user_id=first)
        assert standing(session, owed) is Standing.ANSWERED
    with after_a_funeral(database) as session:
        assert len(terms(session, owed)) == 1


def test_what_is_open_again_is_reckoned_by_the_rules_of_now(database: Database) -> None:
    with database.writing() as session:
        owed = asked(session)
        ended = MoveClock(
            obligation=owed, kind=ClockEntryKind.VOID, works_from_on=NOW.date(), reason="Revoked"
        )
        move_clock(session, NOW, ended, actor=GROUP)
    with told_of(database.url, FUNERAL) as again:
        recomputed(again, LATER)
        with again.writing() as session:
            [entry] = session.exec(select(ClockEntry)).all()
            undo_entry(session, LATER, entry, "Another order was meant", actor=GROUP)
            assert shown(session, owed, LATER).due_on == NEXT_DAY
            assert len(moved(session)) == 1


def test_what_is_void_keeps_its_date(database: Database) -> None:
    with database.writing() as session:
        owed = asked(session)
        ended = MoveClock(
            obligation=owed, kind=ClockEntryKind.VOID, works_from_on=NOW.date(), reason="Revoked"
        )
        move_clock(session, NOW, ended, actor=GROUP)
    with after_a_funeral(database) as session:
        assert len(terms(session, owed)) == 1


def test_terms_of_a_draft_are_renewed_untold(database: Database) -> None:
    with database.writing() as session:
        owed = asked(session, draft=True)
    with after_a_funeral(database) as session:
        assert terms(session, owed)[-1].computed_on == NEXT_DAY
        assert moved(session) == []
        assert session.exec(select(Segment)).all() == []


def test_only_the_rule_or_calendar_asked_for_is_looked_at(database: Database) -> None:
    with database.writing() as session:
        asked(session)
        asked(session, replace(WORKING, calendar="GB-SCT"))
        asked(session, Deadline(rule="gb-eaw-coroner-pfd", trigger_on=day(ASKED)))
    with told_of(database.url, FUNERAL, ("GB-SCT", date(2026, 5, 20), "Fair")) as again:
        assert [b.examined for b in recomputed(again, LATER, Scope(rule="gb-eaw-coroner-pfd"))] == [1]
        [scots] = recomputed(again, LATER, Scope(calendar="GB-SCT"))
        assert (scots.examined, len(scots.moved)) == (2, 2)  # the union of the kingdom rests on it too
