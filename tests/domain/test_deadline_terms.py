"""What moves a due day: extensions, stops, older texts, revocations, hours."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.calendars import calendar
from tracker.domain.catalogue import catalogue
from tracker.domain.deadlines import Due, Extension, compute
from tracker.domain.phrases import parse_phrase
from tracker.domain.rules import Rule, RuleError

D = date.fromisoformat
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
UNITS = ["days", "weeks", "months", "years", "working_days"]


def rule(key: str) -> Rule:
    return catalogue()[key]


def codes(due: Due) -> list[str]:
    return [step.code for step in due.steps]


def plain(unit: str, amount: int, **more: object) -> Rule:
    return replace(Rule("test", "Test", unit=unit, amount=amount, calendar="GB"), **more)  # type: ignore[arg-type]


def test_a_pause_moves_the_day_by_the_working_days_inside_both_ends_counted() -> None:
    due = compute(rule("gb-foi-s10"), D("2024-05-01"), pauses=[(D("2024-05-10"), D("2024-05-24"))])
    assert due.due_on == D("2024-06-17")


def test_two_pauses_that_overlap_are_not_counted_twice() -> None:
    once = compute(rule("gb-foi-s10"), D("2024-05-01"), pauses=[(D("2024-05-10"), D("2024-05-24"))])
    twice = compute(
        rule("gb-foi-s10"),
        D("2024-05-01"),
        pauses=[(D("2024-05-10"), D("2024-05-20")), (D("2024-05-15"), D("2024-05-24"))],
    )
    assert once.due_on == twice.due_on


def test_days_of_a_pause_before_the_count_began_move_nothing() -> None:
    ten = plain("days", 10)
    assert compute(ten, D("2026-05-10"), pauses=[(D("2026-05-01"), D("2026-05-12"))]).due_on == D(
        "2026-05-22"
    )


def test_a_pause_after_the_due_day_moves_nothing() -> None:
    due = compute(plain("days", 10), D("2026-05-01"), pauses=[(D("2026-05-12"), D("2026-05-20"))])
    assert (due.due_on, "pause_too_late" in codes(due)) == (D("2026-05-11"), True)


def test_a_pause_on_the_due_day_counts() -> None:
    assert compute(
        plain("days", 10), D("2026-05-01"), pauses=[(D("2026-05-11"), D("2026-05-11"))]
    ).due_on == D("2026-05-12")


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(RuleError, match="put the earlier day first"):
        compute(plain("days", 10), D("2026-05-01"), pauses=[(D("2026-05-08"), D("2026-05-05"))])


def test_an_extension_by_months_runs_from_the_start_as_one_period() -> None:
    two = rule("gb-commons-select-committee")
    assert compute(two, D("2022-12-31"), extensions=[Extension(1)]).due_on == D("2023-03-31")


def test_a_german_extension_runs_from_the_expiry_of_the_period_before() -> None:  # BGB s.190
    assert compute(rule("de-ifg-7-5"), D("2025-01-31"), extensions=[Extension(1)]).due_on == D("2025-03-28")


def test_an_extension_after_expiry_moves_nothing_unless_the_rule_says_it_cures() -> None:
    late = Extension(10, given_on=D("2026-06-01"))
    due = compute(rule("us-foia-a6A"), D("2026-04-01"), extensions=[late])
    assert due.due_on == compute(rule("us-foia-a6A"), D("2026-04-01")).due_on
    assert "extension_too_late" in codes(due)
    coroner = rule("gb-eaw-coroner-pfd")
    assert compute(coroner, D("2026-03-01"), extensions=[late]).due_on == D("2026-03-01") + timedelta(days=66)


def test_an_extension_on_the_due_day_itself_is_in_time() -> None:
    due = compute(plain("days", 10), D("2026-05-01"), extensions=[Extension(5, given_on=D("2026-05-11"))])
    assert due.due_on == D("2026-05-16")


def test_an_extension_to_a_day_sets_it_and_never_an_earlier_one() -> None:
    ten = plain("days", 10)
    assert compute(ten, D("2026-05-01"), extensions=[Extension(until=D("2026-07-01"))]).due_on == D(
        "2026-07-01"
    )
    assert compute(ten, D("2026-05-01"), extensions=[Extension(until=D("2026-05-03"))]).due_on == D(
        "2026-05-11"
    )


def test_an_extension_or_a_stop_the_rule_does_not_provide_for_counts_and_is_told() -> None:
    scots = compute(rule("gb-sct-foisa-s10"), D("2026-04-01"), extensions=[Extension(5)])
    assert "extension_not_in_rule" in codes(scots)
    assert scots.due_on == compute(parse_phrase("25 working days", "GB-SCT"), D("2026-04-01")).due_on
    stopped = compute(rule("us-ntsb-1135"), D("2026-01-05"), pauses=[(D("2026-02-01"), D("2026-02-10"))])
    assert "pause_not_in_rule" in codes(stopped)
    assert stopped.due_on == D("2026-04-15")


def test_what_the_rule_provides_for_is_not_remarked_upon() -> None:
    due = compute(
        rule("gb-foi-s10"),
        D("2024-05-01"),
        pauses=[(D("2024-05-10"), D("2024-05-24"))],
        extensions=[Extension(20)],
    )
    assert not {"pause_not_in_rule", "extension_not_in_rule"} & set(codes(due))


def test_an_extension_by_two_months_runs_from_the_receipt() -> None:  # UK GDPR art 12(3)
    assert compute(rule("gb-gdpr-sar"), D("2026-01-31"), extensions=[Extension(2)]).due_on == D("2026-04-30")


def test_a_late_notice_of_the_canadian_board_or_minister_does_not_cure() -> None:
    for key in ("ca-tsb-s24", "ca-env-petition-s22", "ca-atia-s7"):
        plainly = compute(rule(key), D("2026-01-05")).due_on
        late = Extension(30, given_on=D("2026-12-01"))
        assert compute(rule(key), D("2026-01-05"), extensions=[late]).due_on == plainly, key


@pytest.mark.parametrize(
    ("key", "start", "due"),
    [
        ("us-gao-720", "2019-01-02", "2019-03-03"),  # before the 61st day
        ("us-gao-720", "2019-01-03", "2019-07-02"),  # before the 181st
        ("gb-gdpr-sar", "2019-07-31", "2019-09-02"),  # from the day after: 1 September is a Sunday
        ("gb-gdpr-sar", "2019-08-01", "2019-09-02"),
        ("us-osc-1213b", "2017-12-11", "2017-12-26"),
        ("us-osc-1213b", "2017-12-12", "2018-01-26"),
    ],
)
def test_the_text_in_force_on_the_day_of_the_event_counts(key: str, start: str, due: str) -> None:
    assert compute(rule(key), D(start)).due_on == D(due)


def test_a_start_before_a_change_of_unknown_date_is_provisional_and_says_so() -> None:
    early = compute(rule("gb-lords-committee"), D("1999-03-01"))
    assert early.provisional
    assert "earlier_text" in codes(early)
    assert not compute(rule("gb-lords-committee"), D("2024-03-01")).provisional


def test_a_date_after_the_instrument_was_revoked_says_so_and_an_earlier_one_does_not() -> None:
    order = rule("us-eo14110")
    assert "revoked" in codes(compute(order, D("2023-10-30"), amount=540))
    assert "revoked" not in codes(compute(order, D("2023-10-30"), amount=365))


def test_an_hour_is_told_and_never_changes_the_day() -> None:
    due = compute(rule("gb-eaw-coroner-pfd"), D("2025-01-06"), due_time="16:00")
    assert (due.due_on, due.due_time) == (D("2025-03-03"), "16:00")
    assert due.steps[-1].values["time"] == "16:00"


def test_hours_have_a_day_only_where_the_hour_of_the_event_does_not_matter() -> None:
    life = rule("in-rti-s7-life")
    assert compute(life, D("2026-02-27")).due_on == D("2026-03-01")
    thirty = compute(life, D("2026-02-27"), amount=30)
    assert (thirty.due_on, thirty.problem) == (None, "hour_unknown")


def test_an_extension_and_a_pause_add_up() -> None:
    due = compute(
        plain("days", 10),
        D("2026-05-01"),
        pauses=[(D("2026-05-03"), D("2026-05-04"))],
        extensions=[Extension(5, given_on=D("2026-05-05"))],
    )
    assert due.due_on == D("2026-05-18")


@given(st.sampled_from(UNITS), st.integers(1, 60), DAYS, st.integers(0, 40), st.integers(0, 40))
def test_a_pause_never_makes_a_date_earlier(
    unit: str, amount: int, start: date, after: int, length: int
) -> None:
    since = start + timedelta(days=after)
    paused = compute(plain(unit, amount), start, pauses=[(since, since + timedelta(days=length))]).due_on
    free = compute(plain(unit, amount), start).due_on
    assert paused and free and paused >= free


@given(
    st.sampled_from(UNITS),
    st.integers(1, 60),
    DAYS,
    st.integers(1, 30),
    st.sampled_from(["start", "previous"]),
)
def test_an_extension_always_gives_more_time(
    unit: str, amount: int, start: date, more: int, base: str
) -> None:
    extended = compute(plain(unit, amount), start, extensions=[Extension(more, base=base)]).due_on
    free = compute(plain(unit, amount), start).due_on
    assert extended and free and extended > free


@given(st.integers(1, 250), DAYS)
def test_a_stopped_clock_goes_on_as_if_the_pause_had_not_been(amount: int, start: date) -> None:
    """Leaving out the working days inside a pause, day by day, gives the same date."""
    since, until = start + timedelta(days=3), start + timedelta(days=25)
    due = compute(plain("working_days", amount), start, pauses=[(since, until)]).due_on
    if compute(plain("working_days", amount), start).due_on < since:  # type: ignore[operator]
        return
    day, counted = start, 0
    while counted < amount:
        day += timedelta(days=1)
        counted += calendar("GB").is_working(day) and not since <= day <= until
    assert due == day
