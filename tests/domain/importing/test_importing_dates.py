"""Dates of tables: declared, proved by other rows, or asked; never guessed."""

import pytest

from tracker.domain.importing.dating import Calendar
from tracker.domain.importing.mapping import DatesMap


def calendar(*cells: str, order: str = "ask", **answers: str) -> Calendar:
    return Calendar(
        DatesMap(order=order), {f"row 2, {name}": day for name, day in answers.items()}, {"End": set(cells)}
    )


def value(found: Calendar, written: str, column: str = "End") -> str:
    read = found.read(written, 2, column).value
    return str(read) if read else ""


def test_a_date_that_reads_in_two_ways_is_asked_with_its_row_and_column() -> None:
    found = calendar("3/4/2025")
    assert value(found, "3/4/2025") == ""
    [asked] = found.problems
    assert (asked.row, asked.column, asked.written) == (2, "End", "3/4/2025")


def test_other_rows_prove_the_order_of_a_column_only_where_none_speaks_against_it() -> None:
    assert value(calendar("3/4/2025", "12/31/2025"), "3/4/2025") == "2025-03-04"
    assert value(calendar("3/4/2025", "31/12/2025"), "3/4/2025") == "2025-04-03"
    assert value(calendar("3/4/2025", "31/12/2025", "12/31/2025"), "3/4/2025") == ""


@pytest.mark.parametrize(("order", "day"), [("day-first", "2025-04-03"), ("month-first", "2025-03-04")])
def test_a_declared_order_settles_it(order: str, day: str) -> None:
    assert value(calendar("3/4/2025", order=order), "3/4/2025") == day


def test_a_row_can_be_answered_by_a_day_or_by_an_order() -> None:
    assert value(calendar(End="2025-04-03"), "3/4/2025") == "2025-04-03"
    assert value(calendar(End="month-first"), "3/4/2025") == "2025-03-04"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("4/4/2025", "2025-04-04"),
        ("2025", "2025"),
        ("6/2025", "2025-06"),
        ("2025-06-01 00:00:00", "2025-06-01"),
        ("June 2025", "2025-06"),
    ],
)
def test_partial_dates_and_those_that_read_in_one_way_only_are_no_question(written: str, read: str) -> None:
    found = calendar(written)
    assert value(found, written) == read
    assert found.problems == []


@pytest.mark.parametrize("written", ["8/21/20", "soon", "2025-02-30"])
def test_what_is_no_date_is_asked(written: str) -> None:
    found = calendar(written)
    assert value(found, written) == ""
    assert len(found.problems) == 1
