"""Writes the public data into a folder as CSV or JSON lines, with a note on every column; drafts are not in it."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO

from sqlmodel import Session

from tracker.domain.formulas import neutral
from tracker.services.export_columns import TABLES, Exported
from tracker.services.export_items import Line

FORMATS = ("csv", "jsonl")
_TEXT = {True: "true", False: "false"}


def export_tables(
    session: Session,
    now: datetime,
    folder: Path,
    kind: str,
    told: Callable[[str, int], None] = lambda name, rows: None,
) -> dict[str, int]:
    """Every table as a file of its own in the folder; how many rows each has. A file appears only when it is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for name, table in TABLES.items():
        part = folder / f".{name}.{kind}.part"
        with part.open("w", encoding="utf-8", newline="") as out:
            counts[name] = write_table(out, session, now, table, kind)
        part.replace(folder / f"{name}.{kind}")
        told(name, counts[name])
    (folder / "README.md").write_text(readme(kind, now, counts), encoding="utf-8")
    return counts


def write_table(out: IO[str], session: Session, now: datetime, table: Exported, kind: str) -> int:
    """One table, a part at a time; how many rows it has."""
    return _WRITERS[kind](out, table, table.lines(session, now))


def _csv(out: IO[str], table: Exported, lines: Iterable[Line]) -> int:
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    count = 0
    for line in lines:
        writer.writerow([_cell(line.get(column)) for column in table.columns])
        count += 1
    return count


def _cell(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else _TEXT[value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return neutral("; ".join(str(part) for part in value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value) if isinstance(value, int) else neutral(str(value))


def _jsonl(out: IO[str], table: Exported, lines: Iterable[Line]) -> int:
    count = 0
    for line in lines:
        whole = {column: _plain(line.get(column)) for column in table.columns}
        out.write(json.dumps(whole, ensure_ascii=False) + "\n")
        count += 1
    return count


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


_WRITERS: Mapping[str, Callable[[IO[str], Exported, Iterable[Line]], int]] = {"csv": _csv, "jsonl": _jsonl}


def readme(kind: str, now: datetime, counts: Mapping[str, int]) -> str:
    """What is in the folder, column by column."""
    parts = [
        f"# Open data, as of {now:%Y-%m-%d %H:%M} UTC\n",
        "Only what is public on the site. A date may be a day (2026-05-04), a month (2026-05), a quarter, a half or a "
        "year. `answerby import items` reads the items back.\n",
    ]
    if kind == "csv":
        parts.append(
            "The files are UTF-8. A text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a "
            "line end, also behind apostrophes) has one apostrophe before it; take it away to have the text, as "
            "`answerby import items` does.\n"
        )
    for name, table in TABLES.items():
        parts.append(f"## {name}.{kind}: {counts[name]} rows\n")
        parts.append("\n".join(f"- `{column}`: {about}" for column, about in table.columns.items()) + "\n")
    return "\n".join(parts)
