"""What goes beside the tables of an archive: what is in it, as text and as a data package, and the licence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.services.export_columns import TABLES
from tracker.services.export_tables import FORMATS


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes the data, where, and under which licence."""

    name: str
    publisher: str
    base_url: str
    contact: str
    licence: str
    licence_url: str


_README = """\
# {about.name}: everything public, as of {now:%Y-%m-%d %H:%M} UTC

From {about.base_url}, published by {publisher}. Licence: {about.licence} ({about.licence_url}).

Each table is there twice: `csv/` for spreadsheets, `jsonl/` with the texts untouched. `datapackage.json` describes
every column for programs (Frictionless Data Package). `log-checkpoint.txt` is the signed head of the public log.

## Before you count

- `basis` says why a date binds. What rests on a law is never added to what somebody asked for: bases are not added up
  and not ranked together. With basis `request` or `benchmark` nothing is overdue; it was not answered by the date
  asked for.
- `days_overdue` counts to the last look for an answer (`checked_on`), not to today. `stale` marks flags whose last
  look is old.
- Dates may be partial: 2026, 2026-Q3, 2026-09. `due_precision` says how exactly a stated date is known.
- Claims stand beside each other by speaker and are never merged.
- In CSV a text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line end, also behind
  apostrophes) has one apostrophe before it; take it away to have the text.

"""


def about_archive(now: datetime, about: Publication, rows: Mapping[str, int]) -> str:
    """The README of the archive."""
    head = _README.format(about=about, now=now, publisher=about.publisher or about.name)
    return head + "\n".join(_table(name, rows[name]) for name in TABLES)


def _table(name: str, rows: int) -> str:
    said = "\n".join(f"- `{column}`: {about}" for column, about in TABLES[name].columns.items())
    return f"## {name}: {rows} rows\n\n{said}\n"


def licence_text(about: Publication) -> str:
    """Under which licence the data may be used, and what is not ours to license."""
    return (
        f"The data of {about.name} is licensed under {about.licence}:\n{about.licence_url}\n\n"
        f"Name as its source: {about.publisher or about.name}, {about.base_url}, with the date of this archive.\n\n"
        "Texts of recommendations, replies and other documents are quoted from their official sources, whose own terms "
        "apply to them; each row names its source.\n"
    )


def data_package(now: datetime, about: Publication, rows: Mapping[str, int]) -> dict[str, Any]:
    """The archive as a Frictionless Data Package (version 1)."""
    return {
        "profile": "data-package",
        "name": "answerby",
        "title": about.name,
        "homepage": about.base_url,
        "created": now.isoformat(),
        "licenses": [
            {"name": about.licence.replace(" ", "-"), "path": about.licence_url, "title": about.licence}
        ],
        "contributors": [{"title": about.publisher or about.name, "role": "publisher"}],
        "resources": [_resource(name, kind, rows[name]) for kind in FORMATS for name in TABLES],
    }


_FORMS: Mapping[str, Mapping[str, Any]] = {
    "csv": {"profile": "tabular-data-resource", "mediatype": "text/csv"},
    "jsonl": {"profile": "data-resource", "mediatype": "application/jsonl"},
}


def _resource(name: str, kind: str, rows: int) -> dict[str, Any]:
    fields = [
        {"name": column, "type": _type(column), "description": said}
        for column, said in TABLES[name].columns.items()
    ]
    return {
        "name": f"{name}-{kind}",
        "path": f"{kind}/{name}.{kind}",
        "format": kind,
        "encoding": "utf-8",
        "rows": rows,
        "schema": {"fields": fields, "missingValues": [""]},
        **_FORMS[kind],
    }


_TYPES: Mapping[str, str] = {
    "id": "integer",
    "obligation": "integer",
    "period": "integer",
    "amount": "integer",
    "days_overdue": "integer",
    "stale": "boolean",
    "backfill": "boolean",
    "on_behalf": "boolean",
    "as_of": "date",
    "checked_on": "date",
    "due_on": "date",
    "due_computed_on": "date",
    "first_seen_on": "date",
    "retracted_on": "date",
    "happened_on": "date",
}
"""Other columns are text: a day that may be a month or a year is none for a program."""


def _type(column: str) -> str:
    return "datetime" if column.endswith("_at") else _TYPES.get(column, "string")
