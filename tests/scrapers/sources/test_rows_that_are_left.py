"""Rows that are left, as nothing follows from their status, are entries only as long as they say what they are."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from scrapers.guards import count, judge
from scrapers.model import Page, Result, Seen, Source
from scrapers.sources import csv_list, json, listing

Pages = Callable[..., Page]
ROWS = [(f"R{number}", f"Recommendation on water {number}", "Awaiting reply") for number in range(1, 9)]
FIELDS = {"title": "Title", "status": "Status", "number": "No"}
STATUSES = {"Awaiting reply": "ignore", "Replied": "reply"}
Rows = Iterable[tuple[str, str, str]]


def _table(rows: Rows) -> str:
    body = "".join(f"<tr><td>{'<td>'.join(row)}</tr>" for row in rows)
    return f"<table><tr><th>No<th>Title<th>Status</tr>{body}</table>"


def _csv(rows: Rows) -> str:
    return "\n".join(["No,Title,Status", *(",".join(row) for row in rows)])


def _json(rows: Rows) -> str:
    entries = (f'{{"No": "{no}", "Title": "{title}", "Status": "{status}"}}' for no, title, status in rows)
    return f'{{"entries": [{", ".join(entries)}]}}'


READERS: dict[str, tuple[Any, Callable[[Rows], str], str, dict[str, Any]]] = {
    "listing": (listing, _table, "column:", {}),
    "csv_list": (csv_list, _csv, "", {}),
    "json": (json, _json, "", {"rows": "entries[*]"}),
}


def _read(reader: str, rows: Rows, page: Pages, **more: Any) -> tuple[list[Result], Source]:
    module, written, prefix, own = READERS[reader]
    fields = {name: f"{prefix}{column}" for name, column in FIELDS.items()}
    options = {"fields": fields, "statuses": STATUSES, "key": "number", **own, **more}
    source = Source("x", reader, "https://gov.example.org/list", options)
    return list(module.read(page(written(rows), source.address), source)), source


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "lost",
    [
        pytest.param(lambda row: (row[0], "", row[2]), id="titles"),
        pytest.param(lambda row: ("", row[1], row[2]), id="keys"),
        pytest.param(lambda row: ("", "", row[2]), id="both"),
    ],
)
def test_a_list_whose_left_rows_all_lost_their_names_is_not_read_well(
    reader: str, lost: Callable[[tuple[str, str, str]], tuple[str, str, str]], page: Pages
) -> None:
    good, source = _read(reader, ROWS, page)
    broken, _ = _read(reader, map(lost, ROWS), page)
    assert judge(count(good), [], [], source).healthy and count(good).entries == 8
    verdict = judge(count(broken), [count(good)] * 3, [], source)
    assert [reason.code for reason in verdict.reasons] == ["nothing_left"]


@pytest.mark.parametrize("reader", READERS)
def test_rows_that_were_answered_meanwhile_are_the_same_entries(reader: str, page: Pages) -> None:
    good, source = _read(reader, ROWS, page)
    answered, _ = _read(reader, [(no, title, "Replied") for no, title, _ in ROWS], page)
    assert judge(count(answered), [count(good)] * 3, [], source).healthy
    assert count(answered).entries == count(good).entries


def test_a_number_that_went_is_nothing_where_rows_are_known_by_their_titles(page: Pages) -> None:
    results, _ = _read("listing", [("", title, status) for _, title, status in ROWS], page, key="title")
    assert [one.entries for one in results if isinstance(one, Seen)] == [8]
