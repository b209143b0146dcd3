"""A run that found too little, or lost too much at once, is not used."""

import csv
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scrapers.counting import Listing, entry_key, listed
from scrapers.guards import Counts, count, judge
from scrapers.model import Expectations, Finding, Follow, Problem, Result, Source, WrittenDate
from scrapers.moving import moved
from tests.shared import shared

SOURCE = Source("s", "feed", "https://gov.example.org/feed")
LIST = Source("l", "listing", "https://gov.example.org/list")


def _expecting(**expected: Any) -> Source:
    return replace(LIST, expectations=Expectations(**expected))


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


@pytest.mark.parametrize(("now", "codes"), [(49, ["mass_drop"]), (50, ["mass_drop"]), (51, []), (300, [])])
def test_half_gone_is_a_mass_drop(now: int, codes: list[str]) -> None:
    assert _codes(Counts(now), Counts(100)) == codes


def test_a_slow_decline_and_one_odd_run_are_measured_by_the_median_of_the_last_five() -> None:
    declining = [Counts(number) for number in (100, 85, 72, 61, 52)]
    assert _codes(Counts(44), *declining) == []
    assert _codes(Counts(34), *declining) == ["mass_drop"]
    assert _codes(Counts(100), Counts(100), Counts(100), Counts(100), Counts(100), Counts(260)) == []


def test_a_source_that_grew_is_soon_held_to_its_new_size() -> None:
    grown = [Counts(number) for number in (100, 100, 100, 600, 600)]
    assert _codes(Counts(200), *grown) == ["mass_drop"]


def test_after_a_person_released_a_run_only_what_came_since_is_a_measure() -> None:
    released = Counts(30, released=True)
    assert _codes(Counts(30), Counts(100), Counts(100), released) == []
    assert _codes(Counts(10), Counts(100), Counts(100), released, Counts(30)) == ["mass_drop"]


@pytest.mark.parametrize(
    ("before", "now", "codes"),
    [(9, 99, []), (11, 111, ["mass_growth"]), (11, 110, []), (0, 150, ["mass_growth"])],
)
def test_more_than_ten_times_as_much_at_once_is_no_good_news(before: int, now: int, codes: list[str]) -> None:
    assert _codes(Counts(now), Counts(before)) == codes


def test_a_first_run_may_be_of_any_size_and_growing_back_is_no_growth() -> None:
    assert _codes(Counts(5000)) == []
    assert _codes(Counts(5000), Counts(5000), Counts(200, released=True)) == []


def test_the_share_that_may_be_lost_is_set_per_source() -> None:
    strict = _expecting(max_drop=0.1)
    assert _codes(Counts(89), Counts(100), source=strict) == ["mass_drop"]
    assert _codes(Counts(91), Counts(100), source=strict) == []
    assert _codes(Counts(1), Counts(100), source=_expecting(max_drop=1.0)) == []


def test_a_few_unknown_words_are_questions_and_many_are_another_page() -> None:
    def words(entries: int, unknown: int, **expected: Any) -> list[str]:
        return _codes(Counts(entries, unknown_words=unknown), source=_expecting(**expected))

    assert (words(100, 20), words(100, 21), words(4, 4)) == ([], ["unknown_words"], [])
    assert (words(100, 1, max_unknown=0.0), words(100, 100, max_unknown=1.0)) == (["unknown_words"], [])


def test_one_value_where_there_were_many_is_a_broken_reader() -> None:
    before = Counts(100, {"published_on": 100, "status": 100}, {"published_on": 9, "status": 60})
    today = Counts(100, {"published_on": 100, "status": 100}, {"published_on": 100, "status": 60})
    closed = Counts(100, {"published_on": 100, "status": 100}, {"published_on": 9, "status": 99})
    assert _codes(today, before) == _codes(closed, before) == ["all_alike"]
    assert _codes(before, before) == []
    always = Counts(100, {"status": 100}, {"status": 95})
    assert _codes(Counts(100, {"status": 100}, {"status": 100}), always) == []


def _rows(numbers: Iterable[int], **fields: Any) -> list[Finding]:
    return [Finding("update", f"k{number}", f"Title {number}", **fields) for number in numbers]


def _moved_codes(before: list[Finding], now: list[Finding], source: Source = LIST) -> list[str]:
    verdict = judge(count(now), [count(before)], (), source, moved(listed(before), listed(now)))
    return [reason.code for reason in verdict.reasons]


def test_other_entries_in_the_same_number_are_a_mass_of_lost_ones() -> None:
    assert _moved_codes(_rows(range(40)), _rows(range(30, 70))) == ["mass_gone"]
    assert _moved_codes(_rows(range(40)), _rows(range(15, 55))) == []
    assert _moved_codes(_rows(range(19)), _rows(range(11, 30))) == ["mass_gone"]
    assert _moved_codes(_rows(range(19)), _rows(range(9, 28))) == []


@pytest.mark.parametrize(("now", "codes"), [(4, ["mass_drop"]), (5, ["mass_drop"]), (6, [])])
def test_of_a_short_list_a_third_may_not_go(now: int, codes: list[str]) -> None:
    assert _codes(Counts(now), Counts(8), source=LIST) == codes
    assert _codes(Counts(6), Counts(8), source=SOURCE) == []


def test_columns_that_changed_places_in_a_short_list_are_no_news() -> None:
    rows = [Finding("update", f"k{n}", f"Title {n}", body_name=f"Body {n}") for n in range(8)]
    swapped = [replace(row, title=row.body_name, body_name=row.title) for row in rows]
    assert _moved_codes(rows, swapped) == ["mass_change"]
    assert _moved_codes(rows, [*swapped[:3], *rows[3:]]) == []
    moved_on = [replace(row, status="Reply published") for row in rows]
    assert _moved_codes([replace(row, status="Open") for row in rows], moved_on) == []
    unnamed = [replace(row, key=f"{row.title} {row.body_name}") for row in swapped]
    assert _moved_codes(rows, unnamed) == ["mass_gone"]


def test_where_only_the_latest_entries_are_there_they_may_go() -> None:
    assert _moved_codes(_rows(range(40)), _rows(range(40, 80)), SOURCE) == []
    assert _moved_codes(_rows(range(40)), _rows(range(40, 80)), _expecting(rolling=True)) == []


def test_what_often_goes_here_is_learned_from_runs_a_person_released() -> None:
    before, now = _rows(range(40)), _rows(range(30, 70))
    busy = replace(count(before), gone=0.6, released=True)
    verdict = judge(count(now), [busy], (), LIST, moved(listed(before), listed(now)))
    assert verdict.healthy


def test_titles_that_changed_all_at_once_are_a_mass_of_changes() -> None:
    before = _rows(range(40))
    now = [replace(one, title=f"{one.title} (new)") for one in before]
    assert _moved_codes(before, now) == ["mass_change"]
    assert _moved_codes(before, [*now[:20], *before[20:]]) == []


def test_replies_lost_overnight_are_noticed_though_new_ones_make_up_for_the_number() -> None:
    before = [*_rows(range(60), link="https://a.example/reply"), *_rows(range(60, 120))]
    now = [*_rows(range(60)), *_rows(range(60, 120), link="https://a.example/reply")]
    assert _moved_codes(before, now) == ["mass_field_loss"]
    assert _moved_codes(before, _rows(range(120), link="https://a.example/reply")) == []


def test_a_field_that_came_is_no_rewriting() -> None:
    before, dates = _rows(range(40)), {"sent_on": WrittenDate(date(2024, 1, 1), as_written="1 January 2024")}
    change = moved(listed(before), listed(_rows(range(40), status="sent", dates=dates)))
    assert (change.rewritten, change.gained) == ((), {"status": 40, "sent_on": 40})


def test_a_listing_is_kept_as_plain_data() -> None:
    kept = listed(_rows(range(3), link="https://a.example/"))
    assert Listing.from_dict(json.loads(json.dumps(kept.to_dict()))) == kept
    assert kept.fields_of(entry_key("update", "k1")) == {"title", "link"}


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
    before = Counts(100, {"link": 100})
    lost = judge(Counts(1, {"link": 0}), [before], (), SOURCE)
    unread = judge(Counts(0), [before], [Problem("x", "y.", "fatal")], SOURCE)
    assert (len(lost.reasons), len(unread.reasons)) == (2, 1)
    reasons = (*lost.reasons, *unread.reasons)
    assert all(reason.sentence.startswith("Our reader") for reason in reasons)


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
    assert counts == Counts(2, {"title": 2, "link": 1}, {"title": 2, "link": 1})
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
