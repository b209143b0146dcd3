"""Paths into JSON find what stands there, or nothing; never something else."""

from typing import Any

import pytest

from scrapers.paths import BadPath, records_at, steps_of, text_at, values_at

DATA: dict[str, Any] = {
    "results": [{"title": "A", "agencies": [{"n": "X"}, {"n": "Y"}]}, {"title": None, "agencies": []}, 3],
    "count": 0,
    "odd name": {"a.b": True},
    "empty": {"list": [], "text": "", "object": {}},
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("count", [0]),
        ("results[*].title", ["A"]),
        ("results[0].agencies[*].n", ["X", "Y"]),
        ("results[-1]", [3]),
        ("results[7].title", []),
        ("results.title", []),
        ("results[*].agencies[*].n | count", ["X", "Y"]),
        ("missing | empty.text | count", [0]),
        ('"odd name"."a.b"', [True]),
        ("empty.list", []),
        ("count[0]", []),
        ("$.count", [0]),
    ],
)
def test_a_path_finds_what_stands_there(path: str, found: list[Any]) -> None:
    assert values_at(DATA, path) == found


def test_a_record_can_look_up_to_the_top() -> None:
    assert text_at({"count": 5}, "$.count", DATA) == "0"
    assert text_at({"count": 5}, "count", DATA) == "5"


def test_objects_and_lists_are_no_text() -> None:
    assert text_at(DATA, "results") == ""
    assert text_at(DATA, "results[*]") == "3"
    assert text_at({"x": "half \ud800 sign"}, "x") == "half ? sign"


def test_what_is_no_object_is_no_record() -> None:
    assert len(records_at(DATA, "results[*]")) == 2


@pytest.mark.parametrize(
    "path", ["", " ", "a..b", ".a", "a.", "a[", "a[x]", "a[*", 'a."b', "a b", "a |", "x" * 301]
)
def test_a_path_that_is_none_is_refused_with_a_sentence(path: str) -> None:
    with pytest.raises(BadPath, match=r"path"):
        steps_of(path)
