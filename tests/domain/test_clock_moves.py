"""Extensions, pauses and fresh starts: what moves a due day, and what is only recorded."""

from datetime import date

from tests.domain.obligations import afresh, extension, on, owed, partly_known, pause
from tracker.domain.clock import Clock, clock
from tracker.domain.facts import Facts
from tracker.domain.words import DueSource


def on_day(facts: Facts, text: str) -> Clock:
    return clock(facts, on(text))


def due(facts: Facts, text: str = "12-31") -> date | None:
    return on_day(facts, text).due_on


def codes(facts: Facts, text: str = "12-31") -> list[str]:
    return [reason.code for reason in on_day(facts, text).reasons]


def test_an_extension_beyond_the_rule_moves_the_day_and_says_what_the_rule_allows() -> None:
    facts = owed(extension("05-01", "08-01", limit_on=on("06-01")))
    assert due(facts) == on("08-01")
    assert codes(facts) == ["extended", "extension_beyond_rule"]


def test_an_extension_within_the_limit_says_nothing_of_it() -> None:
    assert codes(owed(extension("05-01", "06-01", limit_on=on("06-01")))) == ["extended"]


def test_an_extension_given_too_late_leaves_the_date_and_says_so() -> None:
    facts = owed(extension("05-05", "06-01"))
    assert (due(facts), codes(facts)) == (on("05-04"), ["extension_too_late"])


def test_an_extension_to_an_earlier_day_moves_nothing() -> None:
    facts = owed(extension("05-01", "05-04"))
    assert (due(facts), codes(facts)) == (on("05-04"), ["extension_not_later"])


def test_a_fresh_start_counts_from_its_day_and_only_from_then_on() -> None:
    facts = owed(afresh("04-20", "06-15"))
    assert due(facts, "04-19") == on("05-04")
    assert due(facts, "04-20") == on("06-15")
    assert codes(facts) == ["restarted"]


def test_a_fresh_start_after_the_due_day_is_only_recorded() -> None:
    facts = owed(afresh("05-05", "06-30"))
    assert (due(facts), codes(facts)) == (on("05-04"), ["restart_only_recorded"])


def test_a_fresh_start_on_the_due_day_counts() -> None:
    assert due(owed(afresh("05-04", "06-29"))) == on("06-29")


def test_a_fresh_start_never_takes_time_away() -> None:
    facts = owed(extension("04-01", "08-01"), afresh("04-20", "06-15"))
    assert due(facts) == on("08-01")


def test_a_fresh_start_that_cannot_be_counted_leaves_the_date_unknown() -> None:
    facts = owed(afresh("04-20", None))
    assert on_day(facts, "04-19").problem is None
    problem = on_day(facts, "04-20").problem
    assert problem is not None and problem.code == "restart_not_computed"


def test_a_fresh_start_of_a_stated_date_rests_on_the_rule() -> None:
    facts = owed(afresh("04-20", "06-15"), due_stated=partly_known("05-05"))
    assert on_day(facts, "04-19").source is DueSource.STATED
    assert on_day(facts, "04-20").source is DueSource.COMPUTED


def test_after_a_fresh_start_an_extension_is_in_time_until_the_new_day() -> None:
    facts = owed(afresh("04-20", "06-15"), extension("06-15", "07-15"))
    assert due(facts) == on("07-15")


def test_a_pause_the_rule_does_not_know_stops_nothing() -> None:
    facts = owed(pause("04-20", "04-30", "05-15", allowed=False))
    assert (due(facts), codes(facts)) == (on("05-04"), ["pause_not_allowed"])
    assert on_day(facts, "04-25").pause is None


def test_of_two_entries_of_one_day_more_time_comes_before_a_stop() -> None:
    facts = owed(pause("05-04", "05-06", "06-04"), extension("05-04", "06-01"))
    assert codes(facts) == ["extended", "moved_by_pause"]
    assert due(facts) == on("06-04")
