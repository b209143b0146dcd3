"""Every hostile file of values and every hostile spreadsheet ends as its manifest says, in the cage."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scrapers.cage import Cage
from scrapers.model import Problem, Source, page_of
from scrapers.tables.sheet import Sheet
from tests.shared import shared

BAD = shared("data", "badinputs")
CASES = [one for one in json.loads((BAD / "manifest.json").read_text()) if one["group"] in ("csv", "xlsx")]
BY_MAPPING = ("csv/045_dates_zoo.csv", "csv/054_unknown_values.csv")
"""Read whole: what is wrong in them is for the mapping to find."""


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(readers="scrapers.tables.readers", seconds_per_page=10, memory_bytes=384 << 20) as opened:
        yield opened


def read(cage: Cage, path: Path) -> tuple[list[Problem], list[Sheet]]:
    page = page_of(
        path.read_bytes(), address=f"file:{path.name}", fetched_at=datetime(2026, 5, 4, tzinfo=UTC)
    )
    results = cage.read("table", page, Source("table", "table", ""))
    return [one for one in results if isinstance(one, Problem)], [
        one for one in results if isinstance(one, Sheet)
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["path"] for case in CASES])
def test_a_hostile_table_ends_as_its_manifest_says(cage: Cage, case: dict[str, str]) -> None:
    problems, sheets = read(cage, BAD / case["path"])
    refused = any(one.weight == "fatal" for one in problems)
    assert refused != bool(sheets)
    if case["expect"] == "reject":
        assert refused
        assert all(one.sentence.strip().endswith(".") for one in problems)
    elif case["expect"] == "ok":
        assert not refused
        assert not [one for one in problems if one.weight == "question"]
    elif case["expect"] == "partial" and case["path"] not in BY_MAPPING:
        assert [one for one in problems if one.weight == "question"]
    for forbidden in case["must_not"]:
        if forbidden == "root:x:":
            assert forbidden not in str(sheets)


def test_the_first_header_of_a_file_with_a_mark_is_a_name(cage: Cage) -> None:
    [sheet] = read(cage, BAD / "csv" / "002_bom.csv")[1]
    assert sheet.columns[0] == "reference"


def test_a_formula_is_text_as_it_was_typed(cage: Cage) -> None:
    [sheet] = read(cage, BAD / "csv" / "046_formula.csv")[1]
    assert sheet.rows[0][1][1] == "=1+1"
