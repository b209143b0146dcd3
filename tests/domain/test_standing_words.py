"""What a stand carries for its public words: counts, lists, reasons, what was known when."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.domain.obligations import (
    MIDNIGHT,
    extension,
    holding,
    judged,
    look,
    on,
    owed,
    partly_known,
    pause,
    proposal,
    reply,
    retracted,
    struck,
    supplement,
    void,
)
from tracker.domain.facts import Facts, facts_known_by
from tracker.domain.reasons import REASON_CODES, reason
from tracker.domain.standing import TABLE, Flag, standing
from tracker.domain.words import AnswerState, Basis, ClockEntryKind, DueSource, Role, Standing


def codes(facts: Facts, day: str) -> set[str]:
    return {found.code for found in standing(facts, on(day)).reasons}


def test_the_table_has_every_standing_once_in_the_order_of_the_contract() -> None:
    assert [row for row, _ in TABLE] == [
        Standing.ANSWERED_LATE,
        Standing.ANSWERED,
        Standing.VOID,
        Standing.AWAITING_ASSESSMENT,
        Standing.UNKNOWN,
        Standing.NOT_STARTED,
        Standing.WAITING,
        Standing.PAUSED,
        Standing.DUE_SOON,
        Standing.RUNNING,
        Standing.PARTLY_ANSWERED,
        Standing.UNCHECKED,
        Standing.OVERDUE_UNSUBSTANTIVE,
        Standing.OVERDUE,
    ]


def test_days_overdue_run_to_the_last_look_and_days_since_due_to_today() -> None:
    stand = standing(owed(look("05-12")), on("05-20"))
    assert (stand.days_overdue, stand.days_since_due, stand.checked_on) == (8, 16, on("05-12"))


@pytest.mark.parametrize("basis", [Basis.STATUTE, Basis.CONVENTION, Basis.PROMISE])
def test_a_binding_date_missed_is_called_overdue(basis: Basis) -> None:
    assert standing(owed(look("05-12"), basis=basis), on("05-12")).flag is Flag.OVERDUE


@pytest.mark.parametrize("basis", [Basis.REQUEST, Basis.BENCHMARK])
def test_a_date_asked_for_and_missed_has_its_own_list(basis: Basis) -> None:
    stand = standing(owed(look("05-12"), basis=basis), on("05-12"))
    assert (stand.flag, stand.in_headline) == (Flag.NOT_ANSWERED_BY_DATE_ASKED, False)


def test_an_unchecked_or_partial_answer_is_no_flag() -> None:
    assert standing(owed(), on("05-12")).flag is None
    assert standing(owed(reply("05-02"), judged("partly")), on("05-12")).flag is None


def test_a_flag_older_than_the_recheck_days_leaves_the_headline_figure() -> None:
    facts = owed(look("05-12"), recheck_days=90)
    fresh, stale = standing(facts, on("08-10")), standing(facts, on("08-11"))
    assert (fresh.stale, fresh.in_headline) == (False, True)
    assert (stale.stale, stale.in_headline, stale.flag) == (True, False, Flag.OVERDUE)


def test_not_looked_at_since_the_due_day_names_the_last_look() -> None:
    stand = standing(owed(look("05-02")), on("05-12"))
    assert (stand.checked_on, stand.last_looked_on) == (None, on("05-02"))


def test_waiting_counts_up_from_the_day_it_was_asked() -> None:
    facts = owed(look("2025-11-03"), start="2024-05-05", due=None, no_date=True)
    stand = standing(facts, on("2025-11-21"))
    assert (stand.days_waiting, stand.last_looked_on) == (565, on("2025-11-03"))


def test_a_holding_reply_stands_beside_the_running_clock() -> None:
    assert standing(owed(holding("04-01")), on("04-02")).beside is AnswerState.HOLLOW
    assert standing(owed(reply("04-01"), judged("partly")), on("04-02")).beside is AnswerState.PARTLY
    assert standing(owed(), on("04-02")).beside is None


def test_awaiting_counts_from_the_day_the_first_unread_response_was_seen() -> None:
    facts = owed(reply("05-06", seen="05-08"), supplement("05-10"))
    assert standing(facts, on("05-15")).awaiting_since_on == on("05-08")


def test_one_reader_so_far_is_said_until_the_second_has_signed() -> None:
    pending = owed(reply("05-02"), judged("not", signed=False))
    assert standing(pending, on("05-12")).one_reader_so_far
    assert not standing(owed(reply("05-02"), judged("not")), on("05-12")).one_reader_so_far


@pytest.mark.parametrize("written", ["2026-05", "2026"])
def test_an_answer_dated_around_the_due_day_leaves_lateness_unknown(written: str) -> None:
    stand = standing(owed(reply(written, seen="07-01"), judged("substantive")), on("07-20"))
    assert (stand.standing, stand.late_days, stand.lateness_unknown) == (Standing.ANSWERED, None, True)


def test_an_answer_without_a_date_first_seen_late_leaves_lateness_unknown() -> None:
    stand = standing(owed(reply(None, seen="05-05"), judged("substantive")), on("05-20"))
    assert (stand.late_days, stand.lateness_unknown) == (None, True)


def test_an_answer_dated_by_a_period_is_late_by_at_least_its_first_day() -> None:
    facts = owed(reply("2026-06"), judged("substantive"))
    assert reason("late_at_least", days=28) in standing(facts, on("07-20")).reasons


def test_no_date_leaves_no_lateness_to_wonder_about() -> None:
    stand = standing(owed(reply("05-20"), judged("substantive"), due=None, no_date=True), on("05-20"))
    assert not stand.lateness_unknown


def test_an_unsettled_conflict_of_dates_leaves_lateness_unknown() -> None:
    facts = owed(reply("05-20"), judged("substantive"), due_stated=partly_known("2025-05-04"))
    assert standing(facts, on("05-20")).lateness_unknown


def test_an_answer_before_the_start_is_in_time_whatever_the_due_day() -> None:
    facts = owed(reply("03-01"), judged("substantive"), due_stated=partly_known("2025-05-04"))
    assert not standing(facts, on("05-20")).lateness_unknown


def test_an_extension_given_while_the_clock_stands_still_moves_the_day() -> None:
    facts = owed(pause("05-01"), extension("05-20", "06-20"))
    assert standing(facts, on("06-01")).due_on == on("06-20")


def test_dates_that_differ_by_more_than_a_day_are_shown() -> None:
    assert "dates_differ" in codes(owed(due_stated=partly_known("05-06")), "04-01")
    assert "dates_differ" not in codes(owed(due_stated=partly_known("05-05")), "04-01")


def test_of_two_rules_the_earlier_day_is_shown() -> None:
    stand = standing(owed(due_computed_rival=on("05-12")), on("04-01"))
    assert stand.due_on == on("05-12")
    assert reason("two_rules", earlier=on("05-04"), later=on("05-12")) in stand.reasons


def test_the_source_of_the_due_day_is_named() -> None:
    assert standing(owed(), on("04-01")).due_source is DueSource.COMPUTED
    assert standing(owed(due_stated=partly_known("05-04")), on("04-01")).due_source is DueSource.STATED
    assert standing(owed(due=None), on("04-01")).due_source is DueSource.NONE


def test_entries_that_came_too_late_are_shown_as_recorded_only() -> None:
    assert "extension_too_late" in codes(owed(extension("05-05", "06-01")), "05-12")
    assert "pause_only_recorded" in codes(owed(pause("05-05")), "05-12")


def test_entries_that_work_say_what_they_moved() -> None:
    moved = reason("extended", given=on("05-04"), old=on("05-04"), new=on("06-01"))
    assert moved in standing(owed(extension("05-04", "06-01")), on("05-12")).reasons
    assert "moved_by_pause" in codes(owed(pause("04-01", "04-10", "05-14")), "05-01")


def test_a_recorded_transfer_says_that_the_duty_passed_on() -> None:
    stand = standing(owed(void("04-20", ClockEntryKind.TRANSFER)), on("05-20"))
    assert (stand.standing, stand.ended_on) == (Standing.VOID, on("04-20"))
    assert reason("transferred", on=on("04-20")) in stand.reasons


def test_a_withdrawn_answer_names_the_day_it_is_counted_from() -> None:
    facts = owed(retracted(reply("04-01"), "05-20"), judged("substantive"), look("05-25"))
    assert reason("retracted", on=on("05-20")) in standing(facts, on("05-25")).reasons


def test_a_rule_not_confirmed_is_always_said() -> None:
    assert "rule_not_confirmed" in codes(owed(rule_checked=False), "04-01")
    assert "rule_not_confirmed" in codes(owed(rule_checked=False), "05-12")


def test_a_supporting_body_with_a_partial_answer_is_shown_without_a_flag() -> None:
    stand = standing(owed(reply("04-01"), judged("partly"), role=Role.SUPPORTING), on("05-12"))
    assert (stand.standing, stand.beside, stand.flag) == (Standing.WAITING, AnswerState.PARTLY, None)


def test_a_successor_in_another_zone_changes_neither_due_day_nor_standing() -> None:
    facts = {"zone": "Europe/London"}, {"zone": "Europe/Paris"}
    before, after = (standing(owed(look("05-12"), **given), on("05-12")) for given in facts)
    assert before == after


def test_a_reason_outside_the_list_is_refused() -> None:
    with pytest.raises(KeyError):
        reason("because")
    assert all(gloss.endswith(".") for gloss in REASON_CODES.values())


def test_as_of_knows_only_what_was_recorded_by_then() -> None:
    facts = owed(look("05-12"), reply("04-01"), judged("not"))
    minutes = [MIDNIGHT + timedelta(minutes=n, seconds=30) for n in range(3)]
    seen = [standing(facts_known_by(facts, at), on("05-12")).standing for at in minutes]
    assert seen == [Standing.OVERDUE, Standing.AWAITING_ASSESSMENT, Standing.OVERDUE_UNSUBSTANTIVE]


def test_as_of_before_anything_was_recorded_has_no_look() -> None:
    early = datetime(2025, 12, 31, tzinfo=UTC)
    facts = owed(look("05-12"), reply("04-01"), judged("not"))
    assert standing(facts_known_by(facts, early), on("05-12")).standing is Standing.UNCHECKED


def test_as_of_shows_a_response_until_the_error_was_found() -> None:
    facts = owed(struck(reply("04-01")), judged("substantive"), look("05-12"))
    found_at = MIDNIGHT + timedelta(days=1)
    before, after = found_at - timedelta(seconds=1), found_at
    assert standing(facts_known_by(facts, before), on("05-12")).standing is Standing.ANSWERED
    assert standing(facts_known_by(facts, after), on("05-12")).standing is Standing.OVERDUE


def test_hindsight_places_a_response_found_late_on_its_own_day() -> None:
    facts = owed(look("05-12"), reply("04-01", seen="06-01"), judged("substantive"))
    assert standing(facts, on("05-12")).standing is Standing.ANSWERED


def test_what_was_only_found_is_told_apart_from_what_is_on_record() -> None:
    assert "only_proposed" in codes(owed(proposal("05-08")), "05-12")
    assert "only_proposed" not in codes(owed(proposal("05-08"), reply("05-06")), "05-12")
