"""Spreadsheets as people keep them: merged cells, a title above, several sheets, rows that end early, hidden parts."""

from datetime import date

import pytest

from scrapers.model import Json, Problem, Result
from scrapers.tables import workbook as reader
from scrapers.tables.refused import Unusable
from scrapers.tables.sheet import APART, Sheet
from tests.scrapers.tables.spreadsheet import Page, Value, workbook

HEAD = ["No", "Commitment", "Lead", "Supporting", "Milestone"]


def read(pages: dict[str, Page], **options: Json) -> tuple[Sheet, list[Problem]]:
    results: list[Result] = list(reader.read(workbook(pages), options))
    [sheet] = [one for one in results if isinstance(one, Sheet)]
    return sheet, [one for one in results if isinstance(one, Problem)]


def test_a_merged_cell_counts_in_each_of_its_rows_and_in_no_other() -> None:
    rows: list[list[Value]] = [
        [*HEAD],
        [1, "Open data", "Ministry A", "Agency", "1.1"],
        [None, None, None, None, "1.2"],
        [2, "Budget", "Ministry B", None, "2.1"],
        [None, None, None, None, "2.2"],
    ]
    merged = [f"{column}{first}:{column}{first + 1}" for column in "ABCD" for first in (2, 4)]
    sheet, _ = read({"Plan": Page(rows, merged)})
    assert [cells for _, cells in sheet.rows] == [
        ["1", "Open data", "Ministry A", "Agency", "1.1"],
        ["1", "Open data", "Ministry A", "Agency", "1.2"],
        ["2", "Budget", "Ministry B", "", "2.1"],
        ["2", "Budget", "Ministry B", "", "2.2"],
    ]


def test_a_heading_merged_across_columns_stands_in_its_first_only() -> None:
    sheet, _ = read({"Plan": Page([HEAD, ["Part one"], [1, "A", "B", "C", "D"]], ["A2:E2"])})
    assert sheet.rows[0][1] == ["Part one", "", "", "", ""]


def test_names_below_a_title_are_found_and_said() -> None:
    sheet, problems = read(
        {"Plan": Page([["Our plan"], [], HEAD, [1, "A", None, None, "D"], [2, "B"]], ["A1:E1"])}
    )
    assert (sheet.columns, [number for number, _ in sheet.rows]) == (tuple(HEAD), [4, 5])
    assert sheet.rows[1][1] == ["2", "B", "", "", ""]
    assert [(one.code, one.locator) for one in problems] == [("header_found", "row 3")]


def test_several_sheets_are_one_table_by_the_names_of_their_columns() -> None:
    pages = {"A": Page([["No", "What"], [1, "x"]]), "B": Page([["What", "When"], ["y", date(2026, 3, 4)]])}
    sheet, _ = read(pages, sheet=["A", "B"])
    assert sheet.columns == ("No", "What", "When", "@sheet")
    assert sheet.rows == [(2, ["1", "x", "", "A"]), (APART + 2, ["", "y", "2026-03-04", "B"])]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(Unusable, match="there are: A"):
        read({"A": Page([["No", "What"], [1, "x"]])}, sheet=["A", "C"])


def test_hidden_columns_and_rows_are_read_and_said() -> None:
    page = Page([["No", "What", "Internal"], [1, "x", "y"]], hidden_columns=[3], hidden_rows=[2])
    assert [one.code for one in read({"A": page})[1]] == ["parts_hidden"]


@pytest.mark.parametrize("first_year", [1900, 1904])
def test_a_day_is_the_one_shown_wherever_its_program_begins_to_count(first_year: int) -> None:
    body = workbook({"A": Page([["No", "Due"], [1, date(2026, 3, 4)]])}, first_year=first_year)
    [sheet] = [one for one in reader.read(body, {}) if isinstance(one, Sheet)]
    assert sheet.rows == [(2, ["1", "2026-03-04"])]


def test_numbers_and_truths_are_as_they_are_shown() -> None:
    sheet, _ = read({"A": Page([["a", "b", "c", "d"], [3.0, 0.1 + 0.2, True, "_x0041_b"]])})
    assert sheet.rows[0][1] == ["3", "0.3", "yes", "Ab"]
