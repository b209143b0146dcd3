"""One public list on three days, as a file, a table and data: on the second day its reader had lost most of it."""

import csv
import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.shared import shared

GOOD, BROKEN, GOOD_AGAIN = "2024-01-28", "2024-02-01", "2024-02-05"
PATH = "/reports"
Row = Mapping[str, str]


def reports(day: str) -> list[dict[str, str]]:
    """The list as it was that day."""
    with shared("data", "samples", "pfd", f"reports_{day}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def replied(day: str) -> set[str]:
    """The reports with a reply on the list."""
    return {row["report_url"] for row in reports(day) if row["reply_urls"]}


def _status(row: Row) -> str:
    return "Replied" if row["reply_urls"] else "Awaiting reply"


def _file(day: str) -> bytes:
    return shared("data", "samples", "pfd", f"reports_{day}.csv").read_bytes()


def _table(day: str) -> bytes:
    cells = "".join(
        f"<tr><td>{html.escape(row['ref'])}</td><td>{html.escape(row['coroner_area'])}</td>"
        f'<td><a href="{html.escape(row["report_url"])}">Report</a></td><td>{_status(row)}</td></tr>'
        for row in reports(day)
    )
    head = "<tr><th>Ref</th><th>Area</th><th>Report</th><th>Status</th></tr>"
    return f"<!doctype html><title>Reports</title><table>{head}{cells}</table>".encode()


def _data(day: str) -> bytes:
    rows = [
        {"ref": row["ref"], "area": row["coroner_area"], "url": row["report_url"], "status": _status(row)}
        for row in reports(day)
    ]
    return json.dumps({"reports": rows}).encode()


_STATUSES = {"Replied": "response", "Awaiting reply": "ignore"}


@dataclass(frozen=True)
class Form:
    """How the list is published, and the configuration that reads it."""

    reader: str
    content_type: str
    write: Callable[[str], bytes]
    options: Mapping[str, Any]


FORMS: Mapping[str, Form] = {
    "file": Form(
        "csv_list",
        "text/csv",
        _file,
        {
            "kind": "response",
            "key": "link",
            "needs": "reply",
            "fields": {
                "title": "report_url",
                "reference": "ref",
                "area": "coroner_area",
                "link": "report_url",
                "reply": "reply_urls",
            },
        },
    ),
    "table": Form(
        "listing",
        "text/html",
        _table,
        {
            "key": "link",
            "statuses": _STATUSES,
            "fields": {
                "title": "column:Report",
                "area": "column:Area",
                "link": "column:Report > a@href",
                "status": "column:Status",
            },
        },
    ),
    "data": Form(
        "json",
        "application/json",
        _data,
        {
            "rows": "reports[*]",
            "key": "link",
            "statuses": _STATUSES,
            "fields": {"title": "url", "area": "area", "link": "url", "status": "status"},
        },
    ),
}
