"""A run that found too little, or lost too much at once, is not used."""

import csv

import pytest

from scrapers.guards import Counts, count, judge
from scrapers.model import Expectations, Finding, Follow, Problem, Result, Source, WrittenDate
from tests.shared import shared

SOURCE = Source("s", "feed", "https://gov.example.org/feed")


def _codes(
    counts: Counts, *previous: Counts, source: Source = SOURCE, problems: tuple[Problem, ...] = ()
) -> list[str]:
    verdict = judge(counts, previous, problems, source)
    assert verdict.healthy == (not verdict.reasons)
    return [reason.code for reason in verdict.reasons]


def test_a_first_empty_run_is_healthy_unless_more_is_expected() -> None:
    assert _codes(Counts(0)) == []
    expecting = Source("s", "feed", "https://gov.example.org/feed", {}, Expectations(min_entries=1))
    assert _codes(Counts(0), source=expecting) == ["too_few_entries"]


def test_nothing_where_there_was_something_is_never_nothing_new() -> None:
    assert _codes(Counts(0), Counts(1)) == ["nothing_left"]


@pytest.mark.parametrize(("now", "codes"), [(49, ["mass_drop"]), (50, []), (100, []), (300, [])])
def test_more_than_half_gone_is_a_mass_drop(now: int, codes: list[str]) -> None:
    assert _codes(Counts(now), Counts(100)) == codes


def test_the_last_healthy_run_is_what_counts() -> None:
    assert _codes(Counts(30), Counts(100), Counts(40)) == []


def test_a_field_most_entries_lost_quarantines_the_run() -> None:
    assert _codes(Counts(100, {"link": 10}), Counts(100, {"link": 90})) == ["mass_field_loss"]
    assert _codes(Counts(100, {"link": 5}), Counts(100, {"link": 40})) == []


def test_a_required_field_counts_however_few_had_it() -> None:
    source = Source(
        "s", "feed", "https://gov.example.org/", {}, Expectations(required_fields=("submitted_on",))
    )
    assert _codes(Counts(100, {"submitted_on": 5}), Counts(100, {"submitted_on": 12}), source=source) == [
        "mass_field_loss"
    ]
    assert _codes(Counts(100, {}), source=source) == ["field_missing"]


def test_a_fatal_problem_quarantines_and_a_question_does_not() -> None:
    fatal = Problem("login_page", "Instead of the page we asked for came a login page.", "fatal")
    assert _codes(Counts(5), problems=(fatal, fatal)) == ["login_page"]
    assert _codes(Counts(5), problems=(Problem("unreadable_date", "x"),)) == []


def test_the_words_blame_the_reader_and_not_the_body() -> None:
    verdict = judge(
        Counts(1, {"link": 0}), [Counts(100, {"link": 100})], [Problem("x", "y.", "fatal")], SOURCE
    )
    assert len(verdict.reasons) == 3
    assert all(reason.sentence.startswith("Our reader") for reason in verdict.reasons)


def test_counts_are_of_different_findings_and_of_fields_that_hold_something() -> None:
    dates = {"published_on": WrittenDate(None, as_written="soon")}
    finding = Finding(
        "update", "1", "T", link="https://gov.example.org/1", dates=dates, extra={"promises": []}
    )
    results: list[Result] = [
        finding,
        finding,
        Finding("response", "1", "T"),
        Follow("https://gov.example.org/2"),
        Problem("a", "b"),
    ]
    counts = count(results)
    assert counts == Counts(2, {"title": 2, "link": 1})
    assert Counts.from_dict(counts.to_dict()) == counts


def _coroners(day: str) -> Counts:
    with shared("data", "samples", "pfd", f"reports_{day}.csv").open(encoding="utf-8", newline="") as rows:
        reports = list(csv.DictReader(rows))
    fields = {name: sum(1 for row in reports if (row[name] or "").strip()) for name in reports[0]}
    return Counts(len(reports), {name: number for name, number in fields.items() if number})


def test_the_day_the_coroners_list_lost_its_replies_is_quarantined() -> None:
    before, broken, mended = map(_coroners, ("2024-01-28", "2024-02-01", "2024-02-05"))
    assert before.entries == broken.entries == mended.entries
    assert set(_codes(broken, before)) == {"mass_field_loss"}
    assert _codes(mended, before) == []
