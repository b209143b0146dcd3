"""Exports for people: nothing runs, nothing is lost."""

import csv
import io

import pytest

from tests.rendering.hostile import texts
from tracker.rendering.table import neutral, restored, table


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "'=1", "''+1"])
def test_a_formula_is_neutralised_and_comes_back(text: str) -> None:
    assert neutral(text) == f"'{text}"
    assert restored(neutral(text)) == text


@pytest.mark.parametrize("text", ["", "plain", "'s-Hertogenbosch", "a=b", "5 May", "''"])
def test_other_text_is_left_alone(text: str) -> None:
    assert neutral(text) == restored(text) == text


def test_every_text_survives_the_round_trip() -> None:
    hostile = texts()
    written = table(["n", "text"], [{"n": n, "text": text} for n, text in enumerate(hostile)])
    csv.field_size_limit(10_000_000)
    rows = list(csv.DictReader(io.StringIO(written.decode(), newline="")))
    assert len(rows) == len(hostile)
    assert not [row for row in rows if row["text"][:1] in "=+-@\t\r" and row["text"]]
    back = [restored(row["text"]) for row in rows]
    assert [a for a, b in zip(hostile, back, strict=True) if a.isprintable() and a != b] == []


def test_numbers_dates_and_lists_are_plain_cells() -> None:
    assert table(["a", "b", "c", "d"], [{"a": -3, "b": None, "c": True, "d": ["x", "y"]}]) == (
        b"a,b,c,d\r\n-3,,true,x; y\r\n"
    )
