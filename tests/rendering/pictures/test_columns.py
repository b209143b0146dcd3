"""What a picture shows is what its table says."""

from datetime import date
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.words import Basis
from tracker.rendering.pictures.columns import BOTTOM, HEIGHT, TOP, WIDTH, Column, column_picture
from tracker.rendering.pictures.late import days_late
from tracker.rendering.pictures.month import Month, month_of, months_ahead
from tracker.storage.scorecards import Scorecard

KINDS = ("overdue", "late", "open")
COUNTS = st.fixed_dictionaries({}, optional=dict.fromkeys(KINDS, st.integers(0, 1_000_000)))


def columns(*counts: dict[str, int], later: int = 0) -> list[Column]:
    return [Column(f"Q{at}", "", one, later=at < later) for at, one in enumerate(counts)]


@given(st.lists(COUNTS, max_size=12))
def test_heights_are_to_scale_and_stay_within_the_picture(counts: list[dict[str, int]]) -> None:
    picture = column_picture(columns(*counts), KINDS)
    scale = (HEIGHT - TOP - BOTTOM) / picture.ticks[-1].n
    for one in picture.stretches:
        assert one.height == pytest.approx(one.n * scale, abs=0.01)
        assert one.y >= TOP - 0.02 and one.y + one.height <= picture.floor + 0.02
        assert picture.left <= one.x and one.x + one.width <= WIDTH
    drawn = sorted((one.kind, one.n) for one in picture.stretches)
    assert drawn == sorted((kind, n) for one in counts for kind, n in one.items() if n)


@given(st.integers(0, 10_000_000))
def test_the_scale_ends_at_a_round_number_with_few_lines(most: int) -> None:
    ticks = [tick.n for tick in column_picture(columns({"late": most}), KINDS).ticks]
    assert ticks[0] == 0 and ticks[-1] >= most and 2 <= len(ticks) <= 6
    assert len({after - before for before, after in pairwise(ticks)}) == 1


def test_a_line_stands_where_the_record_begins() -> None:
    picture = column_picture(columns({"late": 1}, {"late": 2}, {"late": 3}, later=2), KINDS)
    assert [one.later for one in picture.stretches] == [True, True, False]
    assert picture.record_x is not None
    assert picture.stretches[1].x < picture.record_x < picture.stretches[2].x
    assert column_picture(columns({"late": 1}), KINDS).record_x is None


def card(key: str, *late: int, on_time: int = 5) -> Scorecard:
    made = Scorecard(key, key, Basis.STATUTE, on_time=on_time, late=len(late))
    made.late_by.update(late)
    return made


def test_lengths_of_lateness_are_to_scale_and_only_of_those_with_enough_dates() -> None:
    found = days_late([card("a", 10, 20, 60), card("b", 30), card("few", 400, on_time=0), card("none")])
    assert found.keys() == {"a", "b"}
    assert (found["a"].median, found["a"].most, found["a"].most_width) == (20, 60, 100)
    assert found["b"].median_width == 50


@pytest.mark.parametrize("late", [(1,), (1, 2), (5, 1, 3), (1, 1, 1, 9), (2, 4, 8, 8, 100, 7)])
def test_the_median_of_counted_days_is_that_of_the_days(late: tuple[int, ...]) -> None:
    assert card("a", *late).median_days_late == median(late)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 1)), st.sampled_from([0, 5, 6]))
def test_a_month_holds_each_of_its_days_once_under_its_day_of_the_week(day: date, starts: int) -> None:
    month = Month(day.replace(day=1), starts)
    weeks = list(month.weeks())
    days = [one for week in weeks for one in week if one]
    assert days == [day.replace(day=n) for n in range(1, month.last.day + 1)]
    assert all(
        one is None or one.weekday() == month.day_numbers[at] for week in weeks for at, one in enumerate(week)
    )
    assert month_of(f"{day:%Y-%m}") == month.first


@pytest.mark.parametrize(
    "written", ["2026-5", "2026-13", "2026-00", "0000-01", "2026", "٢٠٢٦-٠٥", "2026-05-01"]
)
def test_what_is_no_month_is_none(written: str) -> None:
    assert month_of(written) is None


def test_the_months_ahead_run_over_the_end_of_the_year() -> None:
    assert [one.month for one in months_ahead(date(2026, 11, 21), 4)] == [11, 12, 1, 2]


def test_what_is_never_added_up_stands_side_by_side_and_not_piled_up() -> None:
    column = Column("May", "2026", {"statute": 12, "promise": 8})
    picture = column_picture([column], ["statute", "promise"], apart=True)
    law, promise = picture.stretches
    assert law.x + law.width == promise.x
    assert round(law.y + law.height, 2) == round(promise.y + promise.height, 2) == picture.floor
    assert max(tick.n for tick in picture.ticks) < 20
