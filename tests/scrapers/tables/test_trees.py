"""Nested data as rows: paths, records beside those they stand in, numbered lists, and YAML as data files use it."""

import pytest

from scrapers.tables import tree, yaml_text
from scrapers.tables.refused import Unusable
from scrapers.tables.sheet import Sheet
from tests.shared import shared

PROMISES = """{"promises": [
  {"id": 1, "title": "A", "updates": [{"on": "2025-01-02", "status": "kept"}, {"on": "2025-02-03", "status": "broken"}]},
  {"id": 2, "title": "B", "updates": []}], "made": "2025"}"""


def sheet(data: object, rows: object = "") -> Sheet:
    [found] = tree.sheet_of(data, {"rows": rows}, {})
    assert isinstance(found, Sheet)
    return found


def test_a_list_inside_a_record_becomes_numbered_columns() -> None:
    found = sheet(tree.loaded(PROMISES), "promises")
    assert found.columns == (
        "id",
        "title",
        "updates/1/on",
        "updates/1/status",
        "updates/2/on",
        "updates/2/status",
        "updates",
    )
    assert found.rows[0] == (1, ["1", "A", "2025-01-02", "kept", "2025-02-03", "broken", ""])


def test_a_row_for_each_inner_record_bears_what_it_stands_in() -> None:
    found = sheet(tree.loaded(PROMISES), "promises/updates")
    assert found.columns == ("promises/id", "promises/title", "on", "status")
    assert [cells[1] for _, cells in found.rows] == ["A", "A", "B"]


def test_lines_of_json_are_records() -> None:
    assert [cells for _, cells in sheet(tree.loaded('{"a": 1}\n{"a": 2}')).rows] == [["1"], ["2"]]


def test_a_path_that_leads_nowhere_says_which_lists_there_are() -> None:
    with pytest.raises(Unusable, match="promises/updates"):
        sheet(tree.loaded(PROMISES), "pledges")


def test_the_plan_of_canada_is_read_whole() -> None:
    text = (shared("data", "samples", "canada-ogp-nap") / "nap5.yaml").read_text(encoding="utf-8")
    parts = [
        f"resources/fields/datastore_id={name}/choices"
        for name in ("commitments", "milestones", "indicators")
    ]
    assert [len(sheet(yaml_text.loaded(text), part).rows) for part in parts] == [5, 19, 106]


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [1]\nb: *x",
        "a: !!python/object:os.system x",
        "<<: 1",
        "? [a]\n: b",
        "a: 1\n---\nb: 2",
        "a: [1",
        "a: " + "[" * 5000,
        "a: 1\na: 2",
    ],
)
def test_what_can_build_or_multiply_things_in_yaml_is_refused(text: str) -> None:
    with pytest.raises(Unusable):
        yaml_text.loaded(text)
