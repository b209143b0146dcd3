"""From a rule and a start to a due day that explains itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.calendars import calendar
from tracker.domain.catalogue import catalogue
from tracker.domain.deadlines import STEP_CODES, Due, Extension, Step, compute
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


def test_a_foi_date_counts_holidays_of_every_part_of_the_kingdom_and_names_them() -> None:
    due = compute(rule("gb-foi-s10"), D("2024-02-29"))
    assert due.due_on == D("2024-04-02")
    named = [step.values["name"] for step in due.steps if step.code == "holiday"]
    assert named == ["Saint Patrick's Day (observed)", "Good Friday", "Easter Monday"]
    where = [step.values.get("where", "") for step in due.steps if step.code == "holiday"]
    assert where == ["Northern Ireland", "", "England and Wales, Northern Ireland"]


def test_a_closedown_of_many_days_is_one_step() -> None:
    due = compute(rule("nz-oia-s15"), D("2024-12-02"))
    closed = [step for step in due.steps if step.values.get("name") == "Summer closedown"]
    assert all("until" in step.values for step in closed)
    assert len(closed) <= 4


def test_without_a_start_there_is_no_date_and_no_guess() -> None:
    due = compute(rule("gb-eaw-coroner-pfd"), None)
    assert (due.due_on, due.problem) == (None, "start_unknown")


def test_a_fixed_date_needs_no_start() -> None:
    assert compute(rule("eu-aia-art77"), None).due_on == D("2024-11-02")


def test_a_rule_without_a_number_needs_one() -> None:
    assert compute(rule("us-eo14110"), D("2023-10-30")).problem == "amount_missing"
    assert compute(rule("us-eo14110"), D("2023-10-30"), amount=540).due_on == D("2025-04-22")


def test_a_petition_without_a_date_has_none_and_that_is_no_problem() -> None:
    due = compute(rule("gb-epetition-10k"), D("2024-01-01"))
    assert (due.due_on, due.problem, codes(due)) == (None, None, ["start", "no_date"])


def test_before_the_181st_day_means_the_180th() -> None:
    due = compute(rule("us-gao-720"), D("2024-01-01"))
    assert due.due_on == D("2024-01-01") + timedelta(days=180)
    assert "before_bound" in codes(due)


def test_an_older_text_of_a_rule_applies_to_older_events() -> None:
    due = compute(rule("us-gao-720"), D("2019-01-02"))
    assert due.due_on == D("2019-01-02") + timedelta(days=60)
    assert "rule_version" in codes(due)
    assert compute(rule("us-gao-720"), D("2019-01-03")).due_on == D("2019-01-03") + timedelta(days=180)


def test_before_august_2019_a_month_ran_from_the_day_after_receipt() -> None:
    assert compute(rule("gb-gdpr-sar"), D("2019-07-01")).due_on == D("2019-08-02")
    assert compute(rule("gb-gdpr-sar"), D("2019-09-03")).due_on == D("2019-10-03")


def test_a_rule_that_had_ended_says_so() -> None:
    due = compute(rule("eu-eci-2011"), D("2020-02-03"))
    assert due.problem == "not_in_force"
    assert due.due_on == D("2020-05-04")


def test_while_the_clock_stands_still_there_is_no_due_day_to_tell() -> None:
    due = compute(plain("days", 10), D("2026-05-01"), pauses=[(D("2026-05-05"), None)])
    assert (due.due_on, due.problem) == (None, "pause_open")
    assert codes(due)[-1] == "pause_open"


def test_more_than_the_rule_allows_is_recorded_and_told() -> None:
    due = compute(rule("us-foia-a6A"), D("2026-04-01"), extensions=[Extension(15)])
    assert "extension_beyond_rule" in codes(due)


def test_a_rule_without_a_date_says_why() -> None:
    for key in ("gb-epetition-10k", "un-upr-response", "us-gao-720-approps", "us-apa-553e"):
        due = compute(rule(key), D("2026-01-05"))
        told = next(step for step in due.steps if step.code == "no_date")
        assert (due.due_on, told.values["because"]) == (None, rule(key).no_date_because)


def test_days_in_two_places_at_once_are_working_days_of_both() -> None:  # Regulation 1182/71 art 2
    belgian = calendar("EU+BE")
    assert not belgian.is_working(D("2026-07-21"))
    assert not belgian.is_working(D("2025-05-09"))
    assert belgian.code == "EU+BE"
    assert calendar("eu be") is calendar("EU + BE") is belgian


def test_two_official_rules_are_both_counted_and_the_later_one_flags() -> None:
    due = compute(rule("au-joint"), D("2024-11-26"))
    assert due.due_on == D("2025-05-26")
    assert D("2025-02-26") in [step.day for step in due.steps]


def test_schools_have_the_earlier_of_two_clocks_and_a_missing_term_list_leaves_the_cap() -> None:
    school = rule("gb-foi-schools")
    term = [D("2024-09-02") + timedelta(days=n) for n in range(60)]
    known = compute(school, D("2024-09-01"), sittings=[day for day in term if day.weekday() < 5])
    assert known.due_on == D("2024-09-27")
    unknown = compute(school, D("2024-09-01"))
    assert unknown.due_on == compute(parse_phrase("60 working days", "GB"), D("2024-09-01")).due_on
    assert unknown.provisional
    # The clock that decides is told like any other, so that its days can be counted again.
    assert Step("count", unknown.due_on, {"amount": 60, "unit": "working_days"}) in unknown.steps


def test_the_later_of_two_clocks_is_unknown_where_one_of_them_is() -> None:
    both = plain("sitting_days", 10)
    both = replace(both, other=replace(rule("au-joint").other, amount=1, keep="latest"))  # type: ignore[type-var]
    assert compute(both, D("2024-09-01")).due_on is None


def test_a_roll_from_holidays_alone_leaves_a_saturday_alone() -> None:  # Canada, Interpretation Act s.26
    assert compute(rule("ca-atia-s7"), D("2024-02-08")).due_on == D("2024-03-09")
    assert compute(rule("ca-atia-s7"), D("2024-02-28")).due_on == D(
        "2024-03-30"
    )  # from Good Friday to Saturday


def test_a_period_of_days_in_europe_holds_two_working_days() -> None:  # Regulation 1182/71 art 3(5)
    assert compute(rule("eu-1182-days"), D("2025-06-13")).due_on == D("2025-06-17")


def test_a_period_of_one_day_in_europe_needs_no_second_working_day() -> None:
    # From Good Friday: Saturday, then over Easter Monday; the floor is for periods of two days or more.
    assert compute(rule("eu-1182-days"), D("2024-03-29"), amount=1).due_on == D("2024-04-02")
    assert compute(rule("eu-1182-days"), D("2024-03-28"), amount=2).due_on == D("2024-04-03")


def test_the_holidays_that_a_stop_or_a_further_period_crosses_are_named() -> None:
    # 20 working days from 4 March 2026 end on 2 April; four days stopped cross Good Friday and Easter Monday.
    stopped = compute(rule("gb-foi-s10"), D("2026-03-04"), pauses=[(D("2026-03-09"), D("2026-03-12"))])
    assert stopped.due_on == D("2026-04-10")
    assert [s.day for s in stopped.steps if s.code == "holiday"] == [
        D("2026-03-17"),
        D("2026-04-03"),
        D("2026-04-06"),
    ]
    longer = Extension(2, unit="working_days", base="previous")
    further = compute(
        rule("gb-eaw-coroner-pfd"), D("2026-02-05"), extensions=[longer], calendar=calendar("GB")
    )
    assert further.due_on == D("2026-04-08")
    assert [s.day for s in further.steps if s.code == "holiday"] == [D("2026-04-03"), D("2026-04-06")]


def test_hours_begin_at_once_and_have_no_first_day() -> None:
    due = compute(parse_phrase("48 hours"), D("2024-03-29"))
    assert due.due_on == D("2024-03-31")
    assert "first_day" not in {step.code for step in due.steps}


def test_a_roll_backward_lands_on_the_working_day_before() -> None:
    back = plain("days", 1, roll="previous")
    assert compute(back, D("2024-03-31")).due_on == D("2024-03-28")


def test_a_date_beyond_the_known_holidays_is_provisional() -> None:
    due = compute(rule("gb-foi-s10"), D("2029-01-10"))
    assert due.provisional
    assert codes(due)[-2:] == ["provisional", "due"]


def test_a_date_that_looked_at_no_calendar_carries_no_calendars_version() -> None:
    assert compute(rule("gb-eaw-coroner-pfd"), D("2026-01-01")).calendar_version == ""
    assert compute(rule("gb-foi-s10"), D("2026-01-01")).calendar_version.startswith("GB holidays-")


@pytest.mark.parametrize("unit", UNITS)
def test_a_date_beyond_the_calendar_is_a_problem_and_no_traceback(unit: str) -> None:
    assert compute(plain(unit, 500), date(9999, 6, 1)).problem == "out_of_range"


@pytest.mark.parametrize("amount", [0, -1, 10**9])
def test_an_amount_nobody_can_mean_is_refused(amount: int) -> None:
    with pytest.raises(RuleError, match="must lie between"):
        compute(rule("us-eo14110"), D("2023-10-30"), amount=amount)


@given(st.sampled_from(sorted(catalogue())), DAYS)
def test_every_rule_on_every_day_gives_only_known_steps_and_ends_with_its_due_day(
    key: str, start: date
) -> None:
    due = compute(catalogue()[key], start)
    assert set(codes(due)) <= set(STEP_CODES)
    assert (due.due_on is None) == ("due" not in codes(due))
    assert due.due_on is None or due.steps[-1].day == due.due_on
    assert all(isinstance(step.as_data()["values"], dict) for step in due.steps)


@given(st.sampled_from(UNITS), st.integers(1, 90), DAYS)
def test_a_rolled_day_is_a_working_day_and_never_before_the_unrolled_one(
    unit: str, amount: int, start: date
) -> None:
    rolled = compute(plain(unit, amount, roll="next"), start).due_on
    unrolled = compute(plain(unit, amount), start).due_on
    assert rolled and unrolled and rolled >= unrolled
    assert calendar("GB").is_working(rolled)


@given(
    st.sampled_from(UNITS),
    st.integers(1, 60),
    st.dates(date(2020, 1, 1), date(2026, 12, 31)),
    st.integers(0, 90),
)
def test_one_holiday_more_never_makes_a_date_earlier(unit: str, amount: int, start: date, after: int) -> None:
    more = calendar("GB", {(start + timedelta(days=after)).isoformat(): "One-off holiday"})
    by = plain(unit, amount, roll="next")
    with_it, without = compute(by, start, calendar=more).due_on, compute(by, start).due_on
    assert with_it and without and with_it >= without


@pytest.mark.parametrize(
    ("phrase", "start", "due"),
    [
        ("20 working days", "2024-02-29", "2024-04-02"),
        ("six months", "2025-08-31", "2026-02-28"),
        ("2 weeks", "2026-05-04", "2026-05-18"),
        ("56 days", "2023-02-10", "2023-04-07"),
        ("Within one month", "2026-01-31", "2026-02-28"),
        ("deux mois", "2026-01-31", "2026-03-31"),
        ("10 días hábiles", "2026-05-01", "2026-05-18"),
        ("1 year", "2024-02-29", "2025-02-28"),
        ("  90   DAYS ", "2023-10-30", "2024-01-28"),
        ("7 clear days", "2026-05-04", "2026-05-12"),
        ("6 jours ouvrables", "2026-06-01", "2026-06-08"),
        ("5 jours ouvrés", "2026-06-01", "2026-06-08"),
        ("48 hours", "2026-05-04", "2026-05-06"),
        ("3 half months", "2025-01-31", "2025-03-15"),
        ("three months beginning with the day", "2024-01-15", "2024-04-14"),
        ("21 days beginning on that date", "2026-05-04", "2026-05-24"),
        ("before the 181st day after", "2019-06-03", "2019-11-30"),
    ],
)
def test_a_phrase_is_a_rule(phrase: str, start: str, due: str) -> None:
    assert compute(parse_phrase(phrase, "GB"), D(start)).due_on == D(due)


@pytest.mark.parametrize(
    "phrase",
    [
        "before the 1000000th day",
        "7 clear",
        "",
        "soon",
        "20",
        "days",
        "0 days",
        "-3 days",
        "99999999 days",
        "٢ days",
        "20 parsecs",
    ],
)
def test_a_phrase_that_means_nothing_is_refused_with_a_sentence(phrase: str) -> None:
    with pytest.raises(RuleError):
        parse_phrase(phrase)
