"""Rows of strangers' tables: repeated cells, sums, HTML, words for the cell above, rows that do not count."""

import pytest

from tracker.domain.importing.dating import Calendar, read_cell
from tracker.domain.importing.mapping import DatesMap, read_mapping
from tracker.domain.importing.markup import plain_text
from tracker.domain.importing.plan import Plan, plan
from tracker.domain.importing.problems import APART, Weight

SAID = """
[process]
name = "Plan"
[item]
key = "{Rec #}"
title = "{What}"
[[addressee]]
body = "{Who}"
"""
COLUMNS = ("Rec #", "What", "Who", "Reply 1", "Reply 2")


def planned(rows: list[list[str]], more: str = "", first: str = "") -> Plan:
    return plan(read_mapping(first + SAID + more), COLUMNS, list(enumerate(rows, 2)))


def test_a_column_may_bear_the_sign_of_numbers_itself() -> None:
    made = planned([["A-1", "Fit alarms", "Rail", "Yes.", "Done."]], '[[response]]\ntext = "{Reply #}"\n')
    assert made.items[0].key == "A-1"
    assert [one.text for one in made.items[0].responses] == ["Yes.", "Done."]


def test_a_sum_is_left_out_and_said_unless_somebody_says_it_is_an_item() -> None:
    rows = [["1", "Fit alarms", "Rail", "", ""], ["Sous-total", "3", "", "", ""]]
    made = planned(rows)
    assert ([item.key for item in made.items], made.left_out) == (["1"], 1)
    assert [(one.weight, one.row) for one in made.problems] == [(Weight.QUESTION, 3)]
    kept = planned(rows, '[answers]\n"row 3" = "item"\n')
    assert [item.key for item in kept.items] == ["1", "Sous-total"]


def test_words_for_the_cell_above_are_that_cell_also_where_they_follow_each_other() -> None:
    rows = [["1", "A", "Rail", "", ""], ["2", "B", "Idem", "", ""], ["3", "C", "see above", "", ""]]
    made = planned(rows, first='[read]\nas_above = ["idem", "see above"]\n')
    assert {one.body.name for item in made.items for one in item.addressees} == {"Rail"}


def test_rows_count_by_what_their_cells_are_like() -> None:
    rows = [["A-1", "A", "Rail", "", ""], ["B-1", "B", "Rail", "", ""], ["A-9", "draft: C", "Rail", "", ""]]
    made = planned(
        rows, '[[only]]\ncolumn = "Rec #"\nlike = ["a-*"]\n[[only]]\ncolumn = "What"\nunlike = ["draft*"]\n'
    )
    assert ([item.key for item in made.items], made.left_out) == (["A-1"], 2)


def test_an_item_without_a_body_is_said_by_its_row() -> None:
    made = planned([["1", "A", "", "", ""]])
    assert len(made.items) == 1
    assert [(one.weight, one.row, one.column) for one in made.problems] == [(Weight.QUESTION, 2, "Who")]


def test_html_is_read_as_text_where_it_is_declared_and_said_where_it_is_not() -> None:
    cell = "<p>Build &amp; <b>let</b>.</p><ul><li>one</li></ul><script>x()</script>"
    assert plain_text(cell) == "Build & let.\n- one"
    rows = [["1", cell, "Rail", "", ""]]
    assert planned(rows, first='[read]\nhtml = ["What"]\n').items[0].title == "Build & let. - one"
    assert [one.weight for one in planned(rows).problems] == [Weight.NOTE]


def test_spellings_of_a_body_are_one_name_whatever_their_case_and_blanks() -> None:
    rows = [["1", "A", "RAIL  body", "", ""], ["2", "B", "Rail Body", "", ""]]
    made = planned(rows, '[bodies.names]\n"rail body" = "Rail"\n')
    assert {one.body.name for item in made.items for one in item.addressees} == {"Rail"}


def test_a_row_of_the_second_sheet_is_called_so() -> None:
    made = plan(read_mapping(SAID), COLUMNS, [(APART + 5, ["1", "A", "", "", ""])])
    assert "row 5 of sheet 2" in str(made.problems[0])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1er trimestre 2026", "2026-Q1"), ("Quarter 4 2016", "2016-Q4"), ("III quarter of 2022", "2022-Q3"),
        ("premier semestre 2025", "2025-H1"), ("H2 2025", "2025-H2"), ("primer semestre de 2025", "2025-H1"),
        ("fin 2026", "2026"), ("5 trimestre 2026", ""), ("3e semestre 2026", ""), ("some quarter of 2022", ""),
    ],
)  # fmt: skip
def test_periods_in_words_are_read_or_not_at_all(written: str, read: str) -> None:
    found = read_cell(written, "")
    assert (str(found) if found else "") == read


def test_the_century_of_a_short_year_is_taken_only_where_whole_years_prove_it() -> None:
    cells = {"End": {"8/21/20", "12/31/2019", "1/31/2021"}}
    assert str(Calendar(DatesMap(), {}, cells).read("8/21/20", 2, "End").value) == "2020-08-21"
    assert Calendar(DatesMap(), {}, {"End": {"8/21/20"}}).read("8/21/20", 2, "End").value is None
    assert Calendar(DatesMap(), {}, cells).read("8/21/35", 2, "End").value is None


def test_a_bare_year_that_a_spreadsheet_made_a_day_is_asked() -> None:
    found = Calendar(DatesMap(), {"row 3, End": "2027"}, {})
    assert found.read("7/19/1905", 2, "End").in_doubt
    assert "2027" in found.problems[0].sentence
    assert str(found.read("7/20/1905", 3, "End").value) == "2027"


def test_a_period_in_words_is_declared_once_for_all_rows() -> None:
    found = Calendar(DatesMap(words={"Before the elections": "2026-05"}), {}, {})
    assert str(found.read("before the elections", 2, "End").value) == "2026-05"


def test_two_spellings_of_a_body_in_one_item_are_one_body_and_two_answers() -> None:
    said = SAID.replace('title = "{What}"', 'title = "{What}"\nrepeated = "merge"')
    rows = [["1", "A", "Rail Body", "Yes.", ""], ["1", "A", "RAIL BODY", "Done.", ""]]
    more = '[[response]]\ntext = "{Reply #}"\n'
    [item] = plan(read_mapping(said + more), COLUMNS, list(enumerate(rows, 2))).items
    assert [one.body.name for one in item.addressees] == ["Rail Body"]
    assert len({(one.to, one.place) for one in item.responses}) == 2
